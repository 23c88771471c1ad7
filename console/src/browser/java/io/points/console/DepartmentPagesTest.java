package io.points.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The departments of a company: what they hold, who gives from them, and how they come out of a file. */
@QuarkusTest
@QuarkusTestResource(ConsoleSurroundings.class)
class DepartmentPagesTest extends ConsolePages {
    private static final String DEPARTMENTS = "/api/departments";
    private static final String ONE = DEPARTMENTS + "/{department_id}";
    private static final String FILE = DEPARTMENTS + "/csv";
    private static final String SALES = "5c1d7e20-8b34-4f0a-9c6e-7f8a2b3c4d05";
    private static final String FIELD = "5c1d7e20-8b34-4f0a-9c6e-7f8a2b3c4d06";
    private static final String LAB = "5c1d7e20-8b34-4f0a-9c6e-7f8a2b3c4d07";

    @BeforeEach
    void giveDepartments() {
        given(
                "distribution",
                "GET " + DEPARTMENTS,
                new JsonObject()
                        .put(
                                "items",
                                new JsonArray()
                                        .add(department(FIELD, HOSTILE, SALES, 250))
                                        .add(department(LAB, "Lab", null, 0).put("closed", true))
                                        .add(department(SALES, "Sales", null, 1_234_567)
                                                .put("given_in_month", 500)
                                                .put("rules", new JsonArray().add("sales-thanks")))));
        given(
                "distribution",
                "GET /api/members",
                page(manager(MANAGER, "Mira"), manager(LEAD, HOSTILE)));
    }

    private static JsonObject department(String id, String name, String parent, long balance) {
        return new JsonObject()
                .put("department_id", id)
                .put("name", name)
                .put("parent_id", parent)
                .put("closed", false)
                .put("balance", balance)
                .put("given_in_month", 0)
                .put("given_in_month_text", "0")
                .put("manager_ids", new JsonArray())
                .put("rules", new JsonArray())
                .put("revision", 3);
    }

    private static JsonObject manager(String id, String name) {
        return new JsonObject()
                .put("user_id", id)
                .put("role", "manager")
                .put("active", true)
                .put("display_name", name)
                .putNull("email")
                .putNull("department_id")
                .put("revision", 1)
                .put("updated_at", NOW);
    }

    @ParameterizedTest
    @CsvSource({"1280, LIGHT", "390, DARK"})
    void theTreeShowsWhatEachHoldsAndPointsAreMovedBetweenThem(int width, ColorScheme colours) {
        given(
                "distribution",
                "POST /api/allocations/transfer",
                "/api/allocations/transfer",
                201,
                distribution("COMPLETED").put("kind", "transfer").putNull("to_user_id").putNull("recognition"));
        try (Pages pages = new Pages(width, colours)) {
            Page page = pages.signIn("triton-manager", "/team/departments");
            var rows = page.locator("main table tbody tr");
            assertThat(rows).hasCount(2);
            // With its parts; the part is behind it, with a dash for its depth. What is closed and empty is not shown.
            assertThat(rows.nth(0)).containsText("Sales");
            assertThat(rows.nth(0)).containsText("12,34,817");
            assertThat(rows.nth(0)).containsText("500");
            assertThat(rows.nth(1)).containsText("– " + HOSTILE);
            pages.assertSound();
            pages.assertFits();
            page.locator("form button[type=submit]").click();
            assertThat(page.locator("#to-error")).hasText("Choose two different ones.");
            page.locator("#to").selectOption(SALES);
            tabTo(page, "#amount");
            page.keyboard().type("1000");
            page.keyboard().press("Enter");
            assertThat(page.locator("#send")).isFocused();
            assertThat(page.locator("#send")).hasText("Move 1,000 pts");
            pages.assertSound();
            pages.assertFits();
            services.taken();
            page.locator("#send").dblclick();
            assertThat(page.locator("#done")).hasText("1,000 pts have been moved.");
            List<ServicesStandIn.Asked> sent = posts();
            assertEquals(1, sent.size());
            assertEquals(
                    new JsonObject().put("to_department_id", SALES).put("amount", 1000),
                    new JsonObject(sent.get(0).body()));
            pages.assertSound();
        }
    }

    @Test
    void aManagerNamesWhoGivesFromADepartment() {
        given("distribution", "PUT " + ONE, DEPARTMENTS + "/" + SALES, 200, department(SALES, "Sales", null, 1_234_567));
        try (Pages pages = new Pages(390, ColorScheme.DARK)) {
            Page page = pages.signIn("triton-manager", "/team/departments/" + SALES);
            assertThat(page.locator("#name")).hasValue("Sales");
            assertThat(page.locator("#rules")).containsText("sales-thanks");
            var boxes = page.locator("input[name=manager]");
            assertThat(boxes).hasCount(2);
            assertThat(page.locator("fieldset")).containsText(HOSTILE);
            pages.assertSound();
            pages.assertFits();
            boxes.nth(0).press("Space");
            boxes.nth(1).press("Space");
            boxes.nth(0).press("Space");
            services.taken();
            page.locator("button[type=submit]").click();
            assertThat(page.locator("#done")).hasText("Sales is saved.");
            var put = services.taken().stream()
                    .filter(asked -> asked.method().equals("PUT"))
                    .toList();
            assertEquals(
                    new JsonObject().put("name", "Sales").put("manager_ids", new JsonArray().add(LEAD)),
                    new JsonObject(put.get(0).body()));
            pages.assertSound();
        }
    }

    @Test
    void pointsAreGivenFromADepartmentAlone() {
        givenToGive("pool", "good", 2_000_000L);
        givenSomebodyToThank();
        given(
                "distribution",
                "POST /api/recognitions",
                "/api/recognitions",
                201,
                distribution("COMPLETED").put("department_id", FIELD));
        try (Pages pages = new Pages(1280, ColorScheme.LIGHT)) {
            Page page = pages.signIn("triton-manager", "/team/award");
            tabTo(page, "vaadin-combo-box input");
            page.keyboard().type("as");
            assertThat(page.locator("vaadin-combo-box-item")).hasText("Asha Rao");
            page.keyboard().press("ArrowDown");
            page.keyboard().press("Enter");
            tabTo(page, "#message");
            page.keyboard().type("Thanks");
            page.locator("#department").selectOption(FIELD);
            // The department holds 250; that the pool holds more does not help.
            page.locator("#amount").fill("251");
            assertThat(page.locator("main")).containsText("The department holds fewer points than this needs.");
            pages.assertSound();
            page.locator("#amount").fill("250");
            page.locator("form button[type=submit]").click();
            assertThat(page.locator(".facts")).containsText(HOSTILE);
            services.taken();
            page.locator("#send").click();
            assertThat(page.locator("#done")).isFocused();
            assertEquals(FIELD, new JsonObject(posts().get(0).body()).getString("department_id"));
            pages.assertSound();
        }
    }

    @ParameterizedTest
    @CsvSource({"1280, DARK", "390, LIGHT"})
    void aFileIsLookedAtLineByLineAndThenTakenAsAWhole(int width, ColorScheme colours) {
        given(
                "distribution",
                "POST " + FILE,
                FILE,
                200,
                counts(1, 0, 1)
                        .put(
                                "lines",
                                new JsonArray()
                                        .add(line(2, "created", null, null))
                                        .add(line(3, "refused", "member", "is not a member of your tenant"))));
        try (Pages pages = new Pages(width, colours)) {
            Page page = pages.signIn("triton-manager", "/team/departments");
            page.getByText("Import from a file").click();
            page.locator("#paste").waitFor();
            // Another order, and semicolons.
            page.locator("#paste").fill("Member;Department;Parent\n;" + HOSTILE.replace("\"", "'") + ";\n" + ASHA + ";Lab;");
            page.locator("#paste").blur();
            assertThat(page.locator("form [role=status]")).containsText("Rows: 2.");
            services.taken();
            page.locator("form button[type=submit]").click();
            assertThat(page.locator("#problems")).isFocused();
            assertThat(page.locator("#problems")).containsText("Lines that cannot be: 1.");
            var rows = page.locator("main table tbody tr");
            // What cannot be comes first.
            assertThat(rows.nth(0)).containsText("member: is not a member of your tenant");
            assertThat(rows.nth(0)).containsText(ASHA);
            assertThat(rows.nth(1)).containsText("New");
            assertThat(rows.nth(1)).containsText("<script>alert(1)</script>");
            assertThat(page.locator("#send")).hasCount(0);
            pages.assertSound();
            pages.assertFits();
            List<ServicesStandIn.Asked> asked = posts();
            assertEquals(List.of(FILE + "?dry_run=true"), asked.stream().map(ServicesStandIn.Asked::uri).toList());

            given(
                    "distribution",
                    "POST " + FILE,
                    FILE,
                    200,
                    counts(1, 1, 0)
                            .put(
                                    "lines",
                                    new JsonArray()
                                            .add(line(2, "created", null, null))
                                            .add(line(3, "moved", null, null))));
            page.getByText("Back", new Page.GetByTextOptions().setExact(true)).click();
            page.locator("form button[type=submit]").click();
            assertThat(page.locator("#send")).isFocused();
            assertThat(page.locator("#send")).hasText("Import");
            assertThat(page.locator("main table tbody tr").nth(1)).containsText("Moved");
            pages.assertSound();
            pages.assertFits();
            services.taken();
            given("distribution", "POST " + FILE, FILE, 200, counts(1, 1, 0));
            page.locator("#send").dblclick();
            assertThat(page.locator("#done")).hasText("New: 1. Moved: 1. Others give from: 0.");
            List<ServicesStandIn.Asked> sent = posts();
            assertEquals(List.of(FILE), sent.stream().map(ServicesStandIn.Asked::uri).toList());
            assertEquals(
                    "department,parent,managers,member\n" + HOSTILE.replace("\"", "'") + ",,,\nLab,,," + ASHA + "\n",
                    sent.get(0).body());
            pages.assertSound();
        }
    }

    private static JsonObject counts(int created, int moved, int refused) {
        return new JsonObject()
                .put("created", created)
                .put("moved", moved)
                .put("changed", 0)
                .put("unchanged", 0)
                .put("refused", refused);
    }

    private static JsonObject line(int line, String effect, String column, String message) {
        return new JsonObject()
                .put("line", line)
                .put("effect", effect)
                .put("column", column)
                .put("message", message);
    }
}
