package io.points.allocation.stats;

import io.points.allocation.stats.ErasureNews.Erased;
import io.points.contract.AdjustmentEvent.AdjustmentProposed;
import io.points.contract.AdjustmentEvent.AdjustmentRejected;
import io.points.contract.BalanceEvent.BalanceAttested;
import io.points.contract.BalanceEvent.WalletAdjusted;
import io.points.contract.Cases;
import io.points.contract.ClosingEvent;
import io.points.contract.ClosingEvent.BudgetsRecalled;
import io.points.contract.ClosingEvent.PeopleErased;
import io.points.contract.ClosingEvent.WalletsClosed;
import io.points.contract.Ids;
import io.points.contract.MemberEvent.DepartmentChanged;
import io.points.contract.MemberEvent.MemberChanged;
import io.points.contract.MemberEvent.PersonalDataErased;
import io.points.contract.Message;
import io.points.contract.PointsSource;
import io.points.contract.PolicyEvent.AllowanceBoosted;
import io.points.contract.PolicyEvent.DatesExtended;
import io.points.contract.PolicyEvent.LimitReached;
import io.points.contract.PolicyEvent.PointsExpiring;
import io.points.contract.PolicyEvent.PolicyChanged;
import io.points.contract.ReturnOrigin;
import io.points.contract.Topic;
import io.points.contract.WalletEvent.ApprovalGiven;
import io.points.contract.WalletEvent.AwardReversed;
import io.points.contract.WalletEvent.BatchAwarded;
import io.points.contract.WalletEvent.BatchUndone;
import io.points.contract.WalletEvent.BudgetReturned;
import io.points.contract.WalletEvent.DistributionCancelled;
import io.points.contract.WalletEvent.DistributionCancelling;
import io.points.contract.WalletEvent.DistributionCompensated;
import io.points.contract.WalletEvent.DistributionCompensating;
import io.points.contract.WalletEvent.DistributionHeld;
import io.points.contract.WalletEvent.DistributionRejected;
import io.points.contract.WalletEvent.DistributionReleased;
import io.points.contract.WalletEvent.DistributionRequested;
import io.points.contract.WalletEvent.EarnedReturned;
import io.points.contract.WalletEvent.PointsAwarded;
import io.points.contract.WalletEvent.PointsDelegated;
import io.points.contract.WalletEvent.PointsExpired;
import io.points.contract.WalletEvent.UndoDecided;
import io.points.contract.WalletEvent.UndoProposed;
import io.points.contract.WishEvent.WishDecided;
import io.points.contract.WishEvent.WishMade;
import io.points.platform.inbox.Inbox;
import io.points.platform.inbox.Received;
import io.points.platform.outbox.Tx;
import io.points.platform.persistence.Columns;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jspecify.annotations.Nullable;

/**
 * Learns from the wallet events what became of debited points, for the statistics; nothing is decided by it, but by what it passes on of closings, limits and erasures. That a wallet was
 * debited for what goes back says its command too: whichever comes first is counted, so that at no moment more has come back to
 * the pool than has left the budgets.
 */
@ApplicationScoped
public class WalletTotals {

    private static final List<String> KINDS = List.of(
            "delegated",
            "awarded_from_pool",
            "awarded_from_budget",
            "budget_returned",
            "reversed",
            "reversed_to_budget",
            "earned_returned",
            "earned_expired",
            "budget_expired",
            "held",
            "held_from_budget",
            "released",
            "released_to_budget");

    /**
     * New movements are added to the tenant's totals; those seen before change nothing. A total stops at 2^60, which only forged
     * events can reach: what is for the statistics alone must not fail the transaction that moves points.
     */
    private static final String ADD = """
            with fresh as (
                insert into wallet_movements (event_id, tenant_id, kind, amount, occurred_at)
                select distinct on (event_id) *
                from unnest($1::uuid[], $2::uuid[], $3::text[], $4::bigint[], $5::timestamptz[])
                     as n (event_id, tenant_id, kind, amount, occurred_at)
                on conflict do nothing returning tenant_id, kind, amount)
            insert into wallet_totals as t (tenant_id, %s)
            select tenant_id, %s
            from fresh group by tenant_id order by tenant_id
            on conflict (tenant_id) do update set %s
            """.formatted(
                    kinds("%1$s"),
                    kinds("least(1152921504606846976, coalesce(sum(amount) filter (where kind = '%1$s'), 0))"),
                    kinds("%1$s = least(1152921504606846976, t.%1$s + excluded.%1$s)"));

    private static final String BUDGET_RETURNED = "budget_returned";
    private static final String REVERSED = "reversed";
    private static final String EARNED_RETURNED = "earned_returned";

    /** Of each kind there is a column, for each of which this is written. */
    private static String kinds(String pattern) {
        return KINDS.stream().map(pattern::formatted).collect(Collectors.joining(", "));
    }

    private final Inbox inbox;
    private final ClosingNews closings;
    private final LimitNews limits;
    private final ErasureNews erasures;

    WalletTotals(Inbox inbox, ClosingNews closings, LimitNews limits, ErasureNews erasures) {
        this.inbox = inbox;
        this.closings = closings;
        this.limits = limits;
        this.erasures = erasures;
    }

    private record Movement(UUID eventId, UUID tenantId, String kind, long amount, OffsetDateTime at) {}

    /** Points that an event moved. */
    private record Moved(String kind, long amount) {}

    /** What each event of distributions, wallets and members moved. */
    private static final Cases<Optional<Moved>> MOVED = Cases.<Optional<Moved>>ofTopic(Topic.WALLET_EVENTS)
            .on(PointsDelegated.class, event -> Optional.of(new Moved("delegated", event.amount())))
            .on(
                    PointsAwarded.class,
                    event -> Optional.of(new Moved(
                            event.source() == PointsSource.POOL ? "awarded_from_pool" : "awarded_from_budget",
                            event.amount())))
            .on(BudgetReturned.class, event -> Optional.of(new Moved(BUDGET_RETURNED, event.amount())))
            .on(
                    AwardReversed.class,
                    event -> Optional.of(new Moved(
                            event.to() == PointsSource.POOL ? REVERSED : "reversed_to_budget", event.amount())))
            .on(EarnedReturned.class, event -> Optional.of(new Moved(EARNED_RETURNED, event.amount())))
            .on(PointsExpired.class, WalletTotals::expired)
            .on(
                    DistributionHeld.class,
                    event -> Optional.of(new Moved(
                            event.source() == PointsSource.POOL ? "held" : "held_from_budget", event.amount())))
            .on(
                    DistributionReleased.class,
                    event -> Optional.of(new Moved(
                            event.source() == PointsSource.POOL ? "released" : "released_to_budget", event.amount())))
            // The pool's own tables say what it was debited and got back.
            .each(
                    Optional.empty(),
                    DistributionRequested.class,
                    ApprovalGiven.class,
                    BatchAwarded.class,
                    BatchUndone.class,
                    UndoProposed.class,
                    UndoDecided.class,
                    DistributionRejected.class,
                    DistributionCancelling.class,
                    DistributionCancelled.class,
                    DistributionCompensating.class,
                    DistributionCompensated.class)
            // Each of the points has been told before.
            .each(Optional.empty(), BudgetsRecalled.class, WalletsClosed.class, PeopleErased.class)
            // Brought back to, or found as, what the events above add up to.
            .each(Optional.empty(), WalletAdjusted.class, BalanceAttested.class)
            .each(Optional.empty(), AdjustmentProposed.class, AdjustmentRejected.class)
            .each(Optional.empty(), MemberChanged.class, PersonalDataErased.class, DepartmentChanged.class)
            .each(
                    Optional.empty(),
                    PolicyChanged.class,
                    DatesExtended.class,
                    PointsExpiring.class,
                    LimitReached.class,
                    AllowanceBoosted.class,
                    WishMade.class,
                    WishDecided.class)
            .complete();

    /** Of a pool or an envelope, only what was forged says so. */
    private static Optional<Moved> expired(PointsExpired event) {
        return switch (event.account()) {
            case BUDGET -> Optional.of(new Moved("budget_expired", event.amount()));
            case EARNED -> Optional.of(new Moved("earned_expired", event.amount()));
            case POOL, DEPARTMENT -> Optional.empty();
        };
    }

    @Incoming("wallet-events")
    Uni<Void> consume(ConsumerRecords<String, byte[]> poll) {
        return inbox.process(poll, Message.class, this::add);
    }

    private Uni<Void> add(Tx tx, List<Received<Message>> poll) {
        var movements = new ArrayList<Movement>();
        var ofClosings = new ArrayList<Received<ClosingEvent>>();
        var ofLimits = new ArrayList<LimitReached>();
        var ofErasures = new ArrayList<Erased>();
        for (var received : poll) {
            MOVED.of(received.message()).ifPresent(moved -> movements.add(movement(received, moved)));
            if (received.message() instanceof ClosingEvent event) {
                ofClosings.add(new Received<>(received.envelope(), event, received.origin()));
            } else if (received.message() instanceof LimitReached event) {
                ofLimits.add(event);
            } else if (received.message() instanceof PersonalDataErased event) {
                ofErasures.add(new Erased(event.tenantId(), event.userId()));
            }
            if (received.message() instanceof PeopleErased event) {
                ofErasures.add(new Erased(event.tenantId(), null));
            }
        }
        return write(tx, movements)
                .chain(() -> closings.hear(tx, ofClosings))
                .chain(() -> limits.hear(tx, ofLimits))
                .chain(() -> erasures.hear(tx, ofErasures));
    }

    /** What the pool takes back of a wallet; {@code amount} is points. */
    public record Return(
            UUID distributionId,
            UUID tenantId,
            long amount,
            @Nullable ReturnOrigin origin) {

        private Movement movement(Instant now) {
            return switch (origin == null ? ReturnOrigin.BUDGET : origin) {
                case BUDGET -> movement(BudgetReturned.class, BUDGET_RETURNED, now);
                case REVERSAL -> movement(AwardReversed.class, REVERSED, now);
                case LAPSE -> movement(EarnedReturned.class, EARNED_RETURNED, now);
            };
        }

        /** As if it were that event, which tells the same. */
        private Movement movement(Class<? extends Message> event, String kind, Instant now) {
            return new Movement(
                    Ids.derive(distributionId, event.getSimpleName()),
                    tenantId,
                    kind,
                    amount,
                    now.atOffset(ZoneOffset.UTC));
        }
    }

    /** The pool is credited with these in this transaction: so they have left their wallets, whether or not their events have been consumed. */
    public Uni<Void> returned(Tx tx, List<Return> returned, Instant now) {
        return write(tx, returned.stream().map(it -> it.movement(now)).toList());
    }

    private static Uni<Void> write(Tx tx, List<Movement> movements) {
        if (movements.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return tx.query(
                        ADD,
                        Columns.uuids(movements, Movement::eventId),
                        Columns.uuids(movements, Movement::tenantId),
                        Columns.texts(movements, Movement::kind),
                        Columns.longs(movements, Movement::amount),
                        movements.stream().map(Movement::at).toArray(OffsetDateTime[]::new))
                .replaceWithVoid();
    }

    private static Movement movement(Received<Message> received, Moved moved) {
        var envelope = received.envelope();
        return new Movement(
                envelope.id(),
                envelope.tenantId(),
                moved.kind(),
                moved.amount(),
                envelope.time().atOffset(ZoneOffset.UTC));
    }
}
