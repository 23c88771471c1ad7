package io.points.distribution.member;

import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.points.contract.DistributionKind;
import io.points.distribution.DistributionServiceTest;
import io.points.distribution.Given;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The names of the people whose ids there are, for whoever sees the ids. */
@DistributionServiceTest
class PeopleTest {

    private static final String HOSTILE = "<script>alert(1)</script> \u05d0\ud83d\udca5 %s";

    @Test
    void whoGaveAndWhoReceivedAreNamedOnceAPage() {
        try (var given = Given.tenant();
                var other = Given.tenant()) {
            other.named("Somebody else", "employee", true, null);
            name(given, given.manager, "Meera");
            name(given, given.employee, HOSTILE);
            var first = award(given, 5);
            award(given, 7);
            for (var by : List.of(given.asManager(), given.asEmployee())) {
                var seen = page(by, "/api/feed").body("items", hasSize(2)).body("people", aMapWithSize(2));
                person(seen, given.manager, "Meera", true);
                person(seen, given.employee, HOSTILE, true);
            }
            person(page(given.asEmployee(), "/api/allocations/history"), given.manager, "Meera", true);
            person(page(given.asManager(), "/api/allocations/history/tenant"), given.employee, HOSTILE, true);
            var one = page(given.asEmployee(), "/api/allocations/distributions/" + first)
                    .body("people", aMapWithSize(2));
            person(one, given.manager, "Meera", true);
            given.member(given.employee, "employee", false);
            person(page(given.asManager(), "/api/feed"), given.employee, HOSTILE, false);
        }
    }

    @Test
    void theReceiversOfABatchAreNamed() {
        try (var given = Given.tenant()) {
            var ada = given.named("Ada", "employee", true, null);
            var batch = given.requestBatch("each", Map.of(ada, 5L, given.employee, 7L));
            var seen = page(given.asManager(), "/api/allocations/award-points/batch/" + batch + "/receivers")
                    .body("people", aMapWithSize(2));
            person(seen, ada, "Ada", true);
            person(seen, given.employee, null, true);
        }
    }

    @Test
    void theyAreThereForWhoeverAsksAndNobodyElse() {
        try (var given = Given.tenant()) {
            var award = award(given, 5);
            for (var path : List.of(
                    "/api/feed",
                    "/api/allocations/history",
                    "/api/allocations/distributions/" + award,
                    "/api/wallets/me")) {
                given.asEmployee().get(path).then().statusCode(200).body("people", nullValue());
            }
            page(given.as(UUID.randomUUID(), "employee"), "/api/feed").body("people", aMapWithSize(0));
            given.asEmployee()
                    .get("/api/feed?expand=balances")
                    .then()
                    .statusCode(400)
                    .body("errors.field", contains("expand"));
        }
    }

    @Test
    void anErasedNameIsGone() {
        try (var given = Given.tenant()) {
            name(given, given.employee, "Ada");
            award(given, 5);
            given.asManager()
                    .delete("/api/members/" + given.employee + "/personal-data")
                    .then()
                    .statusCode(200);
            person(page(given.asManager(), "/api/feed"), given.employee, null, true);
        }
    }

    private static UUID award(Given given, long amount) {
        var award = given.requestAward(amount);
        given.poolDebits(award, DistributionKind.AWARD, amount);
        given.awaitState(award, "COMPLETED");
        return award;
    }

    private static void name(Given given, UUID user, String name) {
        given.asManager()
                .body(Map.of("display_name", name))
                .patch("/api/members/" + user)
                .then()
                .statusCode(200);
    }

    private static ValidatableResponse page(RequestSpecification by, String path) {
        return by.get(path + "?expand=people").then().statusCode(200);
    }

    private static void person(ValidatableResponse page, UUID user, String name, boolean active) {
        page.body("people.'%s'".formatted(user), notNullValue())
                .body("people.'%s'.display_name".formatted(user), equalTo(name))
                .body("people.'%s'.active".formatted(user), equalTo(active));
    }
}
