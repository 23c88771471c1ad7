package io.points.allocation.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.allocation.pool.PoolDebit.Cancelled;
import io.points.allocation.pool.PoolDebit.Debited;
import io.points.allocation.pool.PoolDebit.Refused;
import io.points.allocation.pool.PoolDebit.Returned;
import io.points.allocation.pool.PoolDebit.SetAside;
import io.points.allocation.pool.PoolRules.Named;
import io.points.allocation.tenant.TenantStatus;
import io.points.contract.DistributionKind;
import io.points.contract.PoolCommand.ReturnToPool;
import io.points.contract.PoolEvent.PointsReturnSetAside;
import io.points.contract.PoolEvent.PointsReturned;
import io.points.contract.RefusalReason;
import io.points.contract.ReturnOrigin;
import io.points.ledger.dates.Lots;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What comes back to a pool because an award was reversed: as much as left it by the debit, and no more. */
class ReversalRulesTest {

    private static final UUID TENANT = UUID.randomUUID();
    private static final UUID AWARD = UUID.randomUUID();
    private static final UUID REVERSAL = UUID.randomUUID();
    private static final UUID EMPLOYEE = UUID.randomUUID();

    private final Pool pool = new Pool(TENANT, TenantStatus.ACTIVE, 0, 0, Map.of(), Lots.NONE)
            .allocated(1_000, Lots.NONE)
            .debited(300, false, Lots.NONE.take(300));

    @Test
    void anAwardComesBackByItsDebitAndLeadsCanReturnNoMoreThanBefore() {
        var back = PoolRules.decide(pool, null, new Named(debited(DistributionKind.AWARD), 0), reversal(300));
        assertEquals(
                new PointsReturned(REVERSAL, TENANT, 300, 1_000, 3),
                back.debit().answer());
        assertEquals(300, back.pool().sum(PoolSum.TAKEN_BACK));
        assertEquals(0, back.pool().sum(PoolSum.RETURNED));
        assertEquals(0, back.pool().outstanding());
        assertEquals(300, back.entry().orElseThrow().amount());
        assertEquals(PoolEntry.Kind.RETURN, back.entry().orElseThrow().kind());
        var again = PoolRules.decide(
                back.pool(), back.debit(), new Named(debited(DistributionKind.AWARD), 300), reversal(300));
        assertSame(back.debit(), again.debit());
        assertTrue(again.entry().isEmpty());
    }

    @Test
    void noMoreComesBackThanTheDebitStillHas() {
        var batch = debited(DistributionKind.BATCH);
        assertTaken(new Named(batch, 200), 100);
        assertTaken(new Named(batch, 299), 1);
        assertSetAside(new Named(batch, 200), 101, 100);
        assertSetAside(new Named(batch, 300), 1, 0);
        assertSetAside(new Named(batch, 0), 0, 300);
        assertSetAside(new Named(batch, 0), -1, 300);
    }

    @Test
    void nothingComesBackByADebitThatIsUnknownForeignUndoneOrOfABudget() {
        assertSetAside(null, 1, 0);
        assertSetAside(
                new Named(new Debited(AWARD, UUID.randomUUID(), DistributionKind.AWARD, 300, 700, 2, Lots.NONE), 0),
                1,
                0);
        assertSetAside(new Named(debited(DistributionKind.DELEGATION), 0), 1, 0);
        assertSetAside(new Named(new Cancelled(AWARD, TENANT, 300, 1_000, 3), 0), 1, 0);
        assertSetAside(
                new Named(
                        new Refused(
                                AWARD,
                                TENANT,
                                DistributionKind.AWARD,
                                300,
                                RefusalReason.INSUFFICIENT_POOL_BALANCE,
                                0,
                                1),
                        0),
                1,
                0);
        assertSetAside(new Named(new Returned(AWARD, TENANT, 300, 1_000, 3), 0), 1, 0);
    }

    @Test
    void whatWasSetAsideIsTakenOnceItsDebitIsThere() {
        var aside = PoolRules.decide(pool, null, null, reversal(300)).debit();
        var taken = PoolRules.decide(pool, aside, new Named(debited(DistributionKind.AWARD), 0), reversal(300));
        assertInstanceOf(Returned.class, taken.debit());
        var ofAnotherAmount =
                PoolRules.decide(pool, aside, new Named(debited(DistributionKind.AWARD), 0), reversal(299));
        assertSame(aside, ofAnotherAmount.debit());
    }

    @Test
    void aReversalThatNamesNoDebitIsBoundedByWhatLeadsCanReturn() {
        var command = new ReturnToPool(REVERSAL, TENANT, EMPLOYEE, 40, null, ReturnOrigin.REVERSAL);
        assertInstanceOf(SetAside.class, PoolRules.decide(pool, null, command).debit());
        var back = PoolRules.decide(pool.debited(40, true, Lots.NONE.take(40)), null, command);
        assertInstanceOf(Returned.class, back.debit());
        assertEquals(40, back.pool().sum(PoolSum.RETURNED));
        assertEquals(0, back.pool().sum(PoolSum.TAKEN_BACK));
    }

    @Test
    void whatHasLapsedIsBoundedByWhatMembersCanHold() {
        var given = pool.debited(40, true, Lots.NONE.take(40)).takenBack(100, Lots.NONE);
        var back = PoolRules.decide(given, null, lapse(240));
        assertInstanceOf(Returned.class, back.debit());
        assertEquals(340, back.pool().sum(PoolSum.TAKEN_BACK));
        assertEquals(0, back.pool().sum(PoolSum.RETURNED));
        assertEquals(40, back.pool().outstanding());
        assertEquals(PoolEntry.Kind.RETURN, back.entry().orElseThrow().kind());
        for (long amount : new long[] {0, -1, 241}) {
            var aside = PoolRules.decide(given, null, lapse(amount));
            assertEquals(
                    new PointsReturnSetAside(REVERSAL, TENANT, amount, 240),
                    aside.debit().answer());
            assertTrue(aside.entry().isEmpty());
        }
    }

    private static ReturnToPool lapse(long amount) {
        return new ReturnToPool(REVERSAL, TENANT, EMPLOYEE, amount, null, ReturnOrigin.LAPSE);
    }

    private void assertTaken(Named named, long amount) {
        var back = PoolRules.decide(pool, null, named, reversal(amount));
        assertInstanceOf(Returned.class, back.debit());
        assertEquals(pool.balance() + amount, back.pool().balance());
    }

    private void assertSetAside(Named named, long amount, long left) {
        var aside = PoolRules.decide(pool, null, named, reversal(amount));
        assertEquals(
                new PointsReturnSetAside(REVERSAL, TENANT, amount, left),
                aside.debit().answer());
        assertEquals(pool, aside.pool());
        assertTrue(aside.entry().isEmpty());
    }

    private static Debited debited(DistributionKind kind) {
        return new Debited(AWARD, TENANT, kind, 300, 700, 2, Lots.NONE);
    }

    private static ReturnToPool reversal(long amount) {
        return new ReturnToPool(REVERSAL, TENANT, EMPLOYEE, amount, AWARD, ReturnOrigin.REVERSAL);
    }
}
