package io.points.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.contract.AdjustmentEvent.AdjustmentProposed;
import io.points.contract.AdjustmentEvent.AdjustmentRejected;
import io.points.contract.BalanceEvent.BalanceAttested;
import io.points.contract.BalanceEvent.WalletAdjusted;
import io.points.contract.ClosingEvent.BudgetsRecalled;
import io.points.contract.ClosingEvent.PeopleErased;
import io.points.contract.ClosingEvent.WalletsClosed;
import io.points.contract.MemberEvent.DepartmentChanged;
import io.points.contract.MemberEvent.MemberChanged;
import io.points.contract.MemberEvent.PersonalDataErased;
import io.points.contract.Message;
import io.points.contract.PolicyEvent.AllowanceBoosted;
import io.points.contract.PolicyEvent.DatesExtended;
import io.points.contract.PolicyEvent.LimitReached;
import io.points.contract.PolicyEvent.PointsExpiring;
import io.points.contract.PolicyEvent.PolicyChanged;
import io.points.contract.PoolEvent.ContractChanged;
import io.points.contract.PoolEvent.MonthlyBudgetChanged;
import io.points.contract.PoolEvent.PeopleErasureRequested;
import io.points.contract.PoolEvent.PlatformApprovalGiven;
import io.points.contract.PoolEvent.PlatformMovementDecided;
import io.points.contract.PoolEvent.PlatformMovementProposed;
import io.points.contract.PoolEvent.PointsAllocated;
import io.points.contract.PoolEvent.PointsClawedBack;
import io.points.contract.PoolEvent.PointsReturnSetAside;
import io.points.contract.PoolEvent.PointsReturned;
import io.points.contract.PoolEvent.PoolAdjusted;
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
import io.points.contract.PoolEvent.TenantNamed;
import io.points.contract.PoolEvent.TenantReactivated;
import io.points.contract.PoolEvent.TenantRegistered;
import io.points.contract.PoolEvent.TenantSettingsChanged;
import io.points.contract.PoolEvent.TenantSuspended;
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
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * audit-service records every message, and its views say which of them are entries of a ledger. This table says so once more,
 * for each there is: a new message is in neither, and fails here until somebody has said what it does to the books.
 */
@QuarkusTest
class EveryMessageHasItsEffectTest extends AuditServiceTest {

    private static final Set<Class<? extends Message>> ENTRIES_OF_POOLS = Set.of(
            PointsAllocated.class,
            PointsClawedBack.class,
            PoolDebited.class,
            PoolDebitCancelled.class,
            PoolRefunded.class,
            PointsReturned.class,
            PoolReserved.class,
            PoolReleased.class,
            PoolExpired.class,
            PoolPointsMoved.class,
            PoolAdjusted.class);

    private static final Set<Class<? extends Message>> OTHERS_OF_POOLS = Set.of(
            PoolDebitRefused.class,
            PointsReturnSetAside.class,
            BalanceAttested.class,
            TenantRegistered.class,
            TenantNamed.class,
            TenantSettingsChanged.class,
            PoolDatesExtended.class,
            ScheduleChanged.class,
            ScheduleRan.class,
            TenantSuspended.class,
            TenantReactivated.class,
            TenantClosing.class,
            TenantClosingCalledOff.class,
            TenantClosed.class,
            PeopleErasureRequested.class,
            ContractChanged.class,
            MonthlyBudgetChanged.class,
            PoolThresholdChanged.class,
            PoolPointsExpiring.class,
            PlatformMovementProposed.class,
            PlatformApprovalGiven.class,
            PlatformMovementDecided.class,
            AdjustmentProposed.class,
            AdjustmentRejected.class);

    private static final Set<Class<? extends Message>> ENTRIES_OF_WALLETS = Set.of(
            PointsDelegated.class,
            PointsAwarded.class,
            BudgetReturned.class,
            AwardReversed.class,
            EarnedReturned.class,
            PointsExpired.class,
            DistributionHeld.class,
            DistributionReleased.class,
            WalletAdjusted.class);

    private static final Set<Class<? extends Message>> OTHERS_OF_WALLETS = Set.of(
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
            DistributionCompensated.class,
            BalanceAttested.class,
            BudgetsRecalled.class,
            WalletsClosed.class,
            PeopleErased.class,
            MemberChanged.class,
            DepartmentChanged.class,
            PersonalDataErased.class,
            PolicyChanged.class,
            WishMade.class,
            WishDecided.class,
            DatesExtended.class,
            PointsExpiring.class,
            LimitReached.class,
            AllowanceBoosted.class,
            AdjustmentProposed.class,
            AdjustmentRejected.class);

    @Test
    void theViewsSayTheSame() {
        check(Topic.POOL_EVENTS, ENTRIES_OF_POOLS, OTHERS_OF_POOLS);
        check(Topic.WALLET_EVENTS, ENTRIES_OF_WALLETS, OTHERS_OF_WALLETS);
    }

    private static void check(
            String topic, Set<Class<? extends Message>> entries, Set<Class<? extends Message>> others) {
        assertEquals(names(entries), entriesOf(topic));
        var all = new TreeSet<>(names(entries));
        all.addAll(names(others));
        assertEquals(new TreeSet<>(names(Topic.messages(topic))), all, "say of each whether it is an entry");
    }

    private static List<String> names(Set<Class<? extends Message>> types) {
        return types.stream().map(Class::getSimpleName).sorted().toList();
    }

    private static List<String> entriesOf(String topic) {
        return AuditTables.column("select distinct type from entries_of_events where topic = '" + topic + "'").stream()
                .sorted()
                .toList();
    }
}
