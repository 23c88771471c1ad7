package io.points.distribution.saga;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.contract.DatedPoints;
import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.contract.LapseReason;
import io.points.contract.Message;
import io.points.contract.PoolCommand.ReturnToPool;
import io.points.contract.ReturnOrigin;
import io.points.contract.WalletEvent.EarnedReturned;
import io.points.distribution.policy.Dating;
import io.points.distribution.saga.Saga.Step;
import io.points.distribution.wallet.Wallet;
import io.points.ledger.dates.Lots;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What moves, and is told, when earned points go back to the pool because their day is over. */
class LapseChangesTest {

    private static final UUID TENANT = UUID.randomUUID();
    private static final UUID EMPLOYEE = UUID.randomUUID();
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final LocalDate DAY = LocalDate.of(2025, 12, 31);
    private static final LocalDate LATER = LocalDate.of(2026, 12, 31);
    private static final Wallet.Key EARNED = Wallet.Key.earned(TENANT, EMPLOYEE);
    private static final Lots BOTH = Lots.until(DAY, 30).plus(Lots.until(LATER, 20));
    private static final Envelope.Actor MANAGER =
            new Envelope.Actor(UUID.randomUUID().toString(), "manager", null);

    private final Changes changes = new Changes(NOW, Map.of(EARNED, new Wallet(EARNED, 60, 4, BOTH, Dating.NEVER)));

    @Test
    void thoseOfADayGoAndNothingElse() {
        var lapse = lapse(30, LapseReason.AGE, DAY);
        var id = lapse.distribution().id();
        changes.lapse(lapse);
        assertEquals(State.RETURNING, lapse.distribution().state());
        assertEquals(new Wallet(EARNED, 30, 5, Lots.until(LATER, 20), Dating.NEVER), changes.wallet(EARNED));
        assertEquals(
                List.of(
                        new EarnedReturned(id, TENANT, EMPLOYEE, LapseReason.AGE, DAY, 30, 5, 30),
                        new ReturnToPool(id, TENANT, EMPLOYEE, 30, null, ReturnOrigin.LAPSE)),
                sent());
        var entry = changes.entries().get(0);
        assertEquals(-30, entry.amount());
        assertEquals(Lots.until(DAY, 30), entry.lots());
        assertEquals(Ids.derive(id, "EarnedReturned"), entry.eventId());
        assertTrue(changes.feed().isEmpty());
    }

    @Test
    void whenATenantIsClosedAllGoesWhateverItsDay() {
        var lapse = lapse(60, LapseReason.CLOSED, null);
        changes.lapse(lapse);
        assertEquals(new Wallet(EARNED, 0, 5, Lots.NONE, Dating.NEVER), changes.wallet(EARNED));
        assertEquals(
                List.of(new DatedPoints(DAY, 30, null), new DatedPoints(LATER, 20, null)),
                changes.entries().get(0).lots().list());
    }

    @Test
    void onceThePoolHasItNoWalletMovesAgain() {
        var distribution = lapse(30, LapseReason.AGE, DAY).distribution();
        changes.step(distribution, new Step(State.COMPLETED, null), 0);
        assertEquals(State.COMPLETED, changes.logged().get(0).state());
        assertTrue(changes.entries().isEmpty());
        assertTrue(changes.feed().isEmpty());
        assertEquals(List.of(), sent());
    }

    @Test
    void anUnansweredOneAsksForTheSameAgain() {
        var distribution = lapse(30, LapseReason.AGE, DAY).distribution();
        changes.step(distribution, Saga.onTimeout(distribution), 0);
        assertTrue(changes.entries().isEmpty());
        assertEquals(
                List.of(new ReturnToPool(distribution.id(), TENANT, EMPLOYEE, 30, null, ReturnOrigin.LAPSE)), sent());
    }

    @Test
    void aWalletThatHoldsLessLosesNothing() {
        var lapse = lapse(61, LapseReason.CLOSED, null);
        assertThrows(IllegalArgumentException.class, () -> changes.lapse(lapse));
        assertTrue(changes.entries().isEmpty());
    }

    private static Lapse lapse(long amount, LapseReason reason, LocalDate day) {
        return Lapse.of(EARNED, amount, reason, day, day == null ? BOTH : Lots.until(day, amount), NOW, MANAGER);
    }

    private List<Message> sent() {
        return changes.outgoing().stream().map(Changes.Outgoing::message).toList();
    }
}
