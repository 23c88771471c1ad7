package io.points.distribution.member;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.contract.MemberEvent.MemberChanged;
import io.points.contract.PoolCommand.ReturnToPool;
import io.points.contract.Topic;
import io.points.distribution.DistributionServiceTest;
import io.points.distribution.Given;
import io.points.testing.SideBySide;
import io.points.testing.Tokens;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The directory, member by member and many at once. */
@DistributionServiceTest
class MembersTest {

    private static final String BATCH = "/api/members/batch";

    @Test
    void whatAPutDoesNotSayStaysAsItIs() {
        try (var given = Given.tenant()) {
            var ada = UUID.randomUUID();
            put(given, ada, """
                    {"role": "lead", "active": false, "display_name": "Ada", "email": "ada@example.com"}""");
            put(given, ada, """
                    {"role": "employee"}""")
                    .body("role", equalTo("employee"))
                    .body("active", equalTo(false))
                    .body("display_name", equalTo("Ada"))
                    .body("email", equalTo("ada@example.com"));
            put(given, ada, """
                    {"role": "employee", "active": true, "email": null}""")
                    .body("active", equalTo(true))
                    .body("display_name", equalTo("Ada"))
                    .body("email", nullValue());
        }
    }

    @Test
    void somebodyNewIsActiveWithoutANameAndARepeatChangesNothing() {
        try (var given = Given.tenant()) {
            var ada = UUID.randomUUID();
            var first = put(given, ada, """
                    {"role": "employee"}""")
                    .body("active", equalTo(true))
                    .body("display_name", nullValue())
                    .body("email", nullValue())
                    .extract()
                    .asString();
            assertEquals(first, put(given, ada, """
                            {"role": "employee"}""").extract().asString());
            put(given, ada, """
                    {"role": "lead"}""");
            Awaitility.await().until(() -> revisions(given, ada).contains(2L));
            assertEquals(List.of(1L, 2L), revisions(given, ada));
        }
    }

    @Test
    void tenThousandAreEnrolledAtOnce() {
        try (var given = Given.tenant()) {
            var people = Stream.generate(UUID::randomUUID).limit(10_000).toList();
            var body = members(people.stream().map(id -> """
                    {"user_id": "%s", "role": "employee", "display_name": "Somebody"}""".formatted(id)));
            var key = UUID.randomUUID().toString();
            dryRun(given, body).body("enrolled", equalTo(10_000));
            given.asManager().get("/api/members/" + people.get(0)).then().statusCode(404);
            // What takes too long gets 503.
            enrol(given, key, body)
                    .statusCode(200)
                    .body("members", equalTo(10_000))
                    .body("enrolled", equalTo(10_000))
                    .body("changed", equalTo(0))
                    .body("unchanged", equalTo(0));
            given.asManager()
                    .get("/api/members/" + people.get(9_999))
                    .then()
                    .statusCode(200)
                    .body("role", equalTo("employee"))
                    .body("active", equalTo(true))
                    .body("display_name", equalTo("Somebody"));
            enrol(given, key, body).statusCode(200).body("enrolled", equalTo(10_000));
            enrol(given, key, members(Stream.of(entry(people.get(0), "lead")))).statusCode(422);
            enrol(given, null, body).statusCode(200).body("unchanged", equalTo(10_000));
        }
    }

    @Test
    void csvSaysTheSameAndEachBadLineIsNamedAndNothingIsDone() {
        try (var given = Given.tenant()) {
            var ada = UUID.randomUUID();
            csv(given, "", ada + ",employee,,\"Ada, Countess\",", given.employee + ",lead,false,,")
                    .statusCode(200)
                    .body("enrolled", equalTo(1))
                    .body("changed", equalTo(1));
            given.asManager()
                    .get("/api/members/" + ada)
                    .then()
                    .body("active", equalTo(true))
                    .body("display_name", equalTo("Ada, Countess"));
            var nobody = UUID.randomUUID();
            csv(given, "", nobody + ",employee,,,", "x,employee,,,", ada + ",boss,,,", ada + ",lead,,,nobody")
                    .statusCode(400)
                    .body("errors.field", contains("line 3, user_id", "line 4, role", "line 5, email"));
            given.asManager().get("/api/members/" + nobody).then().statusCode(404);
            csv(given, "?dry_run=true", nobody + ",employee,,,").statusCode(200).body("enrolled", equalTo(1));
            given.asManager().get("/api/members/" + nobody).then().statusCode(404);
        }
    }

    @Test
    void eachBadMemberOfJsonIsNamed() {
        try (var given = Given.tenant()) {
            var ada = UUID.randomUUID();
            enrol(given, null, """
                    {"members": [{"role": "lead"}, {"user_id": "%1$s"}]}""".formatted(ada))
                    .statusCode(400)
                    .body("errors.field", contains("members[0].user_id", "members[1].role"));
            enrol(given, null, members(Stream.of(entry(ada, "lead"), entry(ada, "employee"))))
                    .statusCode(400)
                    .body("errors.field", contains("members[1].user_id"));
            enrol(given, null, members(Stream.of("""
                            {"user_id": "%s", "role": "lead", "display_name": " ", "email": "x"}""".formatted(ada))))
                    .statusCode(400)
                    .body("errors.field", contains("members[0].display_name", "members[0].email"));
            enrol(given, null, members(Stream.of(entry(ada, "boss"))))
                    .statusCode(400)
                    .body("errors.field", contains("members[0].role"));
            enrol(given, null, members(IntStream.range(0, 10_001).mapToObj(i -> entry(UUID.randomUUID(), "lead"))))
                    .statusCode(400)
                    .body("errors.field", contains("members"));
            given.asManager()
                    .get("/api/members?limit=200")
                    .then()
                    .body("items.user_id", hasItem(given.lead.toString()));
            given.asManager().get("/api/members/" + ada).then().statusCode(404);
        }
    }

    @Test
    void leadsWhoAreNoneAnyMoreGiveTheirBudgetsBackTogether() {
        try (var given = Given.tenant()) {
            given.budget(7);
            enrol(given, null, members(Stream.of(entry(given.lead, "employee"), entry(given.employee, "lead"))))
                    .statusCode(200)
                    .body("changed", equalTo(2));
            assertEquals(0, given.budgetOf(given.lead));
            var returned = Awaitility.await()
                    .until(
                            () -> given.kafka.messages(Topic.POOL_COMMANDS, ReturnToPool.class, given.tenant),
                            it -> !it.isEmpty());
            assertEquals(
                    List.of(7L), returned.stream().map(ReturnToPool::amount).toList());
        }
    }

    @Test
    void twoWhoEnrolTheSamePeopleAtOnceBothSucceed() {
        try (var given = Given.tenant()) {
            var people = Stream.generate(UUID::randomUUID).limit(500).toList();
            var body = members(people.stream().map(id -> entry(id, "employee")));
            var both = Stream.generate(() -> SideBySide.begin(
                            () -> enrol(given, null, body).extract().statusCode()))
                    .limit(2)
                    .toList();
            both.forEach(one -> assertEquals(200, one.join()));
            var seen = revisions(given, people.get(0));
            Awaitility.await().until(() -> !revisions(given, people.get(0)).isEmpty());
            assertTrue(seen.size() <= 1, "enrolled twice: " + seen);
        }
    }

    private static List<Long> revisions(Given given, UUID user) {
        return given.kafka.messages(Topic.WALLET_EVENTS, MemberChanged.class, given.tenant).stream()
                .filter(changed -> changed.userId().equals(user))
                .map(MemberChanged::revision)
                .toList();
    }

    private static ValidatableResponse put(Given given, UUID user, String body) {
        return given.asManager().body(body).put("/api/members/" + user).then().statusCode(200);
    }

    private static ValidatableResponse enrol(Given given, String key, String body) {
        var request = given.asManager().body(body);
        return (key == null ? request : request.header("Idempotency-Key", key))
                .post(BATCH)
                .then();
    }

    private static ValidatableResponse dryRun(Given given, String body) {
        return given.asManager().body(body).post(BATCH + "?dry_run=true").then().statusCode(200);
    }

    private static ValidatableResponse csv(Given given, String query, String... lines) {
        return given().auth()
                .oauth2(Tokens.of(given.manager, given.tenant, "manager"))
                .contentType("text/csv; charset=UTF-8")
                .body("user_id,role,active,display_name,email\n" + String.join("\n", lines))
                .post(BATCH + query)
                .then();
    }

    private static String members(Stream<String> entries) {
        return entries.collect(Collectors.joining(", ", "{\"members\": [", "]}"));
    }

    private static String entry(UUID user, String role) {
        return "{\"user_id\": \"%s\", \"role\": \"%s\"}".formatted(user, role);
    }
}
