package io.points.distribution.wallet;

import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.contract.DistributionKind;
import io.points.distribution.DistributionServiceTest;
import io.points.distribution.Given;
import io.points.testing.Attesting;
import io.points.testing.Tables;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The entries of a wallet: what they come of, and which are asked for. */
@DistributionServiceTest
class WalletEntriesTest {

    @Test
    void anEntrySaysWhatItComesOfAndWho() {
        try (var given = Given.tenant()) {
            given.budget(10);
            fromBudget(given, 3);
            recognised(given, 5, "private");
            wallet(given.asEmployee(), "?expand=distribution,people")
                    .body("entries.distribution.kind", contains("award", "award"))
                    .body("entries.distribution.source", contains("pool", "budget"))
                    .body(
                            "entries.distribution.counterparty_id",
                            contains(given.manager.toString(), given.lead.toString()))
                    .body("entries[0].distribution.recognition.message", equalTo("Between us"))
                    .body("entries[1].distribution.description", equalTo("Outstanding Q1"))
                    .body("entries[1].distribution.recognition", nullValue())
                    .body("people", aMapWithSize(3));
            wallet(given.asLead(), "?expand=distribution")
                    .body("entries.distribution.kind", contains("award", "delegation"))
                    .body(
                            "entries.distribution.counterparty_id",
                            contains(given.employee.toString(), given.manager.toString()))
                    .body("people", nullValue());
            wallet(given.asEmployee(), "?expand=people")
                    .body("entries.distribution", everyItem(nullValue()))
                    .body("people", aMapWithSize(1));
            var returned = given.asLead()
                    .header("Prefer", "respond-async")
                    .body("{\"amount\": 2}")
                    .post("/api/allocations/return-to-pool")
                    .then()
                    .statusCode(202)
                    .extract()
                    .<String>path("distribution_id");
            wallet(given.asLead(), "?expand=distribution")
                    .body("entries[0].distribution_id", equalTo(returned))
                    .body("entries[0].distribution.kind", equalTo("return"))
                    .body("entries[0].distribution.counterparty_id", nullValue());
        }
    }

    @Test
    void whatWasSaidInPrivateIsNotShownToAManagerWhoIsNotInvolved() {
        try (var given = Given.tenant()) {
            recognised(given, 5, "private");
            given.as(UUID.randomUUID(), "manager")
                    .get("/api/wallets/" + given.employee + "?expand=distribution")
                    .then()
                    .statusCode(200)
                    .body("entries[0].distribution.recognition.visibility", equalTo("private"))
                    .body("entries[0].distribution.recognition.message", nullValue());
        }
    }

    @Test
    void entriesAreNarrowedByWalletAndTime() {
        try (var given = Given.tenant()) {
            given.budget(10);
            for (int i = 0; i < 3; i++) {
                fromBudget(given, 1);
            }
            wallet(given.asLead(), "?wallet=budget").body("entries.amount", contains(-1, -1, -1, 10));
            wallet(given.asLead(), "?wallet=earned").body("entries", empty());
            wallet(given.asEmployee(), "?wallet=earned").body("entries", hasSize(3));
            var times = wallet(given.asLead(), "").extract().<List<String>>path("entries.occurred_at");
            wallet(given.asLead(), "?from=" + times.get(1)).body("entries", hasSize(2));
            wallet(given.asLead(), "?to=" + times.get(1)).body("entries", hasSize(2));
            wallet(given.asLead(), "?from=%s&to=%s".formatted(times.get(2), times.get(1)))
                    .body("entries", hasSize(1));
            assertEquals(List.of(-1, -1, -1, 10), pages(given, "wallet=budget"));
            assertEquals(List.of(-1, -1), pages(given, "wallet=budget&from=" + times.get(1)));
        }
    }

    /** What came in before the month, and what goes out, is not of this month. */
    @Test
    void whatWasEarnedThisMonthIsCountedFromItsFirstDay() {
        try (var given = Given.tenant()) {
            wallet(given.asEmployee(), "").body("earned_this_month", equalTo(0));
            award(given, 5);
            award(given, 7);
            wallet(given.asEmployee(), "")
                    .body("earned_this_month", equalTo(12))
                    .body("earned.balance", equalTo(12));
            Tables.asOwner(connection -> {
                try (var sql = connection.createStatement()) {
                    return sql.execute("""
                            insert into wallet_ledger (tenant_id, user_id, kind, entry_number, amount, balance_after,
                                   distribution_id, event_id, created_at)
                            select tenant_id, user_id, kind, 100 + at, case at when 2 then -1 else 1 end, 1, gen_random_uuid(),
                                   gen_random_uuid(),
                                   case at when 1 then date_trunc('month', now(), 'UTC') - interval '1 second' else now() end
                            from wallets, generate_series(1, 2) as at
                            where tenant_id = '%s' and user_id = '%s' and kind = 'earned'
                            """.formatted(given.tenant, given.employee));
                }
            });
            wallet(given.asEmployee(), "")
                    .body("earned_this_month", equalTo(12))
                    .body("entries", hasSize(4));
            wallet(given.asLead(), "").body("earned_this_month", equalTo(0));
            // They are no entries that anything has made.
            Attesting.asSuperuser(
                    "distribution",
                    "delete from wallet_ledger where entry_number > 100 and tenant_id = '" + given.tenant + "'");
        }
    }

    private static List<Integer> pages(Given given, String query) {
        var all = new ArrayList<Integer>();
        String cursor = null;
        do {
            var page = wallet(given.asLead(), "?limit=1&" + query + (cursor == null ? "" : "&cursor=" + cursor))
                    .extract();
            all.addAll(page.<List<Integer>>path("entries.amount"));
            cursor = page.path("next_cursor");
        } while (cursor != null);
        return all;
    }

    private static ValidatableResponse wallet(RequestSpecification by, String query) {
        return by.get("/api/wallets/me" + query).then().statusCode(200);
    }

    private static void fromBudget(Given given, long amount) {
        given.asLead()
                .body(Given.award(given.employee, amount))
                .post("/api/allocations/award-points")
                .then()
                .statusCode(201);
    }

    private static void award(Given given, long amount) {
        var award = given.requestAward(amount);
        given.poolDebits(award, DistributionKind.AWARD, amount);
        given.awaitState(award, "COMPLETED");
    }

    private static void recognised(Given given, long amount, String visibility) {
        var recognition = UUID.fromString(given.asManager()
                .header("Prefer", "respond-async")
                .body("""
                        {"to_user_id": "%s", "amount": %s, "message": "Between us", "visibility": "%s"}""".formatted(given.employee, amount, visibility))
                .post("/api/recognitions")
                .then()
                .statusCode(202)
                .extract()
                .path("distribution_id"));
        given.poolDebits(recognition, DistributionKind.AWARD, amount);
        given.awaitState(recognition, "COMPLETED");
    }
}
