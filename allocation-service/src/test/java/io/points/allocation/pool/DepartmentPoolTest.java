package io.points.allocation.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.allocation.pool.PoolDebit.Debited;
import io.points.allocation.pool.PoolRules.Decision;
import io.points.allocation.pool.PoolRules.Named;
import io.points.allocation.tenant.TenantStatus;
import io.points.contract.DistributionKind;
import io.points.contract.Ids;
import io.points.contract.PoolCommand;
import io.points.contract.PoolCommand.CancelPoolDebit;
import io.points.contract.PoolCommand.DebitPool;
import io.points.contract.PoolCommand.MovePoolPoints;
import io.points.contract.PoolCommand.RefundPool;
import io.points.contract.PoolCommand.ReturnToPool;
import io.points.contract.PoolEvent.PoolDebitCancelled;
import io.points.contract.PoolEvent.PoolDebitRefused;
import io.points.contract.PoolEvent.PoolDebited;
import io.points.contract.PoolEvent.PoolPointsMoved;
import io.points.contract.RefusalReason;
import io.points.contract.ReturnOrigin;
import io.points.ledger.dates.Lots;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Envelopes within the pool: what goes in and out of them, and what never does. */
class DepartmentPoolTest {

    private static final UUID TENANT = UUID.randomUUID();
    private static final UUID ID = UUID.randomUUID();
    private static final UUID EVENT = UUID.randomUUID();
    private static final UUID SALES = UUID.randomUUID();
    private static final UUID SUPPORT = UUID.randomUUID();
    private static final LocalDate SOON = LocalDate.of(2027, 1, 31);
    private static final LocalDate LATER = LocalDate.of(2027, 12, 31);

    private Pool pool = new Pool(TENANT, TenantStatus.ACTIVE, 0, 0, Map.of(), Lots.NONE).allocated(1_000, Lots.NONE);
    private final Map<UUID, DepartmentPool> envelopes = new HashMap<>();

    @Test
    void whatIsPutIntoAnEnvelopeStaysInThePool() {
        var decision = decide(move(null, SALES, 300));
        assertEquals(
                new PoolPointsMoved(ID, TENANT, 300, null, null, null, SALES, 1L, 300L),
                decision.debit().answer());
        assertTrue(decision.entry().isEmpty(), "the pool as a whole holds what it held");
        assertPool(1_000, 300, 1);
        var entry = decision.departments().get(0);
        assertEquals(1, decision.departments().size());
        assertEquals(300, entry.amount());
        assertEquals(DepartmentEntry.Kind.TRANSFER, entry.kind());
        assertEquals(ID, entry.causeId());
        assertEquals(Ids.derive(ID, "PoolPointsMoved"), entry.eventId());
        assertEquals(decision.answerId(), entry.eventId());
        assertEnvelope(SALES, 300, 1);
    }

    @Test
    void whatIsTakenOutOfAnEnvelopeIsInNone() {
        decide(move(null, SALES, 300));
        var decision = decide(move(SALES, null, 100));
        assertEquals(
                new PoolPointsMoved(ID, TENANT, 100, SALES, 2L, 200L, null, null, null),
                decision.debit().answer());
        assertEquals(List.of(-100L), amounts(decision));
        assertPool(1_000, 200, 1);
        assertEnvelope(SALES, 200, 2);
    }

    @Test
    void whatGoesFromOneToAnotherIsAnEntryInEach() {
        decide(move(null, SALES, 300));
        var decision = decide(move(SALES, SUPPORT, 300));
        assertEquals(
                new PoolPointsMoved(ID, TENANT, 300, SALES, 2L, 0L, SUPPORT, 1L, 300L),
                decision.debit().answer());
        assertEquals(List.of(-300L, 300L), amounts(decision));
        assertPool(1_000, 300, 1);
        assertEnvelope(SALES, 0, 2);
        assertEnvelope(SUPPORT, 300, 1);
    }

    @Test
    void noMoreIsMovedThanThereIs() {
        assertRefused(RefusalReason.INSUFFICIENT_POOL_BALANCE, 1_000, decide(move(null, SALES, 1_001)));
        decide(move(null, SALES, 1_000));
        assertRefused(RefusalReason.INSUFFICIENT_POOL_BALANCE, 0, decide(move(null, SUPPORT, 1)));
        assertRefused(RefusalReason.INSUFFICIENT_DEPARTMENT_BALANCE, 1_000, decide(move(SALES, null, 1_001)));
        assertRefused(RefusalReason.INSUFFICIENT_DEPARTMENT_BALANCE, 0, decide(move(SUPPORT, SALES, 1)));
        assertPool(1_000, 1_000, 1);
    }

    @Test
    void twoThatCrossBothHappen() {
        decide(move(null, SALES, 300));
        decide(move(null, SUPPORT, 200));
        decide(move(SALES, SUPPORT, 300));
        decide(move(SUPPORT, SALES, 200));
        assertEnvelope(SALES, 200, 3);
        assertEnvelope(SUPPORT, 300, 3);
        assertPool(1_000, 500, 1);
    }

    @Test
    void aMoveBetweenTheSameIsNone() {
        assertThrows(IllegalArgumentException.class, () -> move(null, null, 1));
        assertThrows(IllegalArgumentException.class, () -> move(SALES, SALES, 1));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, 1_000_000_000_001L, Long.MAX_VALUE})
    void anImpossibleAmountIsNotMoved(long amount) {
        assertRefused(RefusalReason.INVALID_AMOUNT, 1_000, decide(move(null, SALES, amount)));
    }

    @ParameterizedTest
    @EnumSource(
            value = TenantStatus.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"ACTIVE"})
    void nothingIsMovedForWhoeverMayGiveNothing(TenantStatus status) {
        pool = new Pool(TENANT, status, 1_000, 1, Map.of(PoolSum.ALLOCATED, 1_000L), Lots.NONE);
        assertRefused(status.refusal(), 1_000, decide(move(null, SALES, 1)));
        pool = null;
        assertRefused(RefusalReason.TENANT_UNKNOWN, 0, decide(move(null, SALES, 1)));
    }

    @Test
    void aRepeatedMoveIsAnsweredAgainAndMovesNothing() {
        var first = decide(move(null, SALES, 300));
        var again = decide(first.debit(), null, move(null, SALES, 300));
        assertEquals(first.debit(), again.debit());
        assertEquals(first.answerId(), again.answerId());
        assertEquals(List.of(), again.departments());
        assertEquals(pool, again.pool());
        // Nor does it end by the commands that undo debits.
        assertEquals(
                first.debit(),
                decide(first.debit(), null, new CancelPoolDebit(ID, TENANT)).debit());
        assertEquals(
                first.debit(),
                decide(first.debit(), null, new RefundPool(ID, TENANT)).debit());
        assertEnvelope(SALES, 300, 1);
    }

    @Test
    void aDebitTakesOutOfItsEnvelope() {
        decide(move(null, SALES, 300));
        var decision = decide(debit(SALES, 120));
        assertEquals(
                new PoolDebited(ID, TENANT, DistributionKind.AWARD, 120, 880, 2, null, SALES, 2L, 180L),
                decision.debit().answer());
        assertEquals(-120, decision.entry().orElseThrow().amount());
        assertEquals(List.of(-120L), amounts(decision));
        assertEquals(DepartmentEntry.Kind.DEBIT, decision.departments().get(0).kind());
        assertPool(880, 180, 2);
        assertEnvelope(SALES, 180, 2);
    }

    @Test
    void aDebitNeverFallsBackToThePoolNorToAnotherEnvelope() {
        decide(move(null, SALES, 300));
        assertRefused(RefusalReason.INSUFFICIENT_DEPARTMENT_BALANCE, 300, decide(debit(SALES, 301)));
        assertRefused(RefusalReason.INSUFFICIENT_DEPARTMENT_BALANCE, 0, decide(debit(SUPPORT, 1)));
        assertInstanceOf(Debited.class, decide(debit(SALES, 300)).debit());
        assertPool(700, 0, 2);
    }

    @Test
    void aDebitInNobodysNameTakesNothingOutOfEnvelopes() {
        decide(move(null, SALES, 300));
        assertRefused(RefusalReason.INSUFFICIENT_POOL_BALANCE, 700, decide(debit(null, 701)));
        var decision = decide(debit(null, 700));
        assertEquals(
                new PoolDebited(ID, TENANT, DistributionKind.AWARD, 700, 300, 2),
                decision.debit().answer());
        assertEquals(List.of(), decision.departments());
        assertPool(300, 300, 2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsUndoneIsInTheSameEnvelopeAgain(boolean cancelled) {
        decide(move(null, SALES, 300));
        var debit = decide(debit(SALES, 120)).debit();
        var decision = decide(debit, null, cancelled ? new CancelPoolDebit(ID, TENANT) : new RefundPool(ID, TENANT));
        assertEquals(List.of(120L), amounts(decision));
        assertEquals(
                cancelled ? DepartmentEntry.Kind.CANCEL : DepartmentEntry.Kind.REFUND,
                decision.departments().get(0).kind());
        if (cancelled) {
            assertEquals(
                    new PoolDebitCancelled(ID, TENANT, 120, 1_000, 3, SALES, 3L, 300L),
                    decision.debit().answer());
        }
        assertPool(1_000, 300, 3);
        assertEnvelope(SALES, 300, 3);
        var again = decide(decision.debit(), null, new CancelPoolDebit(ID, TENANT));
        assertEquals(decision.debit(), again.debit());
        assertEquals(List.of(), again.departments());
    }

    @Test
    void aDebitThatWasCancelledBeforeItCameTakesNothing() {
        decide(move(null, SALES, 300));
        var tombstone = decide(new CancelPoolDebit(ID, TENANT)).debit();
        assertEquals(new PoolDebitCancelled(ID, TENANT, 0, 1_000, 1), tombstone.answer());
        assertEquals(tombstone, decide(tombstone, null, debit(SALES, 120)).debit());
        assertEnvelope(SALES, 300, 1);
    }

    @Test
    void aReturnedBudgetGoesWhereItIsToGo() {
        decide(new DebitPool(UUID.randomUUID(), TENANT, DistributionKind.DELEGATION, 100));
        var decision = decide(new ReturnToPool(ID, TENANT, UUID.randomUUID(), 60, null, null, null, SALES));
        assertEquals(List.of(60L), amounts(decision));
        assertEquals(DepartmentEntry.Kind.RETURN, decision.departments().get(0).kind());
        assertPool(960, 60, 3);
        assertEnvelope(SALES, 60, 1);
        var other = new ReturnToPool(UUID.randomUUID(), TENANT, UUID.randomUUID(), 40);
        assertEquals(List.of(), decide(other).departments());
        assertPool(1_000, 60, 4);
    }

    @Test
    void aReversedAwardGoesBackToTheEnvelopeThatItCameOutOf() {
        decide(move(null, SALES, 300));
        var debit = decide(debit(SALES, 120)).debit();
        var decision = decide(null, new Named(debit, 0), reversal(debit, 50, null));
        assertEquals(List.of(50L), amounts(decision));
        assertPool(930, 230, 3);
        assertEnvelope(SALES, 230, 3);
        var elsewhere = decide(null, new Named(debit, 50), reversal(debit, 70, SUPPORT));
        assertEquals(List.of(70L), amounts(elsewhere));
        assertEnvelope(SUPPORT, 70, 1);
    }

    @Test
    void daysGoAlong() {
        pool = new Pool(TENANT, TenantStatus.ACTIVE, 0, 0, Map.of(), Lots.NONE)
                .allocated(100, lots(SOON, 100))
                .allocated(50, lots(LATER, 50))
                .allocated(10, Lots.NONE);
        var funded = decide(move(null, SALES, 120));
        assertEquals(
                lots(SOON, 100).plus(lots(LATER, 20)),
                funded.departments().get(0).lots());
        assertEquals(lots(SOON, 100).plus(lots(LATER, 20)), envelopes.get(SALES).lots());
        assertEquals(lots(LATER, 30), pool.lots());
        var debited = decide(debit(SALES, 70));
        assertEquals(lots(SOON, 70), debited.entry().orElseThrow().lots());
        assertEquals(lots(SOON, 30).plus(lots(LATER, 20)), envelopes.get(SALES).lots());
        assertEquals(lots(LATER, 30), pool.lots());
        decide(debited.debit(), null, new RefundPool(ID, TENANT));
        assertEquals(lots(SOON, 100).plus(lots(LATER, 20)), envelopes.get(SALES).lots());
        decide(move(SALES, SUPPORT, 110));
        assertEquals(lots(LATER, 10), envelopes.get(SALES).lots());
        assertEquals(
                lots(SOON, 100).plus(lots(LATER, 10)), envelopes.get(SUPPORT).lots());
        decide(move(SUPPORT, null, 110));
        assertEquals(lots(SOON, 100).plus(lots(LATER, 40)), pool.lots());
        assertEquals(Lots.NONE, envelopes.get(SUPPORT).lots());
    }

    @Test
    void whatLapsesInAnEnvelopeLapsesInThePool() {
        var envelope = new DepartmentPool(TENANT, SALES, 130, 4, lots(SOON, 100).plus(lots(LATER, 20)));
        var held = new Pool(TENANT, TenantStatus.ACTIVE, 500, 7, Map.of(PoolSum.ALLOCATED, 500L), lots(SOON, 5), 130);
        assertEquals(List.of(), PlatformRules.expire(held, envelope, SOON, number -> lapse()));
        var lapsed = PlatformRules.expire(held, envelope, LATER.plusDays(1), number -> lapse());
        assertEquals(2, lapsed.size());
        var last = lapsed.get(1);
        assertEquals(380, last.pool().balance());
        assertEquals(10, last.pool().inDepartments());
        assertEquals(9, last.pool().version());
        assertEquals(120, last.pool().sum(PoolSum.EXPIRED));
        assertEquals(lots(SOON, 5), last.pool().lots());
        assertEquals(
                List.of(-100L, -20L),
                lapsed.stream().map(it -> it.entry().amount()).toList());
        assertEquals(
                List.of(-100L, -20L),
                lapsed.stream().map(it -> it.ofDepartment().amount()).toList());
        assertEquals(
                new DepartmentPool(TENANT, SALES, 10, 6, Lots.NONE),
                last.ofDepartment().after());
        assertEquals(last.entry().eventId(), last.ofDepartment().eventId());
    }

    @Test
    void anEnvelopeIsEmptiedWithItsDays() {
        var envelope = new DepartmentPool(TENANT, SALES, 130, 4, lots(SOON, 100));
        var held = new Pool(TENANT, TenantStatus.CLOSING, 500, 7, Map.of(PoolSum.ALLOCATED, 500L), lots(SOON, 5), 230);
        var emptied = PlatformRules.empty(held, envelope, ID, EVENT);
        assertEquals(500, emptied.pool().balance());
        assertEquals(7, emptied.pool().version());
        assertEquals(100, emptied.pool().inDepartments());
        assertEquals(lots(SOON, 105), emptied.pool().lots());
        assertEquals(
                new DepartmentEntry(
                        new DepartmentPool(TENANT, SALES, 0, 5, Lots.NONE),
                        DepartmentEntry.Kind.TRANSFER,
                        -130,
                        lots(SOON, 100),
                        ID,
                        EVENT),
                emptied.ofDepartment());
    }

    @Test
    void aClawbackReachesNoEnvelope() {
        decide(move(null, SALES, 300));
        assertEquals(new PlatformRules.InsufficientBalance(700, 300), PlatformRules.clawBack(pool, 701, ID, EVENT));
        assertInstanceOf(PlatformRules.Moved.class, PlatformRules.clawBack(pool, 700, ID, EVENT));
    }

    @Test
    void aClawbackTakesWhatIsUndatedOfThatWhichIsInNone() {
        // 30 of no day, all of it in the envelope: what is in none is dated.
        pool = new Pool(TENANT, TenantStatus.ACTIVE, 130, 2, Map.of(PoolSum.ALLOCATED, 130L), lots(SOON, 100), 30);
        var taken = (PlatformRules.Moved) PlatformRules.clawBack(pool, 40, ID, EVENT);
        assertEquals(lots(SOON, 40), taken.entry().lots());
        var reserved = PlatformRules.reserve(pool, 40, ID, EVENT);
        assertEquals(lots(SOON, 40), reserved.entry().lots());
        assertEquals(30, reserved.pool().inDepartments());
    }

    private Decision decide(PoolCommand command) {
        return decide(null, null, command);
    }

    /** Decides, and takes over what was decided. */
    private Decision decide(@Nullable PoolDebit known, @Nullable Named named, PoolCommand command) {
        var decision = PoolRules.decide(
                pool,
                id -> envelopes.getOrDefault(id, DepartmentPool.none(new DepartmentPool.Key(TENANT, id))),
                known,
                named,
                command);
        pool = decision.pool();
        decision.departments().forEach(entry -> envelopes.put(entry.after().departmentId(), entry.after()));
        if (pool != null) {
            assertEquals(
                    pool.inDepartments(),
                    envelopes.values().stream()
                            .mapToLong(DepartmentPool::balance)
                            .sum());
        }
        return decision;
    }

    private static MovePoolPoints move(@Nullable UUID from, @Nullable UUID to, long amount) {
        return new MovePoolPoints(ID, TENANT, from, to, amount);
    }

    private static DebitPool debit(@Nullable UUID department, long amount) {
        return new DebitPool(ID, TENANT, DistributionKind.AWARD, amount, department);
    }

    private static ReturnToPool reversal(PoolDebit debit, long amount, @Nullable UUID department) {
        return new ReturnToPool(
                UUID.randomUUID(),
                TENANT,
                UUID.randomUUID(),
                amount,
                debit.distributionId(),
                ReturnOrigin.REVERSAL,
                null,
                department);
    }

    private static PlatformRules.Lapse lapse() {
        return new PlatformRules.Lapse(ID, EVENT);
    }

    private static Lots lots(LocalDate day, long points) {
        return Lots.until(day, points);
    }

    private static List<Long> amounts(Decision decision) {
        return decision.departments().stream().map(DepartmentEntry::amount).toList();
    }

    private static void assertRefused(RefusalReason reason, long balance, Decision decision) {
        var refused = assertInstanceOf(PoolDebitRefused.class, decision.debit().answer());
        assertEquals(reason, refused.reason());
        assertEquals(balance, refused.balance());
        assertTrue(decision.entry().isEmpty());
        assertEquals(List.of(), decision.departments());
    }

    private void assertPool(long balance, long inDepartments, long version) {
        assertEquals(balance, pool.balance());
        assertEquals(inDepartments, pool.inDepartments());
        assertEquals(balance - inDepartments, pool.free());
        assertEquals(version, pool.version());
    }

    private void assertEnvelope(UUID department, long balance, long entry) {
        assertEquals(balance, envelopes.get(department).balance());
        assertEquals(entry, envelopes.get(department).entryNumber());
    }
}
