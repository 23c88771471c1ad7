package io.points.allocation.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.points.allocation.pool.PlatformRules.Moved;
import io.points.allocation.pool.PoolDebit.Debited;
import io.points.allocation.pool.PoolDebit.SetAside;
import io.points.allocation.pool.PoolRules.Decision;
import io.points.allocation.pool.PoolRules.Named;
import io.points.allocation.tenant.TenantStatus;
import io.points.contract.DatedPoints;
import io.points.contract.DistributionKind;
import io.points.contract.PoolCommand;
import io.points.contract.PoolCommand.CancelPoolDebit;
import io.points.contract.PoolCommand.DebitPool;
import io.points.contract.PoolCommand.RefundPool;
import io.points.contract.PoolCommand.ReturnToPool;
import io.points.contract.PoolEvent.PoolDebited;
import io.points.contract.ReturnOrigin;
import io.points.ledger.dates.Lots;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which points of a pool are taken, by the days until which they can be used, and with which they come back. */
class DatedPoolTest {

    private static final UUID TENANT = UUID.randomUUID();
    private static final UUID ID = UUID.randomUUID();
    private static final UUID EVENT = UUID.randomUUID();
    private static final UUID SOMEBODY = UUID.randomUUID();
    private static final LocalDate SOON = LocalDate.of(2027, 1, 31);
    private static final LocalDate LATER = LocalDate.of(2027, 12, 31);

    /** 100 until soon, 200 until later, 50 for ever. */
    private final Pool pool = new Pool(
            TENANT,
            TenantStatus.ACTIVE,
            350,
            3,
            Map.of(PoolSum.ALLOCATED, 350L),
            lots(SOON, 100).plus(lots(LATER, 200)));

    @Test
    void anAllocationHasTheDayThatItIsGiven() {
        var moved = (Moved) PlatformRules.allocate(pool, 7, LATER, ID, EVENT);
        assertEquals(lots(LATER, 7), moved.entry().lots());
        assertEquals(lots(SOON, 100).plus(lots(LATER, 207)), moved.pool().lots());
        var undated = (Moved) PlatformRules.allocate(pool, 7, null, ID, EVENT);
        assertEquals(Lots.NONE, undated.entry().lots());
        assertEquals(pool.lots(), undated.pool().lots());
    }

    @Test
    void aDebitTakesWhatLapsesFirstAndWhatStaysForEverLast() {
        assertTaken(lots(SOON, 60), decide(debit(60)));
        assertTaken(lots(SOON, 100).plus(lots(LATER, 1)), decide(debit(101)));
        assertTaken(pool.lots(), decide(debit(350)));
        assertEquals(
                lots(SOON, 40).plus(lots(LATER, 200)), decide(debit(60)).pool().lots());
    }

    @Test
    void aClawbackTakesWhatStaysForEverAndThenWhatLapsesLast() {
        var some = (Moved) PlatformRules.clawBack(pool, 50, ID, EVENT);
        assertEquals(Lots.NONE, some.entry().lots());
        assertEquals(pool.lots(), some.pool().lots());
        var more = (Moved) PlatformRules.clawBack(pool, 251, ID, EVENT);
        assertEquals(lots(LATER, 200).plus(lots(SOON, 1)), more.entry().lots());
        assertEquals(lots(SOON, 99), more.pool().lots());
    }

    @Test
    void whatUndoesADebitGivesItsDaysBack() {
        for (var undoing : List.of(new CancelPoolDebit(ID, TENANT), new RefundPool(ID, TENANT))) {
            var debited = decide(debit(320));
            var undone = PoolRules.decide(debited.pool(), debited.debit(), undoing);
            assertEquals(pool.lots(), undone.pool().lots());
            assertEquals(
                    debited.entry().orElseThrow().lots(),
                    undone.entry().orElseThrow().lots());
            var again = PoolRules.decide(undone.pool(), undone.debit(), undoing);
            assertEquals(undone.pool(), again.pool());
        }
    }

    @Test
    void aReversalGivesTheDaysOfItsDebitBackAsIfThatHadBeenForLess() {
        var debited = decide(debit(320));
        var named = new Named(debited.debit(), 0);
        // 100 soon, 200 later, 20 for ever.
        var first = PoolRules.decide(debited.pool(), null, named, reversal(25));
        assertEquals(lots(LATER, 5), first.entry().orElseThrow().lots());
        var second = PoolRules.decide(first.pool(), null, named.after(25), reversal(200));
        assertEquals(
                lots(LATER, 195).plus(lots(SOON, 5)),
                second.entry().orElseThrow().lots());
        var last = PoolRules.decide(second.pool(), null, named.after(25).after(200), reversal(95));
        assertEquals(lots(SOON, 95), last.entry().orElseThrow().lots());
        assertEquals(pool.lots(), last.pool().lots());
        assertEquals(350, last.pool().balance());
        var none = named.after(25).after(200).after(95);
        assertEquals(Lots.NONE, ((Debited) none.debit()).lots());
        assertInstanceOf(
                SetAside.class,
                PoolRules.decide(last.pool(), null, none, reversal(1)).debit());
    }

    @Test
    void aReversalThatIsSetAsideGivesNoDaysBack() {
        var debited = decide(debit(320));
        var aside = PoolRules.decide(debited.pool(), null, new Named(debited.debit(), 300), reversal(21));
        assertInstanceOf(SetAside.class, aside.debit());
        assertEquals(debited.pool(), aside.pool());
    }

    @Test
    void aBudgetThatComesBackHasTheDaysAgainThatItTells() {
        var delegated = decide(new DebitPool(ID, TENANT, DistributionKind.DELEGATION, 120));
        var some = lots(SOON, 30).told();
        var back = PoolRules.decide(
                delegated.pool(), null, new ReturnToPool(UUID.randomUUID(), TENANT, SOMEBODY, 50, null, null, some));
        assertEquals(lots(SOON, 30).plus(lots(LATER, 180)), back.pool().lots());
        assertEquals(lots(SOON, 30), back.entry().orElseThrow().lots());
        var undated = PoolRules.decide(back.pool(), null, new ReturnToPool(UUID.randomUUID(), TENANT, SOMEBODY, 70));
        assertEquals(back.pool().lots(), undated.pool().lots());
        assertEquals(Lots.NONE, undated.entry().orElseThrow().lots());
    }

    @Test
    void ofADelegationItIsToldWhatIsDatedAndOfAnAwardNot() {
        var delegated = decide(new DebitPool(ID, TENANT, DistributionKind.DELEGATION, 120));
        assertEquals(
                new PoolDebited(
                        ID,
                        TENANT,
                        DistributionKind.DELEGATION,
                        120,
                        230,
                        4,
                        List.of(new DatedPoints(SOON, 100, null), new DatedPoints(LATER, 20, null))),
                delegated.debit().answer());
        assertNull(((PoolDebited) decide(debit(120)).debit().answer()).lots());
        var undated = new Pool(TENANT, TenantStatus.ACTIVE, 50, 3, Map.of(PoolSum.ALLOCATED, 50L), Lots.NONE);
        var of = PoolRules.decide(undated, null, new DebitPool(ID, TENANT, DistributionKind.DELEGATION, 20));
        assertNull(((PoolDebited) of.debit().answer()).lots());
    }

    @Test
    void ofEachDayThatIsOverThereIsAnEntry() {
        var over = PlatformRules.expire(pool, SOON.plusDays(1), day -> new PlatformRules.Lapse(ID, EVENT));
        assertEquals(1, over.size());
        var lapse = over.get(0);
        assertEquals(250, lapse.pool().balance());
        assertEquals(100, lapse.pool().sum(PoolSum.EXPIRED));
        assertEquals(lots(LATER, 200), lapse.pool().lots());
        assertEquals(
                new PoolEntry(TENANT, 4, PoolEntry.Kind.EXPIRY, -100, 250, ID, EVENT, lots(SOON, 100)), lapse.entry());

        var all = PlatformRules.expire(pool, LATER.plusDays(1), day -> new PlatformRules.Lapse(ID, EVENT));
        assertEquals(
                List.of(lots(SOON, 100), lots(LATER, 200)),
                all.stream().map(moved -> moved.entry().lots()).toList());
        assertEquals(5, all.get(1).pool().version());
        assertEquals(50, all.get(1).pool().balance());
        assertEquals(Lots.NONE, all.get(1).pool().lots());
    }

    @Test
    void onItsLastDayNothingLapses() {
        assertEquals(List.of(), PlatformRules.expire(pool, SOON, day -> new PlatformRules.Lapse(ID, EVENT)));
        var empty = new Pool(TENANT, TenantStatus.ACTIVE, 50, 3, Map.of(PoolSum.ALLOCATED, 50L), Lots.NONE);
        assertEquals(List.of(), PlatformRules.expire(empty, LocalDate.MAX, day -> new PlatformRules.Lapse(ID, EVENT)));
    }

    @Test
    void whatIsReservedIsWhatAClawbackWouldTakeAndComesBackWithItsDays() {
        var held = PlatformRules.reserve(pool, 60, ID, EVENT);
        assertEquals(
                new PoolEntry(TENANT, 4, PoolEntry.Kind.RESERVE, -60, 290, ID, EVENT, lots(LATER, 10)), held.entry());
        assertEquals(lots(SOON, 100).plus(lots(LATER, 190)), held.pool().lots());
        var back = PlatformRules.release(held.pool(), 60, lots(LATER, 10), ID, EVENT);
        assertEquals(
                new PoolEntry(TENANT, 5, PoolEntry.Kind.RELEASE, 60, 350, ID, EVENT, lots(LATER, 10)), back.entry());
        assertEquals(pool.lots(), back.pool().lots());
    }

    private Decision decide(PoolCommand command) {
        return PoolRules.decide(pool, null, command);
    }

    private static void assertTaken(Lots lots, Decision decision) {
        assertEquals(lots, decision.entry().orElseThrow().lots());
        assertEquals(lots, assertInstanceOf(Debited.class, decision.debit()).lots());
    }

    private static DebitPool debit(long amount) {
        return new DebitPool(ID, TENANT, DistributionKind.AWARD, amount);
    }

    private static ReturnToPool reversal(long amount) {
        return new ReturnToPool(UUID.randomUUID(), TENANT, SOMEBODY, amount, ID, ReturnOrigin.REVERSAL);
    }

    private static Lots lots(LocalDate day, long points) {
        return Lots.of(List.of(new DatedPoints(day, points, null)));
    }
}
