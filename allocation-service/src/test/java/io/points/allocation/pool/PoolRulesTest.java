package io.points.allocation.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.allocation.pool.PoolDebit.Cancelled;
import io.points.allocation.pool.PoolDebit.Debited;
import io.points.allocation.pool.PoolDebit.Refunded;
import io.points.allocation.pool.PoolDebit.Refused;
import io.points.allocation.pool.PoolDebit.Returned;
import io.points.allocation.pool.PoolDebit.SetAside;
import io.points.allocation.pool.PoolRules.Decision;
import io.points.allocation.tenant.TenantStatus;
import io.points.contract.DistributionKind;
import io.points.contract.Ids;
import io.points.contract.PoolCommand;
import io.points.contract.PoolCommand.CancelPoolDebit;
import io.points.contract.PoolCommand.DebitPool;
import io.points.contract.PoolCommand.RefundPool;
import io.points.contract.PoolCommand.ReturnToPool;
import io.points.contract.PoolEvent.PointsReturnSetAside;
import io.points.contract.PoolEvent.PointsReturned;
import io.points.contract.PoolEvent.PoolDebitCancelled;
import io.points.contract.PoolEvent.PoolDebitRefused;
import io.points.contract.PoolEvent.PoolDebited;
import io.points.contract.PoolEvent.PoolRefunded;
import io.points.contract.RefusalReason;
import io.points.ledger.dates.Lots;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoolRulesTest {

    private static final UUID TENANT = UUID.randomUUID();
    private static final UUID ID = UUID.randomUUID();
    private static final UUID LEAD = UUID.randomUUID();

    private final Pool pool =
            new Pool(TENANT, TenantStatus.ACTIVE, 0, 0, Map.of(), Lots.NONE).allocated(1_000, Lots.NONE);
    private final Pool suspended =
            new Pool(TENANT, TenantStatus.SUSPENDED, 1_000, 1, Map.of(PoolSum.ALLOCATED, 1_000L), Lots.NONE);

    @Test
    void aDebitTakesThePointsOutAndIsEntered() {
        var decision = PoolRules.decide(pool, null, debit(300));
        assertEquals(700, decision.pool().balance());
        assertEquals(2, decision.pool().version());
        assertEquals(
                new PoolDebited(ID, TENANT, DistributionKind.AWARD, 300, 700, 2),
                decision.debit().answer());
        var entry = decision.entry().orElseThrow();
        assertEquals(-300, entry.amount());
        assertEquals(2, entry.number());
        assertEquals(700, entry.balanceAfter());
        assertEquals(PoolEntry.Kind.DEBIT, entry.kind());
        assertEquals(decision.answerId(), entry.eventId());
        assertBooksBalance(decision.pool());
    }

    @Test
    void aDebitMayEmptyThePoolButNotMore() {
        assertInstanceOf(
                Debited.class, PoolRules.decide(pool, null, debit(1_000)).debit());
        assertRefused(RefusalReason.INSUFFICIENT_POOL_BALANCE, PoolRules.decide(pool, null, debit(1_001)));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, 1_000_000_000_001L, Long.MAX_VALUE})
    void anImpossibleAmountIsRefusedWhateverTheTenant(long amount) {
        assertRefused(RefusalReason.INVALID_AMOUNT, PoolRules.decide(pool, null, debit(amount)));
        assertRefused(RefusalReason.INVALID_AMOUNT, PoolRules.decide(null, null, debit(amount)));
    }

    @Test
    void anUnknownTenantIsRefused() {
        var decision = PoolRules.decide(null, null, debit(1));
        assertRefused(RefusalReason.TENANT_UNKNOWN, decision);
        assertEquals(
                new PoolDebitRefused(ID, TENANT, 1, RefusalReason.TENANT_UNKNOWN, 0, 0),
                decision.debit().answer());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ACTIVE")
    void aTenantThatMayNotDistributeIsRefused(TenantStatus status) {
        var pool = new Pool(TENANT, status, 1_000, 1, Map.of(PoolSum.ALLOCATED, 1_000L), Lots.NONE);
        assertRefused(RefusalReason.valueOf("TENANT_" + status), PoolRules.decide(pool, null, debit(1)));
    }

    @Test
    void aRepeatedDebitIsAnsweredAgainUnderTheSameId() {
        var first = PoolRules.decide(pool, null, debit(300));
        var again = PoolRules.decide(first.pool(), first.debit(), debit(300));
        assertMovedNothing(first.pool(), again);
        assertSame(first.debit(), again.debit());
        assertEquals(first.answerId(), again.answerId());
    }

    @Test
    void aRefusalIsNeverReconsidered() {
        var refused = PoolRules.decide(pool, null, debit(5_000)).debit();
        var again = PoolRules.decide(pool.allocated(10_000, Lots.NONE), refused, debit(5_000));
        assertSame(refused, again.debit());
        assertFalse(again.entry().isPresent());
    }

    @Test
    void aCancelGivesTheDebitBack() {
        var debited = PoolRules.decide(pool, null, debit(300));
        var cancelled = PoolRules.decide(debited.pool(), debited.debit(), new CancelPoolDebit(ID, TENANT));
        assertEquals(
                new PoolDebitCancelled(ID, TENANT, 300, 1_000, 3),
                cancelled.debit().answer());
        assertEquals(PoolEntry.Kind.CANCEL, cancelled.entry().orElseThrow().kind());
        assertBooksBalance(cancelled.pool());
    }

    @Test
    void aCancelBeforeItsDebitIsATombstone() {
        var cancelled = PoolRules.decide(pool, null, new CancelPoolDebit(ID, TENANT));
        assertEquals(
                new PoolDebitCancelled(ID, TENANT, 0, 1_000, 1),
                cancelled.debit().answer());
        assertMovedNothing(pool, cancelled);
        var late = PoolRules.decide(pool, cancelled.debit(), debit(300));
        assertSame(cancelled.debit(), late.debit());
        assertMovedNothing(pool, late);
    }

    @Test
    void aCancelForAnUnknownTenantIsAnsweredToo() {
        var cancelled = PoolRules.decide(null, null, new CancelPoolDebit(ID, TENANT));
        assertEquals(
                new PoolDebitCancelled(ID, TENANT, 0, 0, 0), cancelled.debit().answer());
    }

    @Test
    void cancellingARefusalMovesNothing() {
        var refused = PoolRules.decide(pool, null, debit(5_000)).debit();
        var cancelled = PoolRules.decide(pool, refused, new CancelPoolDebit(ID, TENANT));
        assertEquals(0, assertInstanceOf(Cancelled.class, cancelled.debit()).refunded());
        assertMovedNothing(pool, cancelled);
    }

    @Test
    void aRefundGivesTheDebitBackEvenToASuspendedTenant() {
        var debit = new Debited(ID, TENANT, DistributionKind.AWARD, 300, 700, 2, Lots.NONE);
        var pool = new Pool(
                TENANT,
                TenantStatus.SUSPENDED,
                700,
                2,
                Map.of(PoolSum.ALLOCATED, 1_000L, PoolSum.DEBITED, 300L),
                Lots.NONE);
        var refunded = PoolRules.decide(pool, debit, new RefundPool(ID, TENANT));
        assertEquals(
                new PoolRefunded(ID, TENANT, 300, 1_000, 3), refunded.debit().answer());
        assertEquals(PoolEntry.Kind.REFUND, refunded.entry().orElseThrow().kind());
        assertBooksBalance(refunded.pool());
    }

    @Test
    void aRefundOfWhatWasNeverDebitedMovesNothingAndStopsALateDebit() {
        var refunded = PoolRules.decide(pool, null, new RefundPool(ID, TENANT));
        assertEquals(0, assertInstanceOf(Refunded.class, refunded.debit()).refunded());
        assertMovedNothing(pool, refunded);
        assertMovedNothing(pool, PoolRules.decide(pool, refunded.debit(), debit(300)));
        var refused = PoolRules.decide(pool, null, debit(5_000)).debit();
        assertEquals(
                0,
                assertInstanceOf(
                                Refunded.class,
                                PoolRules.decide(pool, refused, new RefundPool(ID, TENANT))
                                        .debit())
                        .refunded());
    }

    @Test
    void anEndStateIsAnsweredAgainToEveryCommand() {
        for (PoolDebit end :
                new PoolDebit[] {new Cancelled(ID, TENANT, 300, 1_000, 3), new Refunded(ID, TENANT, 300, 1_000, 3)}) {
            assertSame(end, PoolRules.decide(pool, end, debit(300)).debit());
            assertSame(
                    end,
                    PoolRules.decide(pool, end, new CancelPoolDebit(ID, TENANT)).debit());
            assertSame(
                    end, PoolRules.decide(pool, end, new RefundPool(ID, TENANT)).debit());
            assertMovedNothing(pool, PoolRules.decide(pool, end, new RefundPool(ID, TENANT)));
        }
    }

    @Test
    void aBudgetComesBackOnce() {
        var delegated = PoolRules.decide(pool, null, new DebitPool(ID, TENANT, DistributionKind.DELEGATION, 400));
        var id = UUID.randomUUID();
        var command = new ReturnToPool(id, TENANT, LEAD, 150);
        var returned = PoolRules.decide(delegated.pool(), null, command);
        assertEquals(
                new PointsReturned(id, TENANT, 150, 750, 3), returned.debit().answer());
        assertEquals(PoolEntry.Kind.RETURN, returned.entry().orElseThrow().kind());
        assertBooksBalance(returned.pool());
        var again = PoolRules.decide(returned.pool(), returned.debit(), command);
        assertInstanceOf(Returned.class, again.debit());
        assertMovedNothing(returned.pool(), again);
    }

    @Test
    void aReturnBeyondWhatWasEverDelegatedIsSetAside() {
        var delegated = PoolRules.decide(pool, null, new DebitPool(ID, TENANT, DistributionKind.DELEGATION, 400));
        var id = UUID.randomUUID();
        var most = PoolRules.decide(delegated.pool(), null, new ReturnToPool(id, TENANT, LEAD, 400));
        assertInstanceOf(Returned.class, most.debit());
        var beyond = PoolRules.decide(delegated.pool(), null, new ReturnToPool(id, TENANT, LEAD, 401));
        assertEquals(
                new PointsReturnSetAside(id, TENANT, 401, 400), beyond.debit().answer());
        assertMovedNothing(delegated.pool(), beyond);
        assertInstanceOf(
                SetAside.class,
                PoolRules.decide(pool, null, new ReturnToPool(id, TENANT, LEAD, 0))
                        .debit());
        assertInstanceOf(
                SetAside.class,
                PoolRules.decide(null, null, new ReturnToPool(id, TENANT, LEAD, 1))
                        .debit());
    }

    @Test
    void aReturnThatWasSetAsideIsTakenOnceThePoolIsPutRight() {
        var id = UUID.randomUUID();
        var command = new ReturnToPool(id, TENANT, LEAD, 300);
        var aside = PoolRules.decide(pool, null, command);
        assertInstanceOf(SetAside.class, aside.debit());

        var stillTooMuch = PoolRules.decide(pool, aside.debit(), command);
        assertSame(aside.debit(), stillTooMuch.debit());
        assertMovedNothing(pool, stillTooMuch);

        var right = PoolRules.decide(pool, null, new DebitPool(ID, TENANT, DistributionKind.DELEGATION, 300))
                .pool();
        var ofAnotherAmount = PoolRules.decide(right, aside.debit(), new ReturnToPool(id, TENANT, LEAD, 299));
        assertSame(aside.debit(), ofAnotherAmount.debit());
        assertMovedNothing(right, ofAnotherAmount);

        var returned = PoolRules.decide(right, aside.debit(), command);
        assertEquals(new Returned(id, TENANT, 300, right.balance() + 300, right.version() + 1), returned.debit());
        assertBooksBalance(returned.pool());
        assertMovedNothing(returned.pool(), PoolRules.decide(returned.pool(), returned.debit(), command));
    }

    @Test
    void whatAdjustmentsTookOutCanComeBackOnceMoreAndWhatTheyPutInCanNot() {
        for (long adjusted : new long[] {-40, 40}) {
            var taken = new Pool(
                    TENANT,
                    TenantStatus.ACTIVE,
                    100,
                    4,
                    Map.of(
                            PoolSum.ALLOCATED,
                            100L,
                            PoolSum.DEBITED,
                            40L,
                            PoolSum.DELEGATED,
                            40L,
                            PoolSum.RETURNED,
                            40L,
                            PoolSum.ADJUSTED,
                            adjusted),
                    Lots.NONE);
            var back = PoolRules.decide(taken, null, new ReturnToPool(UUID.randomUUID(), TENANT, LEAD, 40));
            assertEquals(adjusted < 0, back.debit() instanceof Returned, "adjusted by " + adjusted);
            assertEquals(adjusted, back.pool().sum(PoolSum.ADJUSTED));
        }
    }

    @Test
    void aCancelledDelegationCanNotBeReturned() {
        var delegated = PoolRules.decide(pool, null, new DebitPool(ID, TENANT, DistributionKind.DELEGATION, 400));
        var cancelled = PoolRules.decide(delegated.pool(), delegated.debit(), new CancelPoolDebit(ID, TENANT));
        var back = PoolRules.decide(cancelled.pool(), null, new ReturnToPool(UUID.randomUUID(), TENANT, LEAD, 1));
        assertInstanceOf(SetAside.class, back.debit());
    }

    @Test
    void theSmallestReturnAndTheLastOneAreTaken() {
        var delegated = PoolRules.decide(pool, null, new DebitPool(ID, TENANT, DistributionKind.DELEGATION, 400));
        assertEquals(400, delegated.pool().outstanding());
        var one = PoolRules.decide(delegated.pool(), null, new ReturnToPool(UUID.randomUUID(), TENANT, LEAD, 1));
        assertInstanceOf(Returned.class, one.debit());
        assertEquals(399, one.pool().outstanding());

        for (long amount : new long[] {0, 400}) {
            var id = UUID.randomUUID();
            var beyond = PoolRules.decide(one.pool(), null, new ReturnToPool(id, TENANT, LEAD, amount));
            assertEquals(
                    new PointsReturnSetAside(id, TENANT, amount, 399),
                    beyond.debit().answer());
            assertMovedNothing(one.pool(), beyond);
        }
        var last = PoolRules.decide(one.pool(), null, new ReturnToPool(UUID.randomUUID(), TENANT, LEAD, 399));
        assertInstanceOf(Returned.class, last.debit());
        assertEquals(0, last.pool().outstanding());
        assertBooksBalance(last.pool());
    }

    /** Nothing can be given back into a pool that is not there; what is known is answered again. */
    @Test
    void aDebitOfAPoolThatIsGoneStays() {
        var debited = PoolRules.decide(pool, null, debit(300)).debit();
        for (var command : new PoolCommand[] {new CancelPoolDebit(ID, TENANT), new RefundPool(ID, TENANT)}) {
            var decision = PoolRules.decide(null, debited, command);
            assertSame(debited, decision.debit());
            assertNull(decision.pool());
            assertTrue(decision.entry().isEmpty());
        }
    }

    @Test
    void theSameAnswerHasTheSameId() {
        var debited = PoolRules.decide(pool, null, debit(300));
        assertEquals(Ids.derive(ID, "PoolDebited"), debited.answerId());
        assertEquals(debited.answerId(), debited.entry().orElseThrow().eventId());
        assertEquals(
                debited.answerId(),
                PoolRules.decide(debited.pool(), debited.debit(), debit(300)).answerId());
    }

    @Test
    void aDistributionOfAnotherTenantIsNotTouched() {
        var debited = PoolRules.decide(pool, null, debit(300));
        assertThrows(
                IllegalArgumentException.class,
                () -> PoolRules.decide(null, debited.debit(), new CancelPoolDebit(ID, UUID.randomUUID())));
    }

    private static DebitPool debit(long amount) {
        return new DebitPool(ID, TENANT, DistributionKind.AWARD, amount);
    }

    private static void assertRefused(RefusalReason reason, Decision decision) {
        assertEquals(reason, assertInstanceOf(Refused.class, decision.debit()).reason());
        assertTrue(decision.entry().isEmpty());
    }

    private static void assertMovedNothing(Pool before, Decision decision) {
        assertEquals(before, decision.pool());
        assertTrue(decision.entry().isEmpty());
    }

    private static void assertBooksBalance(Pool pool) {
        assertEquals(
                pool.balance(),
                pool.sum(PoolSum.ALLOCATED)
                        - pool.sum(PoolSum.CLAWED_BACK)
                        - pool.sum(PoolSum.DEBITED)
                        + pool.sum(PoolSum.CREDITED)
                        + pool.sum(PoolSum.RETURNED)
                        + pool.sum(PoolSum.TAKEN_BACK));
    }
}
