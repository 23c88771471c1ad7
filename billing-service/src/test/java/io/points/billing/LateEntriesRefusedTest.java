package io.points.billing;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.contract.PoolEvent.PointsReturned;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no late entry, or cannot be moved as it is: refused with the field, and nothing changes. */
@QuarkusTest
class LateEntriesRefusedTest extends LateEntriesScenario {

    @Test
    void noMonthIsLeftWithLessThanNothingInThePool() {
        bought("2026-01-05T10:00:00Z", 100, 1);
        awaitHeard();
        close(JANUARY);
        // A budget comes back late, and with it more is clawed back than the pool had.
        var distribution = Movements.newId();
        sendAt("2026-01-30T10:00:00Z", new PointsReturned(distribution, tenant, 30, 130, 2));
        balance = 130;
        takenBack("2026-01-31T10:00:00Z", 130, 3);
        awaitHeard();
        reopen(JANUARY);

        refused(move(JANUARY, null), 409, "late-entries-incomplete", "entry_ids")
                .then()
                .body(
                        "detail",
                        equalTo(
                                "The pool would close 2026-01 with -30 points: what it was clawed back from is counted in"
                                        + " a later month."));
    }

    @Test
    void aMonthThatIsClosedTakesNothing() {
        closedWithLateEntries();
        var before = billed();

        for (var route : List.of("/move", "/move/check")) {
            refused(post(anna, JANUARY, route, null), 409, "period-closed", "period");
        }
        assertEquals(before, billed());
    }

    @Test
    void onlyLateEntriesOfTheTenantAndMonthCanBeChosen() {
        closedWithLateEntries();
        reopen(JANUARY);
        var late = statement(tenant, FEBRUARY).jsonPath().getString("entries[0].entry_id");
        var inTime = statement(tenant, JANUARY).jsonPath().getString("entries[0].entry_id");
        move(JANUARY, List.of(late)).then().statusCode(200);
        var reversal = statement(tenant, FEBRUARY).jsonPath().getString("entries[1].entry_id");
        var before = billed();

        for (var stranger : List.of(inTime, reversal, UUID.randomUUID().toString())) {
            for (var route : List.of("/move", "/move/check")) {
                refused(post(anna, JANUARY, route, List.of(late, stranger)), 422, "late-entry-unknown", "entry_ids[1]");
            }
        }
        refused(move("2025-12", List.of(late)), 409, "tenant-not-yet-known", "period");
        refused(move(FEBRUARY, List.of(late)), 422, "late-entry-unknown", "entry_ids[0]");
        assertEquals(before, billed());
    }

    @Test
    void anotherTenantsLateEntriesAreUnknown() {
        closedWithLateEntries();
        reopen(JANUARY);
        var late = statement(tenant, FEBRUARY).jsonPath().getString("entries[0].entry_id");
        var other = UUID.randomUUID();
        sendAt("2026-01-05T10:00:00Z", Movements.allocated(other, 100, 1));
        awaitHeard();

        refused(post(anna, other, JANUARY, "/move", List.of(late)), 422, "late-entry-unknown", "entry_ids[0]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000-01", "2026-13", "2026-00", "202601"})
    void whatIsNoMonthIsNamed(String period) {
        for (var answer : List.of(
                as("finance").get(path(tenant, period)),
                post(anna, period, "/move", null),
                post(anna, period, "/move/check", null))) {
            answer.then().statusCode(400).body("errors[0].field", equalTo("period"));
        }
    }

    @ParameterizedTest
    @MethodSource("rolesWithoutFinance")
    void onlyFinanceMovesAnything(String role) {
        for (var route : List.of("/move", "/move/check")) {
            as(role).contentType("application/json")
                    .body(Map.of("reason", WHY))
                    .post(path(tenant, JANUARY) + route)
                    .then()
                    .statusCode(403);
        }
    }

    @Test
    void aTenantThatNobodyHasHeardOfHasNoLateEntries() {
        as("finance").get(path(UUID.randomUUID(), JANUARY)).then().statusCode(404);
        for (var route : List.of("/move", "/move/check")) {
            post(anna, UUID.randomUUID(), JANUARY, route, null).then().statusCode(404);
        }
    }
}
