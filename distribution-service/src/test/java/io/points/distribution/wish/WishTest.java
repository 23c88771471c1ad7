package io.points.distribution.wish;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.contract.DistributionKind;
import io.points.contract.Topic;
import io.points.contract.WishEvent.WishDecided;
import io.points.contract.WishEvent.WishMade;
import io.points.distribution.DistributionServiceTest;
import io.points.distribution.Given;
import io.points.testing.SideBySide;
import io.points.testing.Tables;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DistributionServiceTest
class WishTest {

    private static final UUID ANNA = UUID.randomUUID();
    private static final UUID BEN = UUID.randomUUID();
    private static final UUID CLEO = UUID.randomUUID();

    /** So often is tried what two do at once. */
    private static final int TIMES = 5;

    @Test
    void aNominationBecomesAnAwardByTheManager() {
        try (var given = Given.tenant()) {
            var asker = UUID.randomUUID();
            var wish = nominate(given, asker, 200);
            given.asManager()
                    .get("/api/wishes")
                    .then()
                    .statusCode(200)
                    .body("items.wish_id", contains(wish.toString()))
                    .body("items.note", contains("They helped"));
            given.asEmployee().get("/api/wishes").then().body("items", empty());
            given.asEmployee().get("/api/wishes/" + wish).then().statusCode(404);
            var award = grant(given.asManager(), wish, "\"amount\": 150, ")
                    .statusCode(200)
                    .body("state", equalTo("granted"))
                    .body("decided_by", equalTo(given.manager.toString()))
                    .extract()
                    .<String>path("distribution_id");
            grant(given.asManager(), wish, "").statusCode(200).body("distribution_id", equalTo(award));
            given.poolDebits(UUID.fromString(award), DistributionKind.AWARD, 150);
            given.awaitState(UUID.fromString(award), "COMPLETED");
            given.distribution(UUID.fromString(award))
                    .body("from_user_id", equalTo(given.manager.toString()))
                    .body("description", equalTo("Well done"))
                    .body("reference_type", equalTo("nomination"));
            assertEquals(150, given.earnedBy(given.employee));
            given.as(asker, "employee")
                    .get("/api/wishes?state=decided")
                    .then()
                    .body("items.state", contains("granted"));
            assertEquals(
                    List.of(new WishMade(wish, given.tenant, "nomination", asker, given.employee, 200)),
                    given.kafka.messages(Topic.WALLET_EVENTS, WishMade.class, given.tenant));
            assertEquals(
                    List.of(new WishDecided(wish, given.tenant, "granted", UUID.fromString(award))),
                    given.kafka.messages(Topic.WALLET_EVENTS, WishDecided.class, given.tenant));
        }
    }

    @Test
    void aLeadsWishForABudgetBecomesADelegation() {
        try (var given = Given.tenant()) {
            var wish = wish(given.asLead(), "budget", null, 500)
                    .statusCode(201)
                    .extract()
                    .<String>path("wish_id");
            var delegation = grant(given.asManager(), UUID.fromString(wish), "")
                    .statusCode(200)
                    .extract()
                    .<String>path("distribution_id");
            given.poolDebits(UUID.fromString(delegation), DistributionKind.DELEGATION, 500);
            given.awaitState(UUID.fromString(delegation), "COMPLETED");
            assertEquals(500, given.budgetOf(given.lead));
        }
    }

    @Test
    void whatThePoolRefusesIsOpenAgain() {
        try (var given = Given.tenant()) {
            var wish = nominate(given, UUID.randomUUID(), 200);
            var refused = UUID.fromString(
                    grant(given.asManager(), wish, "").statusCode(200).extract().path("distribution_id"));
            given.poolRefuses(refused, 200);
            given.awaitState(refused, "REJECTED");
            given.asManager()
                    .get("/api/wishes")
                    .then()
                    .body("items.state", contains("open"))
                    .body("items.refusal", contains("INSUFFICIENT_POOL_BALANCE"));
            var award = UUID.fromString(grant(given.as(ANNA, "manager"), wish, "")
                    .statusCode(200)
                    .body("state", equalTo("granted"))
                    .extract()
                    .path("distribution_id"));
            given.poolDebits(award, DistributionKind.AWARD, 200);
            given.awaitState(award, "COMPLETED");
            assertEquals(200, given.earnedBy(given.employee));
            assertEquals(
                    2,
                    given.kafka
                            .messages(Topic.WALLET_EVENTS, WishDecided.class, given.tenant)
                            .size());
        }
    }

    @Test
    void nobodyDecidesAboutWhatTheyAskedForOrWouldGet() {
        try (var given = Given.tenant();
                var other = Given.tenant()) {
            var wish = nominate(given, ANNA, 200);
            grant(given.as(ANNA, "manager"), wish, "")
                    .statusCode(409)
                    .body("type", equalTo("urn:points:problem:second-person-required"));
            grant(given.as(given.employee, "manager"), wish, "")
                    .statusCode(409)
                    .body("type", equalTo("urn:points:problem:conflict-of-interest"));
            grant(given.asLead(), wish, "").statusCode(403);
            grant(other.asManager(), wish, "").statusCode(404);
            decide(other.asManager().body("{}"), wish, "decline").statusCode(404);
            decide(given.asLead(), wish, "withdraw").statusCode(404);
            decide(given.asManager(), wish, "withdraw")
                    .statusCode(409)
                    .body("type", equalTo("urn:points:problem:proposer-required"));
            decide(given.as(ANNA, "employee"), wish, "withdraw").statusCode(200).body("state", equalTo("withdrawn"));
            decide(given.as(ANNA, "employee"), wish, "withdraw").statusCode(200);
            grant(given.asManager(), wish, "").statusCode(409).body("state", equalTo("withdrawn"));
        }
    }

    @Test
    void whatIsDeclinedSaysWhyToWhoeverAsked() {
        try (var given = Given.tenant()) {
            var wish = nominate(given, ANNA, 200);
            decide(given.asManager().body("{\"reason\": \"Next quarter\"}"), wish, "decline")
                    .statusCode(200)
                    .body("state", equalTo("declined"));
            given.as(ANNA, "employee")
                    .get("/api/wishes/" + wish)
                    .then()
                    .body("decision_reason", equalTo("Next quarter"))
                    .body("distribution_id", nullValue());
        }
    }

    @Test
    void theManagersRulesHold() {
        try (var given = Given.tenant()) {
            given.asManager()
                    .body(
                            "{\"earned\": {}, \"rules\": [{\"id\": \"month\", \"of\": \"giver\", \"per\": \"month\", \"points\": 100, \"then\": \"refuse\"}]}")
                    .put("/api/policy")
                    .then()
                    .statusCode(200);
            var wish = nominate(given, ANNA, 200);
            grant(given.asManager(), wish, "")
                    .statusCode(409)
                    .body("type", equalTo("urn:points:problem:limit-exceeded"))
                    .body("rule", equalTo("month"));
            given.asManager().get("/api/wishes/" + wish).then().body("state", equalTo("open"));
            grant(given.asManager(), wish, "\"amount\": 100, ").statusCode(200);
            given.asManager().get("/api/policy/limits/me").then().body("items.left", contains(0));
        }
    }

    @Test
    void fiveAreOpenAtMost() {
        try (var given = Given.tenant()) {
            UUID first = nominate(given, ANNA, 1);
            for (int i = 0; i < 4; i++) {
                nominate(given, ANNA, 1);
            }
            wish(given.as(ANNA, "employee"), "nomination", given.employee, 1)
                    .statusCode(409)
                    .body("type", equalTo("urn:points:problem:too-many-wishes"));
            nominate(given, BEN, 1);
            decide(given.as(ANNA, "employee"), first, "withdraw").statusCode(200);
            nominate(given, ANNA, 1);
            given.as(ANNA, "employee").get("/api/wishes").then().body("items", hasSize(5));
        }
    }

    @Test
    void afterThirtyDaysItIsOver() {
        try (var given = Given.tenant()) {
            var wish = nominate(given, ANNA, 1);
            given.asManager().get("/api/wishes/" + wish).then().body("expires_at", notNullValue());
            timeIsOver(wish);
            Awaitility.await().untilAsserted(() -> given.asManager()
                    .get("/api/wishes/" + wish)
                    .then()
                    .body("state", equalTo("expired"))
                    .body("decided_by", nullValue()));
            grant(given.asManager(), wish, "").statusCode(409).body("state", equalTo("expired"));
        }
    }

    /** Of whatever decisions at once, one is carried out. */
    @ParameterizedTest
    @CsvSource({"grant, grant", "grant, decline", "grant, withdraw", "decline, decline", "decline, withdraw"})
    void decisionsAtOnceEndItOnce(String one, String other) {
        try (var given = Given.tenant()) {
            for (int i = 1; i <= TIMES; i++) {
                var wish = nominate(given, BEN, 200);
                var first = SideBySide.begin(
                        () -> step(given, ANNA, wish, one).extract().statusCode());
                var second = SideBySide.begin(
                        () -> step(given, CLEO, wish, other).extract().statusCode());
                assertEquals(Set.of(200, 409), Set.of(first.join(), second.join()));
                isDecidedOnce(given, wish);
            }
        }
    }

    /** Nor does it end twice if its time is over, or its receiver can take nothing any more, while it is granted. */
    @ParameterizedTest
    @CsvSource({"time, expired, 409", "deactivation, open, 422"})
    void aGrantAndWhatEndsItOtherwiseEndItOnce(String otherwise, String state, int refused) {
        try (var given = Given.tenant()) {
            for (int i = 1; i <= TIMES; i++) {
                var wish = nominate(given, UUID.randomUUID(), 200);
                var ends = SideBySide.begin(() -> {
                    if (otherwise.equals("time")) {
                        timeIsOver(wish);
                    } else {
                        given.member(given.employee, "employee", false);
                    }
                });
                int status =
                        grant(given.as(ANNA, "manager"), wish, "").extract().statusCode();
                ends.join();
                assertTrue(status == 200 || status == refused, () -> String.valueOf(status));
                var end = status == 200 ? "granted" : state;
                Awaitility.await()
                        .until(() -> end.equals(
                                given.asManager().get("/api/wishes/" + wish).path("state")));
                if (!end.equals("open")) {
                    isDecidedOnce(given, wish);
                }
                given.member(given.employee, "employee", true);
            }
        }
    }

    /** It is told once, and there is one award if it was granted. */
    private static void isDecidedOnce(Given given, UUID wish) {
        var told = Awaitility.await()
                .until(
                        () -> given.kafka.messages(Topic.WALLET_EVENTS, WishDecided.class, given.tenant).stream()
                                .filter(it -> it.wishId().equals(wish))
                                .toList(),
                        found -> !found.isEmpty());
        assertEquals(1, told.size(), told::toString);
        given.asManager()
                .get("/api/wishes/" + wish)
                .then()
                .body("state", equalTo(told.get(0).state()));
        var awards = Tables.asApp(connection -> Tables.column(
                connection,
                "select id from distributions where tenant_id = '" + given.tenant
                        + "' and id not in (select distribution_id from wishes where tenant_id = '" + given.tenant
                        + "' and distribution_id is not null)"));
        assertEquals(List.of(), awards, "awards for which nobody has wished");
        assertEquals(told.get(0).state().equals("granted"), told.get(0).distributionId() != null);
    }

    private static ValidatableResponse step(Given given, UUID manager, UUID wish, String step) {
        return switch (step) {
            case "grant" -> grant(given.as(manager, "manager"), wish, "");
            case "decline" -> decide(given.as(manager, "manager").body("{}"), wish, step);
            default -> decide(given.as(BEN, "employee"), wish, step);
        };
    }

    private static void timeIsOver(UUID wish) {
        Tables.asApp(connection -> {
            try (var sql = connection.createStatement()) {
                return sql.execute(
                        "update wishes set expires_at = now() - interval '1 second' where state = 'open' and id = '"
                                + wish + "'");
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "employee, budget, , 403",
        "lead, budget, other, 422",
        "employee, nomination, , 422",
        "employee, nomination, self, 422",
        "employee, nomination, lead, 422",
        "employee, nomination, unknown, 422"
    })
    void whatCannotBeGrantedIsNotAskedFor(String role, String kind, String to, int status) {
        try (var given = Given.tenant()) {
            var by = role.equals("lead") ? given.lead : given.employee;
            var receiver = to == null
                    ? null
                    : switch (to) {
                        case "self" -> by;
                        case "lead" -> given.lead;
                        case "other" -> given.employee;
                        default -> UUID.randomUUID();
                    };
            wish(given.as(by, role), kind, receiver, 5).statusCode(status);
            given.asManager().get("/api/wishes").then().body("items", empty());
        }
    }

    /** It is about those involved, and whoever has said it wrote it. */
    @ParameterizedTest
    @CsvSource({"asker, true, true", "employee, true, true", "decider, false, true"})
    void whatWasSaidIsErasedWithWhoeverItIsByOrAbout(String who, boolean note, boolean reason) {
        try (var given = Given.tenant()) {
            var asker = given.named("Anna", "employee", true, null);
            var decider = given.named("Ben", "manager", true, null);
            var wish = nominate(given, asker, 5);
            decide(given.as(decider, "manager").body("{\"reason\": \"Not now\"}"), wish, "decline")
                    .statusCode(200);
            var erased = who.equals("asker") ? asker : who.equals("decider") ? decider : given.employee;
            given.asManager()
                    .delete("/api/members/" + erased + "/personal-data")
                    .then()
                    .statusCode(200);
            given.asManager()
                    .get("/api/wishes/" + wish)
                    .then()
                    .body("note", note ? nullValue() : notNullValue())
                    .body("decision_reason", reason ? nullValue() : notNullValue());
        }
    }

    private static UUID nominate(Given given, UUID by, long amount) {
        return UUID.fromString(wish(given.as(by, "employee"), "nomination", given.employee, amount)
                .statusCode(201)
                .body("state", equalTo("open"))
                .extract()
                .path("wish_id"));
    }

    private static ValidatableResponse wish(RequestSpecification by, String kind, UUID to, long amount) {
        var receiver = to == null ? "" : "\"to_user_id\": \"" + to + "\", ";
        return by.body("{\"kind\": \"%s\", %s\"amount\": %s, \"note\": \"They helped\"}"
                        .formatted(kind, receiver, amount))
                .post("/api/wishes")
                .then();
    }

    private static ValidatableResponse grant(RequestSpecification by, UUID wish, String amount) {
        return decide(by.body("{" + amount + "\"description\": \"Well done\"}"), wish, "grant");
    }

    private static ValidatableResponse decide(RequestSpecification by, UUID wish, String step) {
        return by.post("/api/wishes/" + wish + "/" + step).then();
    }
}
