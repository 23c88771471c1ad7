package io.points.distribution.member;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.points.distribution.DistributionServiceTest;
import io.points.distribution.Given;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Finding people, as whoever gives something does. */
@DistributionServiceTest
class DirectoryTest {

    @Test
    void whoMayReceiveItComesFirstAndTheOthersSayWhyTheyMayNot() {
        try (var given = Given.tenant()) {
            var lead = given.named("Ada Lead", "lead", true, null);
            var gone = given.named("Ada Gone", "employee", false, null);
            var earner = given.named("Ada Zola", "employee", true, null);
            search(given.asLead(), "ada", "award")
                    .body("items.user_id", contains(earner.toString(), gone.toString(), lead.toString()))
                    .body("items.eligible", contains(true, false, false))
                    .body("items.why", contains(null, "inactive", "role"))
                    .body("more", equalTo(false));
            search(given.asManager(), "ada", "delegation")
                    .body("items.user_id", contains(lead.toString(), gone.toString(), earner.toString()))
                    .body("items.why", contains(null, "inactive", "role"));
            search(given.as(lead, "lead"), "ada l", "award").body("items.why", contains("self"));
            search(given.asEmployee(), "ada", null)
                    .body("items.user_id", contains(gone.toString(), lead.toString(), earner.toString()))
                    .body("items.eligible", everyItem(nullValue()))
                    .body("items.why", everyItem(nullValue()));
        }
    }

    /** What the directory calls eligible is what an award meets. */
    @Test
    void anAwardMeetsTheSameRules() {
        try (var given = Given.tenant()) {
            for (var role : List.of("employee", "lead", "manager")) {
                for (var active : List.of(true, false)) {
                    var somebody = given.named("Ada", role, active, null);
                    var eligible = search(given.asManager(), "Ada", "award")
                            .extract()
                            .<Boolean>path("items.find { it.user_id == '%s' }.eligible".formatted(somebody));
                    given.asManager()
                            .header("Prefer", "respond-async")
                            .body(Given.award(somebody, 1))
                            .post("/api/allocations/award-points")
                            .then()
                            .statusCode(eligible ? 202 : 422);
                }
            }
        }
    }

    @Test
    void addressesAreForManagersOnly() {
        try (var given = Given.tenant()) {
            var ada = given.named("Ada", "employee", true, "countess@example.com");
            search(given.asManager(), "COUNT", null)
                    .body("items.user_id", contains(ada.toString()))
                    .body("items.email", contains("countess@example.com"));
            for (var other : List.of(given.asLead(), given.asEmployee())) {
                search(other, "count", null).body("items", empty());
            }
            search(given.asLead(), "ada", null)
                    .body("items.user_id", contains(ada.toString()))
                    .body("items.email", contains(nullValue()));
            resolve(given.asLead(), """
                    {"emails": ["countess@example.com"]}""").statusCode(403).body("errors.field", contains("emails"));
            resolve(given.asLead(), """
                    {"user_ids": ["%s"]}""".formatted(ada))
                    .statusCode(200)
                    .body("items.display_name", contains("Ada"))
                    .body("items.email", contains(nullValue()));
        }
    }

    @Test
    void nobodyLeafsThroughAllOfThem() {
        try (var given = Given.tenant()) {
            for (int i = 0; i < 22; i++) {
                given.named("Twin", "employee", true, null);
            }
            search(given.asLead(), "twin", "award").body("items", hasSize(20)).body("more", equalTo(true));
            given.asLead()
                    .get("/api/directory?q=twin&limit=3")
                    .then()
                    .statusCode(200)
                    .body("items", hasSize(3))
                    .body("more", equalTo(true));
            for (var bad : List.of("limit=21", "limit=0", "limit=x")) {
                given.asLead()
                        .get("/api/directory?q=twin&" + bad)
                        .then()
                        .statusCode(400)
                        .body("errors.field", contains("limit"));
            }
            given.asLead().get("/api/directory").then().statusCode(400).body("errors.field", contains("q"));
        }
    }

    @Test
    void idsAndAddressesAreLookedUpAndWhoIsUnknownIsNamed() {
        try (var given = Given.tenant();
                var other = Given.tenant()) {
            var ada = given.named("Ada", "employee", true, "Ada@Example.com");
            var twin = given.named("Twin", "lead", true, "ada@example.com");
            var foreign = other.named("Ada", "employee", true, "foreign@example.com");
            var nobody = UUID.randomUUID();
            resolve(given.asManager(), """
                    {"user_ids": ["%1$s", "%2$s", "%3$s", "%1$s"],
                     "emails": ["ADA@example.com", "foreign@example.com", "%%", "none@example.com"],
                     "eligible_for": "award"}""".formatted(given.lead, nobody, foreign))
                    .statusCode(200)
                    .body("items.user_id", contains(given.lead.toString(), ada.toString(), twin.toString()))
                    .body("items.eligible", contains(false, true, false))
                    .body("unknown_user_ids", containsInAnyOrder(nobody.toString(), foreign.toString()))
                    .body("unknown_emails", contains("foreign@example.com", "%", "none@example.com"));
            resolve(given.asManager(), "{}").statusCode(200).body("items", empty());
            search(given.asManager(), "ada", null).body("items.user_id", contains(ada.toString(), twin.toString()));
        }
    }

    @Test
    void tooManyAndWhatIsNoIdAreNamed() {
        try (var given = Given.tenant()) {
            resolve(given.asManager(), ids(500)).statusCode(200).body("unknown_user_ids", hasSize(500));
            resolve(given.asManager(), ids(501)).statusCode(400).body("errors.field", contains("user_ids"));
            resolve(given.asManager(), """
                    {"user_ids": [null]}""").statusCode(400).body("errors.field", contains("user_ids[0]"));
            resolve(given.asManager(), """
                    {"user_ids": ["x"]}""").statusCode(400).body("errors.field", contains("user_ids[0]"));
            resolve(given.asManager(), """
                    {"emails": ["a\\u0000b"]}""").statusCode(400).body("errors.field", contains("emails[0]"));
        }
    }

    private static String ids(int many) {
        return Stream.generate(() -> "\"" + UUID.randomUUID() + "\"")
                .limit(many)
                .collect(Collectors.joining(", ", "{\"user_ids\": [", "]}"));
    }

    private static ValidatableResponse search(RequestSpecification by, String text, String eligibleFor) {
        var asked = by.queryParam("q", text);
        return (eligibleFor == null ? asked : asked.queryParam("eligible_for", eligibleFor))
                .get("/api/directory")
                .then()
                .statusCode(200);
    }

    private static ValidatableResponse resolve(RequestSpecification by, String body) {
        return by.body(body).post("/api/directory/resolve").then();
    }
}
