package io.points.billing;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.platform.faultpoints.FaultPoint;
import io.points.testing.Hold;
import io.points.testing.Rivals;
import io.points.testing.SideBySide;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Late entries are moved once, however often and by however many it is asked for. */
@QuarkusTest
class LateEntriesOnceTest extends LateEntriesScenario {

    @Test
    void whatWasMovedIsNotMovedAgain() {
        closedWithLateEntries();
        var ids = statement(tenant, FEBRUARY).jsonPath().getList("entries.entry_id", String.class);
        reopen(JANUARY);
        move(JANUARY, null).then().statusCode(200);
        var before = billed();

        move(JANUARY, null).then().statusCode(200).body("entries", empty()).body("remaining", equalTo(0));
        move(JANUARY, ids).then().statusCode(200).body("entries", empty()).body("changes", empty());

        assertEquals(before, billed());
    }

    @Test
    void aRepeatUnderTheSameKeyIsAnsweredAsTheFirst() {
        closedWithLateEntries();
        reopen(JANUARY);
        var key = UUID.randomUUID().toString();
        var first = keyed(key);

        assertEquals(3, first.jsonPath().getList("entries").size());
        assertEquals(first.asString(), keyed(key).asString());
        assertReconciled();
    }

    @Test
    void ofTwoAtOnceOneMovesAndTheOtherFindsNothing() {
        closedWithLateEntries();
        reopen(JANUARY);
        CompletableFuture<Response> one;
        CompletableFuture<Response> other;
        try (var hold = Hold.at(FaultPoint.TRANSACTION_BEFORE_COMMIT)) {
            one = SideBySide.begin(() -> move(JANUARY, null));
            hold.awaitHit();
            other = SideBySide.begin(() -> move(JANUARY, null));
            Rivals.awaitBlocked();
        }

        assertEquals(
                List.of(0, 3),
                List.of(one.join(), other.join()).stream()
                        .map(it -> it.jsonPath().getList("entries").size())
                        .sorted()
                        .toList());
        assertEquals(200, other.join().statusCode());
        assertReconciled();
        assertTheTopicHasTheSameMonths();
    }

    /** What comes while late entries are moved is counted once they are. */
    @Test
    void anEventThatComesMeanwhileWaits() {
        closedWithLateEntries();
        reopen(JANUARY);
        CompletableFuture<Response> moving;
        try (var hold = Hold.at(FaultPoint.TRANSACTION_BEFORE_COMMIT)) {
            moving = SideBySide.begin(() -> move(JANUARY, null));
            hold.awaitHit();
            takenBack("2026-01-31T23:59:59.9Z", 45, 4);
            Rivals.awaitBlocked();
        }
        assertEquals(200, moving.join().statusCode());
        awaitHeard();

        assertEquals("45.00", statement(tenant, JANUARY).jsonPath().getString("billed[0].total"));
        assertReconciled();
    }

    /** The database goes away before the commit: all of it happens, or nothing, and the repeat does what is left. */
    @Test
    void aMoveThatIsInterruptedIsDoneOnce() {
        closedWithLateEntries();
        reopen(JANUARY);
        CompletableFuture<Response> interrupted;
        try (var hold = Hold.at(FaultPoint.TRANSACTION_BEFORE_COMMIT)) {
            interrupted = SideBySide.begin(() -> move(JANUARY, null));
            hold.awaitHit();
            Rivals.endOpenTransactions();
        }
        interrupted.join();
        await().atMost(Duration.ofSeconds(20)).until(() -> move(JANUARY, null).statusCode() == 200);

        late(JANUARY).body("items", empty());
        assertEquals("90.00", statement(tenant, JANUARY).jsonPath().getString("billed[0].total"));
        assertReconciled();
        assertTheTopicHasTheSameMonths();
    }
}
