package io.points.distribution.member;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.distribution.DistributionServiceTest;
import io.points.distribution.Given;
import io.points.testing.SideBySide;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One member, as several managers edit them. */
@DistributionServiceTest
class MemberChangesTest {

    private static final String ADA = """
            {"role": "lead", "display_name": "Ada", "email": "ada@example.com"}""";

    @Test
    void aPatchChangesWhatItSaysAndNothingElse() {
        try (var given = Given.tenant()) {
            var ada = UUID.randomUUID();
            put(given, ada, null, ADA).statusCode(200).header("ETag", "\"1\"").body("revision", equalTo(1));
            patch(given, ada, null, """
                    {"display_name": "Ada Lovelace"}""")
                    .statusCode(200)
                    .header("ETag", "\"2\"")
                    .body("revision", equalTo(2))
                    .body("role", equalTo("lead"))
                    .body("active", equalTo(true))
                    .body("display_name", equalTo("Ada Lovelace"))
                    .body("email", equalTo("ada@example.com"));
            patch(given, ada, null, """
                    {"email": null, "active": false, "role": "employee"}""")
                    .statusCode(200)
                    .body("role", equalTo("employee"))
                    .body("active", equalTo(false))
                    .body("display_name", equalTo("Ada Lovelace"))
                    .body("email", nullValue());
            patch(given, ada, null, "{}").statusCode(200).header("ETag", "\"3\"");
            given.asManager().get("/api/members/" + ada).then().header("ETag", "\"3\"");
            given.asManager()
                    .contentType("application/merge-patch+json")
                    .body("{\"display_name\": null}")
                    .patch("/api/members/" + ada)
                    .then()
                    .statusCode(200)
                    .body("display_name", nullValue());
        }
    }

    @Test
    void whatAMemberAlwaysHasCannotBeTakenAway() {
        try (var given = Given.tenant()) {
            for (var field : List.of("role", "active")) {
                patch(given, given.lead, null, "{\"%s\": null}".formatted(field))
                        .statusCode(400)
                        .body("errors.field", contains(field));
            }
            patch(given, given.lead, null, """
                    {"display_name": " ", "email": "nobody"}""").statusCode(400).body("errors.field", contains("display_name", "email"));
            given.asManager().get("/api/members/" + given.lead).then().header("ETag", "\"1\"");
        }
    }

    @Test
    void aPatchEnrolsNobody() {
        try (var given = Given.tenant();
                var other = Given.tenant()) {
            patch(given, UUID.randomUUID(), null, "{}").statusCode(404);
            patch(given, other.lead, "*", "{}").statusCode(404);
            given.asLead().body("{}").patch("/api/members/" + given.lead).then().statusCode(403);
        }
    }

    @Test
    void whoReadAnOlderRevisionChangesNothingAndLearnsTheCurrentOne() {
        try (var given = Given.tenant()) {
            var ada = UUID.randomUUID();
            put(given, ada, "*", ADA).statusCode(412).body("revision", nullValue());
            put(given, ada, "\"1\"", ADA).statusCode(412);
            given.asManager().get("/api/members/" + ada).then().statusCode(404);
            put(given, ada, null, ADA).statusCode(200);
            put(given, ada, "\"1\"", """
                    {"role": "employee"}""").statusCode(200).header("ETag", "\"2\"");
            for (var stale : List.of("\"1\"", "W/\"2\"", "\"3\", \"1\"", "\"\"", "\"02\"")) {
                put(given, ada, stale, ADA)
                        .statusCode(412)
                        .body("type", equalTo("urn:points:problem:precondition-failed"))
                        .body("revision", equalTo(2));
                patch(given, ada, stale, "{\"active\": false}").statusCode(412).body("revision", equalTo(2));
            }
            for (var good : List.of("\"2\"", "*", "\"1\" , \"2\"")) {
                patch(given, ada, good, "{}").statusCode(200).body("role", equalTo("employee"));
            }
            for (var bad : List.of("", "2", "\"2", "\"2\" \"3\"", "\"2\",", "* , \"2\"", "W/2")) {
                patch(given, ada, bad, "{\"active\": false}")
                        .statusCode(400)
                        .body("errors.field", contains("If-Match"));
            }
            given.asManager().get("/api/members/" + ada).then().body("active", equalTo(true));
        }
    }

    @Test
    void ofThoseWhoEditTheSameRevisionAtOnceOneSucceeds() {
        try (var given = Given.tenant()) {
            var editors = IntStream.range(0, 6)
                    .mapToObj(i -> SideBySide.begin(
                            () -> patch(given, given.lead, "\"1\"", "{\"display_name\": \"Editor %s\"}".formatted(i))
                                    .extract()
                                    .statusCode()))
                    .toList();
            var statuses = editors.stream().map(it -> it.join()).sorted().toList();
            assertEquals(List.of(200, 412, 412, 412, 412, 412), statuses);
            given.asManager().get("/api/members/" + given.lead).then().header("ETag", "\"2\"");
        }
    }

    @Test
    void anErasureIsARevisionToo() {
        try (var given = Given.tenant()) {
            given.asManager()
                    .delete("/api/members/" + given.employee + "/personal-data")
                    .then()
                    .statusCode(200)
                    .body("revision", equalTo(2));
            patch(given, given.employee, "\"1\"", "{\"display_name\": \"Back again\"}")
                    .statusCode(412);
        }
    }

    private static ValidatableResponse put(Given given, UUID user, String ifMatch, String body) {
        var request = given.asManager().body(body);
        return (ifMatch == null ? request : request.header("If-Match", ifMatch))
                .put("/api/members/" + user)
                .then();
    }

    private static ValidatableResponse patch(Given given, UUID user, String ifMatch, String body) {
        var request = given.asManager().body(body);
        return (ifMatch == null ? request : request.header("If-Match", ifMatch))
                .patch("/api/members/" + user)
                .then();
    }
}
