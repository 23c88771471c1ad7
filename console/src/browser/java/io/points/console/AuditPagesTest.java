package io.points.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an auditor keeps an eye on: all books and trees, checkpoints to be kept, and what was kept against what is there now. */
@QuarkusTest
@QuarkusTestResource(ConsoleSurroundings.class)
class AuditPagesTest extends ConsolePages {
    private static final String OTHER = "550e8400-e29b-41d4-a716-446655440001";
    private static final String ROOT = "YgULMt96HEQhv3m/bvM7ywMofohI5x+hTBrmUvz5Pnw=";

    /** Of seven records, and of one. */
    private static final JsonObject LARGE = Vectors.cases("records.ndjson").get(0);

    private static final JsonObject SMALL = Vectors.cases("records.ndjson").get(3);

    @BeforeEach
    void nameATenant() {
        given(
                "allocation",
                "GET /api/platform/tenants",
                page(new JsonObject().put("tenant_id", TENANT).put("name", HOSTILE)));
        String keys = Documented.answer(
                "audit",
                "GET /api/audit/keys",
                200,
                "{\"items\":[{\"name\":\"points-test\",\"key_id\":\"00000000\",\"verifier_key\":\""
                        + LARGE.getString("key") + "\",\"signing\":true}]}");
        services.reply("GET /api/audit/keys", asked -> new ServicesStandIn.Reply(200, keys, Map.of()));
    }

    private static JsonObject conservation(String tenant, boolean balanced) {
        return new JsonObject()
                .put("tenant_id", tenant)
                .put("as_of", NOW)
                .put("cut", new JsonObject().put("tree_size", 4).put("sealed_at", NOW).put("stale_seconds", 3))
                .put("allocated_text", "9007199254740993")
                .put("clawed_back_text", "5")
                .put("pool_text", "90")
                .put("in_flight_text", "3")
                .put("budget_wallets_text", "2")
                .put("earned_wallets_text", "1")
                .put("reserved_text", "6")
                .put("expired_text", "0")
                .put("balanced", balanced)
                .put(
                        "newest",
                        new JsonObject().put("tree_size", 7).put("credited_early", 20).put("missing_pool_entries", 1));
    }

    private static JsonObject tree(String tenant, int size, String note) {
        return new JsonObject()
                .put("tenant_id", tenant)
                .put("tree_size", size)
                .put("root_hash", ROOT)
                .put("signed_at", NOW)
                .put("note", note);
    }

    private static String note(JsonObject vector) {
        return vector.getJsonObject("proof").getString("note");
    }

    @Test
    void anAuditorSeesAllBooksAndTreesAndSavesASetOfCheckpoints() throws IOException {
        given("audit", "GET /api/audit/conservation", page(conservation(TENANT, true), conservation(OTHER, false)));
        given(
                "audit",
                "GET /api/audit/alerts",
                page(new JsonObject()
                        .put("alert_id", AWARD)
                        .put("tenant_id", TENANT)
                        .put("kind", "balance-differs")
                        .put("raised_at", NOW)));
        services.reply("GET /api/audit/trees", asked -> {
            boolean isSecond = asked.uri().contains("cursor=next");
            JsonObject page = page(tree(isSecond ? OTHER : TENANT, 7, note(LARGE)));
            if (!isSecond) {
                page.put("next_cursor", "next");
            }
            return new ServicesStandIn.Reply(
                    200, Documented.answer("audit", "GET /api/audit/trees", 200, page.encode()), Map.of());
        });
        try (Pages pages = new Pages(390, ColorScheme.DARK)) {
            Page page = pages.signIn("auditor", "/audit");
            assertThat(page.locator("h1")).hasText("Audit overview");
            page.navigate(Pages.CONSOLE);
            assertThat(page).hasURL(Pages.CONSOLE + "/audit");
            assertThat(page.locator("main")).containsText("The balance differs");
            assertThat(page.locator("main")).containsText("✓ The books balance");
            assertThat(page.locator("main")).containsText("✗ The books do not balance");
            assertThat(page.locator("main")).containsText("9,00,71,99,25,47,40,993");
            assertThat(page.locator("main")).containsText(HOSTILE);
            assertThat(page.locator("main")).containsText("This browser has not saved any checkpoint yet.");
            assertThat(page.locator("points-list").last().locator("time")).hasAttribute("datetime", NOW);
            pages.assertSound();
            pages.assertFits();

            Download set = page.waitForDownload(() -> page.locator("points-checkpoint-set button").press("Enter"));
            List<JsonObject> saved = Files.readAllLines(set.path()).stream().map(JsonObject::new).toList();
            assertEquals(List.of(TENANT, OTHER), saved.stream().map(it -> it.getString("tenant_id")).toList());
            assertEquals(note(LARGE), saved.get(0).getString("note"));
            assertTrue(set.suggestedFilename().matches("checkpoints-\\d{4}-\\d\\d-\\d\\d\\.jsonl"));
            assertThat(page.locator("points-checkpoint-set")).containsText("Last saved by this browser:");

            given("audit", "GET /api/audit/conservation/{tenant_id}", "/api/audit/conservation/" + TENANT, 200, conservation(TENANT, true));
            given(
                    "audit",
                    "GET /api/audit/checkpoints",
                    page(tree(TENANT, 7, note(LARGE)), tree(TENANT, 1, note(SMALL)).put("signed_at", "2026-11-25T00:00:01.000001Z")));
            page.locator("a[href='/audit/conservation/" + TENANT + "']").press("Enter");
            assertThat(page.locator("main")).containsText("Made of the first 4 records");
            assertThat(page.locator("main")).containsText("7 records are added up by now.");
            services.taken();
            page.locator("#at").selectOption("2026-11-25T00:00:01.000001Z");
            assertThat(page).hasURL(Pages.CONSOLE + "/audit/conservation/" + TENANT + "?at=2026-11-25T00%3A00%3A01.000001Z");
            assertThat(page.locator(".equation")).containsText("90");
            assertThat(page.locator(".equation")).containsText("Held for a decision");
            assertThat(page.locator(".equation")).not().containsText("Lapsed");
            assertEquals(
                    List.of("/api/audit/conservation/" + TENANT + "?at=2026-11-25T00%3A00%3A01.000001Z"),
                    services.taken().stream().map(ServicesStandIn.Asked::uri).toList());
            pages.assertSound();
            pages.assertFits();
        }
    }

    /** What the tree of one record and that of seven have between them, and that the newest has so many. */
    private void givenProof(int newest, JsonArray path) {
        given("audit", "GET /api/audit/checkpoints/latest", tree(TENANT, newest, newest == 7 ? note(LARGE) : note(SMALL)));
        given(
                "audit",
                "GET /api/audit/proofs/consistency",
                new JsonObject()
                        .put("tenant_id", TENANT)
                        .put("from_size", 1)
                        .put("to_size", 7)
                        .put("from_root", SMALL.getJsonObject("proof").getString("root_hash"))
                        .put("to_root", LARGE.getJsonObject("proof").getString("root_hash"))
                        .put("path", path));
    }

    @Test
    void whatWasSavedIsComparedWithWhatIsThereNow() throws IOException {
        // From one record on, that is the path of the first one.
        JsonArray path = LARGE.getJsonObject("proof").getJsonArray("path");
        givenProof(7, path);
        given("audit", "GET /api/audit/checkpoints", page(tree(TENANT, 7, note(LARGE)), tree(TENANT, 1, note(SMALL))));
        try (Pages pages = new Pages(1280, ColorScheme.LIGHT)) {
            Page page = pages.signIn("auditor", "/audit/checkpoints/" + TENANT);
            assertThat(page.locator("pre")).containsText("points.audit/" + TENANT);
            Download one = page.waitForDownload(
                    () -> page.locator("button.primary").first().press("Enter"));
            assertEquals(note(LARGE), Files.readString(one.path()));
            assertEquals("checkpoint-" + TENANT + "-7.txt", one.suggestedFilename());

            page.locator("form button[type=submit]").press("Enter");
            assertThat(page.locator("#earlier-error")).hasText("Paste a checkpoint, or choose a file.");
            assertThat(page.locator("#earlier")).isFocused();

            page.locator("[aria-label='As the earlier: 1']").press("Enter");
            assertThat(page.locator("#earlier")).isFocused();
            services.taken();
            assertCompared(page, true, "The checkpoint of 7 records continues that of 1.", 4);
            assertThat(page.locator("#done")).isFocused();
            assertEquals(
                    List.of("/api/audit/proofs/consistency?tenant_id=" + TENANT + "&from=1&to=7"),
                    services.taken().stream().map(ServicesStandIn.Asked::uri).toList());
            pages.assertSound();
            pages.assertFits();

            // A set in a file, among it what is of others.
            String set = new JsonObject().put("note", note(SMALL).replace(TENANT, OTHER)).encode() + "\n"
                    + new JsonObject().put("note", note(SMALL)).encode() + "\n";
            page.locator("#file").setInputFiles(new FilePayload("set.jsonl", "text/plain", set.getBytes(StandardCharsets.UTF_8)));
            assertThat(page.locator("#earlier")).hasValue(set);
            assertCompared(page, true, "continues", 4);
            page.locator("#earlier").fill(note(SMALL).replace(TENANT, OTHER));
            page.locator("form button[type=submit]").press("Enter");
            assertThat(page.locator("#earlier-error")).containsText("no checkpoint of this tenant");
            page.locator("#earlier").fill(HOSTILE);
            page.locator("form button[type=submit]").press("Enter");
            assertThat(page.locator("#earlier-error")).containsText("holds something else than checkpoints");

            // Another tree than that of the proof; another signature; one tree twice; two trees of one size.
            page.locator("#earlier").fill(note(SMALL).replaceFirst("\n1\n.{44}\n", "\n1\n" + ROOT + "\n"));
            assertCompared(page, false, "does not continue", 4);
            assertThat(page.locator(".checks .negative")).hasCount(3);
            page.locator("#earlier").fill(note(LARGE));
            assertCompared(page, true, "Both have the same root.", 2);
            page.locator("#earlier").fill(note(LARGE).replace(ROOT, "A".repeat(43) + "="));
            assertCompared(page, false, "they cannot both be right", 2);

            // A proof that is none; a tree whose end is gone.
            givenProof(7, new JsonArray(path.getList().subList(1, path.size())));
            page.locator("#earlier").fill(note(SMALL));
            assertCompared(page, false, "The proof does not lead from one root to the other.", 4);
            givenProof(1, path);
            page.reload();
            page.locator("#earlier").fill(note(LARGE));
            assertCompared(page, false, "The service's tree has fewer than 7 records: its end was cut off.", 2);
            pages.assertSound();
        }
    }

    private static void assertCompared(Page page, boolean good, String said, int findings) {
        page.locator("form button[type=submit]").press("Enter");
        assertThat(page.locator("#done")).hasClass(good ? "notice positive" : "notice negative");
        assertThat(page.locator("points-checkpoints")).containsText(said);
        assertThat(page.locator(".checks li")).hasCount(findings);
    }
}
