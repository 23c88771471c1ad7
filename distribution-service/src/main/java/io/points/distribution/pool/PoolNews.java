package io.points.distribution.pool;

import io.points.contract.AdjustmentEvent.AdjustmentProposed;
import io.points.contract.AdjustmentEvent.AdjustmentRejected;
import io.points.contract.BalanceEvent.BalanceAttested;
import io.points.contract.Cases;
import io.points.contract.Envelope;
import io.points.contract.Message;
import io.points.contract.PoolEvent.BalanceTold;
import io.points.contract.PoolEvent.ContractChanged;
import io.points.contract.PoolEvent.MonthlyBudgetChanged;
import io.points.contract.PoolEvent.PeopleErasureRequested;
import io.points.contract.PoolEvent.PlatformApprovalGiven;
import io.points.contract.PoolEvent.PlatformMovement;
import io.points.contract.PoolEvent.PlatformMovementDecided;
import io.points.contract.PoolEvent.PlatformMovementProposed;
import io.points.contract.PoolEvent.PointsAllocated;
import io.points.contract.PoolEvent.PointsClawedBack;
import io.points.contract.PoolEvent.PointsReturnSetAside;
import io.points.contract.PoolEvent.PointsReturned;
import io.points.contract.PoolEvent.PoolAdjusted;
import io.points.contract.PoolEvent.PoolAnswer;
import io.points.contract.PoolEvent.PoolDatesExtended;
import io.points.contract.PoolEvent.PoolDebitCancelled;
import io.points.contract.PoolEvent.PoolDebitRefused;
import io.points.contract.PoolEvent.PoolDebited;
import io.points.contract.PoolEvent.PoolExpired;
import io.points.contract.PoolEvent.PoolPointsExpiring;
import io.points.contract.PoolEvent.PoolPointsMoved;
import io.points.contract.PoolEvent.PoolRefunded;
import io.points.contract.PoolEvent.PoolReleased;
import io.points.contract.PoolEvent.PoolReserved;
import io.points.contract.PoolEvent.PoolThresholdChanged;
import io.points.contract.PoolEvent.ScheduleChanged;
import io.points.contract.PoolEvent.ScheduleRan;
import io.points.contract.PoolEvent.TenantClosed;
import io.points.contract.PoolEvent.TenantClosing;
import io.points.contract.PoolEvent.TenantClosingCalledOff;
import io.points.contract.PoolEvent.TenantEvent;
import io.points.contract.PoolEvent.TenantNamed;
import io.points.contract.PoolEvent.TenantReactivated;
import io.points.contract.PoolEvent.TenantRegistered;
import io.points.contract.PoolEvent.TenantSettingsChanged;
import io.points.contract.PoolEvent.TenantSuspended;
import io.points.contract.Topic;
import io.points.platform.inbox.Received;
import org.jspecify.annotations.Nullable;

/**
 * What a message about a pool is to this service: it may be several things at once, or nothing.
 *
 * @param answer takes a distribution on
 * @param movement is shown to the managers, in their feed
 * @param balance is the pool's newest known balance, if its version is
 * @param status says whether the tenant is suspended
 * @param attested what the pool really held, whatever its events said
 * @param settings say in which time zone the tenant's days are
 * @param erasure asks for what is known of the tenant's people to be deleted
 */
public record PoolNews(
        Envelope envelope,
        @Nullable PoolAnswer answer,
        @Nullable PlatformMovement movement,
        @Nullable BalanceTold balance,
        @Nullable TenantEvent status,
        @Nullable BalanceAttested attested,
        @Nullable TenantSettingsChanged settings,
        @Nullable PeopleErasureRequested erasure) {

    private interface Use {
        PoolNews in(Envelope envelope);
    }

    private static final Cases<Use> USES = Cases.<Use>ofTopic(Topic.POOL_EVENTS)
            .on(PointsAllocated.class, it -> envelope -> new PoolNews(envelope, null, it, it, null, null, null, null))
            .on(PointsClawedBack.class, it -> envelope -> new PoolNews(envelope, null, it, it, null, null, null, null))
            .on(PoolAdjusted.class, it -> envelope -> new PoolNews(envelope, null, null, it, null, null, null, null))
            .on(PoolReserved.class, it -> envelope -> new PoolNews(envelope, null, null, it, null, null, null, null))
            .on(PoolReleased.class, it -> envelope -> new PoolNews(envelope, null, null, it, null, null, null, null))
            .on(PoolExpired.class, it -> envelope -> new PoolNews(envelope, null, null, it, null, null, null, null))
            .on(PoolDebited.class, it -> envelope -> new PoolNews(envelope, it, null, it, null, null, null, null))
            .on(
                    PoolDebitCancelled.class,
                    it -> envelope -> new PoolNews(envelope, it, null, it, null, null, null, null))
            .on(PoolRefunded.class, it -> envelope -> new PoolNews(envelope, it, null, it, null, null, null, null))
            .on(PointsReturned.class, it -> envelope -> new PoolNews(envelope, it, null, it, null, null, null, null))
            .on(PoolPointsMoved.class, it -> envelope -> new PoolNews(envelope, it, null, null, null, null, null, null))
            .on(
                    PoolDebitRefused.class,
                    it -> envelope -> new PoolNews(envelope, it, null, null, null, null, null, null))
            .on(
                    PointsReturnSetAside.class,
                    it -> envelope -> new PoolNews(envelope, it, null, null, null, null, null, null))
            .on(
                    TenantRegistered.class,
                    it -> envelope -> new PoolNews(envelope, null, null, null, it, null, null, null))
            .on(TenantSuspended.class, it -> envelope -> new PoolNews(envelope, null, null, null, it, null, null, null))
            .on(
                    TenantReactivated.class,
                    it -> envelope -> new PoolNews(envelope, null, null, null, it, null, null, null))
            .on(TenantClosing.class, it -> envelope -> new PoolNews(envelope, null, null, null, it, null, null, null))
            .on(
                    TenantClosingCalledOff.class,
                    it -> envelope -> new PoolNews(envelope, null, null, null, it, null, null, null))
            .on(TenantClosed.class, it -> envelope -> new PoolNews(envelope, null, null, null, it, null, null, null))
            .on(BalanceAttested.class, it -> envelope -> new PoolNews(envelope, null, null, null, null, it, null, null))
            .on(
                    TenantSettingsChanged.class,
                    it -> envelope -> new PoolNews(envelope, null, null, null, null, null, it, null))
            .on(
                    PeopleErasureRequested.class,
                    it -> envelope -> new PoolNews(envelope, null, null, null, null, null, null, it))
            // Names, prices, budgets and proposals concern the platform and finance; nothing here is decided by them.
            .each(
                    envelope -> new PoolNews(envelope, null, null, null, null, null, null, null),
                    TenantNamed.class,
                    ScheduleChanged.class,
                    ScheduleRan.class,
                    ContractChanged.class,
                    MonthlyBudgetChanged.class,
                    PoolThresholdChanged.class,
                    PoolPointsExpiring.class,
                    PoolDatesExtended.class,
                    PlatformMovementProposed.class,
                    PlatformApprovalGiven.class,
                    PlatformMovementDecided.class,
                    AdjustmentProposed.class,
                    AdjustmentRejected.class)
            .complete();

    public static PoolNews of(Received<Message> received) {
        return USES.of(received.message()).in(received.envelope());
    }
}
