package io.points.billing;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.points.testing.Tables;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was booked late gets into its month when that is open again, by pairs; nothing is rewritten. */
@QuarkusTest
class LateEntriesTest extends LateEntriesScenario {

    /** The story that docs/billing.md tells. */
    @Test
    void aLateEntryIsReversedWhereItWasBookedAndBookedAgainInItsMonth() {
        closedWithLateEntries();
        var february = statement(tenant, FEBRUARY).jsonPath();
        var original = february.getString("entries[0].entry_id");
        late(JANUARY).body("items.entry_id", equalTo(february.getList("entries.entry_id")));
        reopen(JANUARY);

        var done = move(JANUARY, null);

        assertEquals(200, done.statusCode(), done.asString());
        done.then()
                .body("period", equalTo(JANUARY))
                .body("entries.entry_id", equalTo(february.getList("entries.entry_id")))
                .body("entries.booked_in", equalTo(List.of(FEBRUARY, FEBRUARY, FEBRUARY)))
                .body("changes.period", equalTo(List.of(JANUARY, FEBRUARY)))
                .body("changes.amount", equalTo(List.of("-10.00", "10.00")))
                .body("remaining", equalTo(0));
        var january = statement(tenant, JANUARY).jsonPath();
        assertEquals(140, january.getLong("pool.allocated"));
        assertEquals(50, january.getLong("pool.clawed_back"));
        assertEquals(90, january.getLong("pool.closing"));
        assertEquals("90.00", january.getString("billed[0].total"));
        assertEquals("0.00", january.getString("billed[0].corrections"));
        assertEquals(
                Arrays.asList(null, original),
                january.getList("entries.rebooked_entry_id").subList(0, 2));
        assertEquals(WHY, january.getString("entries[1].move_reason"));
        assertEquals(anna.toString(), january.getString("entries[1].created_by"));
        assertEquals(Arrays.asList(null, null, null, null), january.getList("entries.charge_class"));
        var after = statement(tenant, FEBRUARY).jsonPath();
        assertEquals(90, after.getLong("pool.opening"));
        assertEquals(0, after.getLong("pool.allocated"));
        assertEquals(0, after.getLong("pool.clawed_back"));
        assertEquals("0.00", after.getString("billed[0].total"));
        assertEquals("0.00", after.getString("billed[0].corrections"));
        assertEquals(original, after.getString("entries[1].reversed_entry_id"));
        assertEquals("Correction", after.getString("entries[1].charge_class"));
        late(JANUARY).body("items", empty());
        assertReconciled();
        assertTheTopicHasTheSameMonths();
    }

    @Test
    void aCheckSaysTheSameAndBooksNothing() {
        closedWithLateEntries();
        reopen(JANUARY);
        await().until(() -> Tables.asOwner(
                connection -> Tables.number(connection, "select count(*) from outbox where set_aside is null") == 0));
        var before = Tables.contents();

        var checked = post(anna, JANUARY, "/move/check", null);

        assertEquals(200, checked.statusCode(), checked.asString());
        assertEquals(before, Tables.contents());
        assertEquals(checked.asString(), move(JANUARY, null).asString());
    }

    /** The clawback has two lines, of the late purchase and of one of January. */
    @Test
    void chosenOnesAreMovedWithAllOfTheirEvent() {
        closedWithLateEntries();
        var ids = statement(tenant, FEBRUARY).jsonPath().getList("entries.entry_id", String.class);
        reopen(JANUARY);

        refused(move(JANUARY, List.of(ids.get(2))), 409, "late-entries-incomplete", "entry_ids")
                .then()
                .body(
                        "detail",
                        equalTo("Entry %s credits entry %s, which is booked in 2026-02: move that one too."
                                .formatted(ids.get(1), ids.get(0))));
        move(JANUARY, List.of(ids.get(0))).then().statusCode(200).body("remaining", equalTo(2));
        assertReconciled();
        move(JANUARY, List.of(ids.get(2)))
                .then()
                .statusCode(200)
                .body("entries.entry_id", equalTo(ids.subList(1, 3)))
                .body("remaining", equalTo(0));
        assertReconciled();
        assertEquals("90.00", statement(tenant, JANUARY).jsonPath().getString("billed[0].total"));
    }

    /** A purchase is credited as it stands, wherever it was moved to. */
    @Test
    void aPairIsNeitherBoughtNorGivenBack() {
        closedWithLateEntries();
        reopen(JANUARY);
        move(JANUARY, null);
        bought("2026-02-10T10:00:00Z", 7, 4);
        takenBack("2026-02-11T10:00:00Z", 97, 5);
        awaitHeard();

        var february = statement(tenant, FEBRUARY).jsonPath();
        assertEquals(0, february.getLong("pool.closing"));
        assertEquals("-90.00", february.getString("billed[0].total"));
        assertReconciled();
        assertEquals(
                List.of(-7L, -90L), february.getList("entries.findAll { it.pool_version == 5 }.points", Long.class));
        assertEquals(
                Arrays.asList(null, "Correction"),
                february.getList("entries.findAll { it.pool_version == 5 }.charge_class"));
    }

    @Test
    void aLatePurchaseThatWasMovedIsOfItsOwnMonthToLaterCredits() {
        bought("2026-01-05T10:00:00Z", 100, 1);
        awaitHeard();
        close(JANUARY);
        bought("2026-01-31T23:00:00Z", 40, 2);
        awaitHeard();
        reopen(JANUARY);
        move(JANUARY, null);
        takenBack("2026-02-11T10:00:00Z", 5, 3);
        awaitHeard();

        var february = statement(tenant, FEBRUARY).jsonPath();
        assertEquals("Correction", february.getString("entries.find { it.pool_version == 3 }.charge_class"));
        assertReconciled();
    }

    @Test
    void anEntryGoesBackOverSeveralMonths() {
        bought("2025-12-05T10:00:00Z", 100, 1);
        awaitHeard();
        close("2025-12");
        close(JANUARY);
        bought("2025-12-31T23:00:00Z", 40, 2);
        awaitHeard();
        late(JANUARY).body("items", empty());
        late("2025-12").body("items", hasSize(1));
        reopen(JANUARY);
        move(JANUARY, null).then().statusCode(200).body("entries", empty());
        reopen("2025-12");
        move("2025-12", null).then().statusCode(200).body("changes.period", equalTo(List.of("2025-12", FEBRUARY)));

        close("2025-12");
        close(JANUARY);
        assertEquals(140, statement(tenant, JANUARY).jsonPath().getLong("pool.opening"));
        assertEquals(140, statement(tenant, FEBRUARY).jsonPath().getLong("pool.opening"));
        assertReconciled();
    }

    @Test
    void theMonthIsClosedAgainWithWhatWasMoved() {
        closedWithLateEntries();
        var first = statement(tenant, JANUARY).asString();
        reopen(JANUARY);
        move(JANUARY, null);
        close(JANUARY);

        var second = statement(tenant, JANUARY);
        assertNotEquals(first, second.asString());
        assertEquals("90.00", second.jsonPath().getString("billed[0].total"));
        assertReconciled();
        close(FEBRUARY);
        assertReconciled();
        refused(move(JANUARY, null), 409, "period-closed", "period");
    }

    @Test
    void aMonthThatWasNeverClosedHasNoLateEntries() {
        bought("2026-01-05T10:00:00Z", 100, 1);
        awaitHeard();

        late(JANUARY).body("items", empty());
        move(JANUARY, null).then().statusCode(200).body("entries", empty());
        refused(move("2025-12", null), 409, "tenant-not-yet-known", "period");
    }

    @Test
    void theListHasPages() {
        closedWithLateEntries();
        var ids = statement(tenant, FEBRUARY).jsonPath().getList("entries.entry_id", String.class);
        var found = new ArrayList<String>();
        String cursor = null;
        do {
            var request = as("finance").queryParam("limit", 1);
            var page = (cursor == null ? request : request.queryParam("cursor", cursor))
                    .get(path(tenant, JANUARY))
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            found.addAll(page.getList("items.entry_id", String.class));
            cursor = page.getString("next_cursor");
        } while (cursor != null);

        assertEquals(ids, found);
    }
}
