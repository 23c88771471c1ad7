package io.points.distribution.department;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.contract.MemberEvent.DepartmentChanged;
import io.points.contract.MemberEvent.MemberChanged;
import io.points.contract.Topic;
import io.points.distribution.DistributionServiceTest;
import io.points.distribution.Given;
import io.points.testing.SideBySide;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Departments, who gives from them and who belongs to them, from a file. */
@DistributionServiceTest
class DepartmentImportTest {

    private Given given;

    @BeforeEach
    void make() {
        given = Given.tenant();
    }

    @AfterEach
    void close() {
        given.close();
    }

    @Test
    void aDryRunSaysWhatWouldComeOfEachLineAndChangesNothing() {
        var lines = new String[] {
            "Sales,," + given.manager + ",", "Field,Sales,,", "Field,,," + given.employee, "Lab,Nowhere,,", "Lab,,,x"
        };
        send(given.asManager(), true, lines)
                .statusCode(200)
                .body("created", equalTo(2))
                .body("moved", equalTo(1))
                .body("refused", equalTo(2))
                .body("lines.line", contains(2, 3, 4, 5, 6))
                .body("lines.effect", contains("created", "created", "moved", "refused", "refused"))
                .body("lines.column", contains(null, null, null, "parent", "member"))
                .body("lines[0].message", nullValue());
        list().body("items", empty());
        assertEquals(null, departmentOf(given.employee));
        send(given.asManager(), false, lines)
                .statusCode(400)
                .body("errors.field", contains("line 5, parent", "line 6, member"));
        list().body("items", empty());
    }

    @Test
    void whatADryRunHasSaidIsDoneAndTold() {
        var lines = new String[] {"Sales,," + given.manager + ",", "Field,Sales,,", "Field,,," + given.employee};
        send(given.asManager(), false, lines)
                .statusCode(200)
                .body("created", equalTo(2))
                .body("moved", equalTo(1))
                .body("lines", nullValue());
        var sales = id("Sales");
        var field = id("Field");
        list().body("items.name", contains("Field", "Sales"))
                .body("items.parent_id", contains(sales.toString(), null))
                .body("items[1].manager_ids", contains(given.manager.toString()));
        assertEquals(field.toString(), departmentOf(given.employee));
        assertEquals(
                List.of(
                        new DepartmentChanged(given.tenant, sales, 1, null, false, List.of(given.manager)),
                        new DepartmentChanged(given.tenant, field, 1, sales, false, null)),
                Awaitility.await()
                        .until(
                                () -> given.kafka.messages(Topic.WALLET_EVENTS, DepartmentChanged.class, given.tenant),
                                told -> told.size() >= 2));
        Awaitility.await()
                .until(() -> given.kafka.messages(Topic.WALLET_EVENTS, MemberChanged.class, given.tenant).stream()
                        .anyMatch(told -> told.userId().equals(given.employee)
                                && field.equals(told.departmentId())
                                && told.revision() == 2));
    }

    @Test
    void theSameFileAgainChangesNothingAndARepeatIsTheFirstsAnswer() {
        var key = UUID.randomUUID().toString();
        var lines = new String[] {"Sales,,,", "Sales,,," + given.employee};
        send(given.asManager().header("Idempotency-Key", key), false, lines).body("created", equalTo(1));
        send(given.asManager().header("Idempotency-Key", key), false, lines).body("created", equalTo(1));
        send(given.asManager().header("Idempotency-Key", key), false, "Other,,,")
                .statusCode(422);
        send(given.asManager(), false, lines).body("created", equalTo(0)).body("unchanged", equalTo(2));
        list().body("items.name", contains("Sales")).body("items.revision", contains(1));
    }

    @Test
    void whoeverIsNamedNoMoreGivesFromAnywhereAgain() {
        var other = UUID.randomUUID();
        given.member(other, "manager", true);
        send(given.asManager(), false, "Sales,," + other + ",", "Lab,," + other + ",")
                .statusCode(200);
        send(given.asManager(), false, "Sales,," + given.manager + ",").body("changed", equalTo(1));
        list().body("items.find { it.name == 'Sales' }.manager_ids", contains(given.manager.toString()))
                .body("items.find { it.name == 'Lab' }.manager_ids", contains(other.toString()));
        // From now on the manager gives from one department only, and so changes none.
        send(given.asManager(), false, "More,,,")
                .statusCode(403)
                .body("type", equalTo("urn:points:problem:not-your-department"));
        send(given.asManager(), true, "More,,,").statusCode(403);
    }

    @Test
    void aFileIsReadAsSpreadsheetsWriteIt() {
        var name = "\"R&D, \"\"the\"\" lab\nupstairs\"";
        given.asManager()
                .contentType("text/csv; charset=UTF-8")
                .body("\ufeffdepartment,parent,managers,member\r\n" + name + ",,,\r\n\r\n=1+1," + name + ",,\r\n")
                .post("/api/departments/csv")
                .then()
                .statusCode(200)
                .body("created", equalTo(2));
        list().body("items.name", contains("=1+1", "R&D, \"the\" lab\nupstairs"));
    }

    @Test
    void whatWasExportedChangesNothingWhenItIsImported() {
        var other = UUID.randomUUID();
        given.member(other, "manager", true);
        var whole = given.department("Sales, \\\"all\\\" of it");
        given.department(
                        UUID.randomUUID(),
                        "{\"name\": \"Field\", \"parent_id\": \"%s\", \"manager_ids\": [\"%s\"]}"
                                .formatted(whole, other))
                .statusCode(200);
        given.department("Field");
        given.department("@home");
        var closed = given.department("Closed");
        given.department(closed, "{\"name\": \"Closed\", \"closed\": true}").statusCode(200);
        var before = list().extract().asString();
        var csv = given.asManager()
                .accept("text/csv")
                .get("/api/departments/csv")
                .then()
                .statusCode(200)
                .contentType("text/csv;charset=UTF-8")
                .header("Content-Disposition", "attachment; filename=\"departments.csv\"")
                .extract()
                .asString();
        given.asManager()
                .contentType("text/csv; charset=UTF-8")
                .body(csv)
                .post("/api/departments/csv")
                .then()
                .statusCode(200)
                .body("unchanged", equalTo(4))
                .body("moved", equalTo(0))
                .body("created", equalTo(0))
                .body("changed", equalTo(0));
        assertEquals(before, list().extract().asString());
    }

    @Test
    void whatIsNoSuchFileIsRefusedAsAWhole() {
        send(given.asManager(), true).statusCode(400).body("errors[0].field", equalTo("body"));
        send(given.asManager(), true, "Sales,,").statusCode(400).body("errors[0].field", equalTo("line 2"));
        send(given.asManager(), true, "\"Sales,,,").statusCode(400);
        var many = IntStream.range(0, 10_001).mapToObj(i -> "Sales,,,").toArray(String[]::new);
        send(given.asManager(), true, many).statusCode(400).body("errors[0].field", equalTo("body"));
        given.asManager()
                .contentType("text/csv")
                .body("name,parent\nSales,\n")
                .post("/api/departments/csv?dry_run=true")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("line 1"));
    }

    @Test
    void eachCellIsHeldToWhatItMayBe() {
        send(
                        given.asManager(),
                        true,
                        ",,,",
                        "x".repeat(201) + ",,,",
                        "Sales,,one two,",
                        "Sales,,"
                                + Stream.generate(UUID::randomUUID)
                                        .limit(101)
                                        .map(UUID::toString)
                                        .collect(Collectors.joining(" "))
                                + ",")
                .statusCode(200)
                .body("lines.column", contains("department", "department", "managers", "managers"));
    }

    @Test
    void tenThousandMembersAreMovedAtOnce() {
        var people = Stream.generate(UUID::randomUUID).limit(9_999).toList();
        given.asManager()
                .contentType("text/csv")
                .body("user_id,role,active,display_name,email\n"
                        + people.stream().map(id -> id + ",employee,,,\n").collect(Collectors.joining()))
                .post("/api/members/batch/csv")
                .then()
                .statusCode(200);
        var lines = Stream.concat(Stream.of("Sales,,,"), people.stream().map(id -> "Sales,,," + id))
                .toArray(String[]::new);
        send(given.asManager(), false, lines).statusCode(200).body("moved", equalTo(9_999));
        assertEquals(id("Sales").toString(), departmentOf(people.get(9_998)));
    }

    @Test
    void nothingOfAnotherTenantIsFound() {
        var sales = given.department("Sales");
        try (var other = Given.tenant()) {
            send(other.asManager(), true, sales + ",,,", "Ours,,,", "Ours,,," + given.employee)
                    .body("lines.effect", contains("refused", "created", "refused"));
        }
    }

    @Test
    void whoHasActiveMembersIsNotClosed() {
        var sales = given.department("Sales");
        put(given.employee, sales).statusCode(200).body("department_id", equalTo(sales.toString()));
        var close = "{\"name\": \"Sales\", \"closed\": true}";
        given.department(sales, close).statusCode(409).body("type", equalTo("urn:points:problem:department-in-use"));
        put(given.employee, null).statusCode(200).body("department_id", nullValue());
        given.department(sales, close).statusCode(200);
        put(given.employee, sales)
                .statusCode(409)
                .body("type", equalTo("urn:points:problem:department-closed"))
                .body("errors[0].field", equalTo("department_id"));
        put(given.employee, UUID.randomUUID()).statusCode(404).body("errors[0].field", equalTo("department_id"));
    }

    @Test
    void whoMovesAndWhoClosesAtOnceDoNotWaitForEachOther() {
        var sales = given.department("Sales");
        for (int i = 0; i < 10; i++) {
            put(given.employee, null).statusCode(200);
            var closing = SideBySide.begin(() -> given.department(sales, "{\"name\": \"Sales\", \"closed\": true}")
                    .extract()
                    .statusCode());
            var moving =
                    SideBySide.begin(() -> put(given.employee, sales).extract().statusCode());
            var both = List.of(closing.join(), moving.join());
            assertEquals(1, both.stream().filter(status -> status == 200).count(), "of both happened: " + both);
            given.department(sales, "{\"name\": \"Sales\", \"closed\": false}").statusCode(200);
        }
    }

    private ValidatableResponse put(UUID user, @Nullable UUID department) {
        var id = department == null ? "null" : "\"" + department + "\"";
        return given.asManager()
                .body("{\"role\": \"employee\", \"department_id\": " + id + "}")
                .put("/api/members/" + user)
                .then();
    }

    private ValidatableResponse list() {
        return given.asManager().get("/api/departments").then().statusCode(200);
    }

    private UUID id(String name) {
        return UUID.fromString(list().extract().path("items.find { it.name == '" + name + "' }.department_id"));
    }

    private @Nullable String departmentOf(UUID user) {
        return given.asManager()
                .get("/api/members/" + user)
                .then()
                .statusCode(200)
                .extract()
                .path("department_id");
    }

    private static ValidatableResponse send(RequestSpecification by, boolean dryRun, String... lines) {
        return by.contentType("text/csv")
                .body(Stream.concat(Stream.of("department,parent,managers,member"), Stream.of(lines))
                        .collect(Collectors.joining("\n")))
                .post("/api/departments/csv" + (dryRun ? "?dry_run=true" : ""))
                .then();
    }
}
