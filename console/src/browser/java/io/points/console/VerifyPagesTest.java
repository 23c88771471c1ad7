package io.points.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Proofs and exports, recomputed in the browser: it says what audit-service's own verifier says. */
@QuarkusTest
@QuarkusTestResource(ConsoleSurroundings.class)
class VerifyPagesTest extends ConsolePages {
    private static final String EVENT = "00000000-0000-0007-0000-000000000004";

    @BeforeEach
    void nameATenant() {
        given(
                "allocation",
                "GET /api/platform/tenants",
                page(new JsonObject().put("tenant_id", TENANT).put("name", HOSTILE)));
    }

    private static FilePayload file(String name, String text) {
        return new FilePayload(name, "application/octet-stream", text.getBytes(StandardCharsets.UTF_8));
    }

    private static FilePayload[] files(JsonArray texts) {
        return texts.stream().map(text -> file("file", (String) text)).toArray(FilePayload[]::new);
    }

    /** Runs in a page that has the verifier's parts, and gives back what is not as it should be, and how many cases there were. */
    private static void assertAgrees(Page page, List<JsonObject> cases, int atLeast, String script) {
        assertTrue(cases.size() >= atLeast, cases.size() + " cases");
        Object wrong = page.evaluate(
                "async cases => { const wrong = []; for (const it of JSON.parse(cases)) { const said = await (" + script
                        + ")(it); if (said !== true) wrong.push(JSON.stringify([said, it]).slice(0, 2000)); } return wrong; }",
                new JsonArray(cases).encode());
        assertEquals(List.of(), wrong);
    }

    @Test
    void theFileThatWorksFromADiskSaysWhatTheCommandSays() throws IOException {
        String html = Files.readString(Path.of("target/verify.html"));
        assertTrue(html.contains("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';"));
        assertTrue(html.length() < 200_000, html.length() + " characters");
        try (Pages pages = new Pages(390, ColorScheme.DARK)) {
            Page page = pages.page();
            page.navigate(Path.of("target/verify.html").toUri().toString());
            assertThat(page.locator("main")).containsText("Nothing leaves this page");
            assertThat(page.locator("#unopened")).hasCount(0);

            assertEquals(
                    0,
                    page.evaluate("async () => { let wrong = 0; for (let n = 0; n < 260; n++) {"
                            + " const bytes = crypto.getRandomValues(new Uint8Array(n));"
                            + " const own = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));"
                            + " if (!pointsVerify.same(own, pointsVerify.sha256(bytes.subarray(0, n >> 1), bytes.subarray(n >> 1)))) wrong++; }"
                            + " return wrong; }"));
            assertAgrees(
                    page,
                    Vectors.cases("proofs.ndjson"),
                    300,
                    "it => { const { first, hash, size, root, path, kind, proves } = it;"
                            + " const un = hex => Uint8Array.from(hex.match(/../g), byte => parseInt(byte, 16));"
                            + " return proves === (kind === 'inclusion'"
                            + " ? pointsVerify.provesInclusion(first, size, path.map(un), un(hash), un(root))"
                            + " : pointsVerify.provesConsistency(first, size, path.map(un), un(hash), un(root))); }");
            assertAgrees(
                    page,
                    Vectors.cases("keys.ndjson"),
                    9,
                    "it => { try { return pointsVerify.keyText(pointsVerify.parseKey(it.key)) === it.key && it.is_key; }"
                            + " catch { return !it.is_key; } }");
            assertAgrees(
                    page,
                    Vectors.cases("notes.ndjson"),
                    30,
                    "async it => { let note; try { note = pointsVerify.parseNote(it.note); } catch { return !it.is_note; }"
                            + " const by = await pointsVerify.signer(note, it.keys.map(pointsVerify.parseKey));"
                            + " return it.is_note && (by ? pointsVerify.keyText(by) : null) === it.signer; }");
            assertAgrees(
                    page,
                    Vectors.cases("records.ndjson"),
                    4,
                    "async it => { const { compared } = await pointsVerify.checkRecord(it.record, it.proof, [it.key]);"
                            + " return compared.length === 5 && compared.every(one => one.good); }");
            assertAgrees(
                    page,
                    Vectors.exports(),
                    80,
                    "async it => { const texts = all => all.map(text => ({ name: 'file', text }));"
                            + " const said = await pointsVerify.verify({ export: new Blob([it.export]), keys: texts(it.keys),"
                            + " checkpoints: texts(it.checkpoints), scope: { from: it.from, to: it.to } }, () => {}, () => false);"
                            + " return JSON.stringify(said) === JSON.stringify(it.verdict) || said; }");

            JsonObject good = Vectors.export("\"checked\":[1,13,20]");
            fill(page, good);
            page.locator("button[type=submit]").press("Enter");
            assertThat(page.locator("#done")).containsText("OK. 20 records of 1 tenants");
            pages.assertSound();
            pages.assertFits();
        }
    }

    private static void fill(Page page, JsonObject it) {
        page.locator("#export").setInputFiles(file("export.ndjson", it.getString("export")));
        page.locator("#keys").setInputFiles(files(it.getJsonArray("keys")));
        page.locator("#checkpoints").setInputFiles(files(it.getJsonArray("checkpoints")));
    }

    @Test
    void anAuditorVerifiesAnExport() {
        try (Pages pages = new Pages(1280, ColorScheme.LIGHT)) {
            Page page = pages.signIn("auditor", "/audit/verify");
            assertThat(page.locator("main")).containsText("This page came from the system that you are checking.");
            assertEquals(
                    200,
                    page.evaluate("async () => (await fetch(document.querySelector('a[download]').href)).status"));

            page.locator("button[type=submit]").press("Enter");
            assertThat(page.locator("#export")).isFocused();
            assertThat(page.locator("#export-error")).hasText("Choose a file.");

            fill(page, Vectors.export("\"checked\":[1,13,20]"));
            page.locator("button[type=submit]").press("Enter");
            assertThat(page.locator("#done")).isFocused();
            assertThat(page.locator("#done")).containsText("OK. 20 records of 1 tenants");
            assertThat(page.locator("table")).containsText("1, 13, 20");
            assertThat(page.locator("main")).not().containsText("No checkpoint from outside");
            pages.assertSound();
            pages.assertFits();

            String why = "data is not what data_digest was made of";
            fill(page, Vectors.export(why));
            page.locator("button[type=submit]").press("Enter");
            assertThat(page.locator("#done")).containsText("NOT OK.");
            assertThat(page.locator("table")).containsText("index 5: " + why);
            assertThat(page.locator("main")).containsText("No checkpoint from outside");

            JsonObject part = Vectors.export("\"checked\":[7,10]");
            fill(page, part);
            page.locator("details summary").press("Enter");
            page.locator("#from").fill("16");
            page.locator("#to").fill("7");
            page.locator("button[type=submit]").press("Enter");
            assertThat(page.locator("#part-error")).containsText("whole numbers");
            page.locator("#from").fill("7");
            page.locator("#to").fill("16");
            page.locator("button[type=submit]").press("Enter");
            assertThat(page.locator("#done")).containsText("OK. 9 records of 1 tenants");
            pages.assertSound();

            page.locator("#keys").setInputFiles(file("my keys", HOSTILE));
            page.locator("button[type=submit]").press("Enter");
            assertThat(page.locator("#refusal")).containsText("my keys holds something else than verifier keys");
            assertThat(page.locator("#refusal")).isFocused();

            // A million lines, which nobody waits for.
            fill(page, part);
            page.evaluate(
                    "text => { const [opening, tenant, record] = text.split('\\n'), files = new DataTransfer();"
                            + " const many = new Blob(Array(1000).fill(record + '\\n'));"
                            + " files.items.add(new File([opening, '\\n', tenant, '\\n', ...Array(1000).fill(many)], 'long'));"
                            + " document.querySelector('#export').files = files.files; }",
                    part.getString("export"));
            page.locator("button[type=submit]").press("Enter");
            page.locator("progress").waitFor();
            page.getByText("Cancel", new Page.GetByTextOptions().setExact(true)).click();
            assertThat(page.locator("#refusal")).containsText("Cancelled.");
            pages.assertSound("#refusal");
        }
    }

    /** What the routes of audit-service answer about a record. */
    private void given(String record, JsonObject proof, String key) {
        answer("GET /api/audit/records/{event_id}", "GET /api/audit/records/" + EVENT, record);
        answer("GET /api/audit/proofs/inclusion", "GET /api/audit/proofs/inclusion", proof.encode());
        answer(
                "GET /api/audit/keys",
                "GET /api/audit/keys",
                "{\"items\":[{\"name\":\"points-test\",\"key_id\":\"00000000\",\"verifier_key\":\"" + key
                        + "\",\"signing\":true}]}");
    }

    /** As it stands here, to the last blank: that is what was hashed. */
    private void answer(String route, String path, String json) {
        String documented = Documented.answer("audit", route, 200, json);
        services.reply(path, asked -> new ServicesStandIn.Reply(200, documented, Map.of()));
    }

    @Test
    void aRecordsProofIsRecomputed() {
        JsonObject it = Vectors.cases("records.ndjson").get(1);
        String record = it.getString("record");
        JsonObject proof = it.getJsonObject("proof");
        String key = it.getString("key");
        given(record, proof, key);
        try (Pages pages = new Pages(390, ColorScheme.LIGHT)) {
            Page page = pages.signIn("auditor", "/audit/records/" + EVENT);
            assertThat(page.locator("main")).containsText("all of it agrees");
            assertThat(page.locator(".checks .negative, .checks.negative")).hasCount(0);
            assertThat(page.locator(".checks > .positive")).hasCount(5);
            assertThat(page.locator(".hashes li")).hasCount(1 + proof.getJsonArray("path").size());
            assertThat(page.locator(".hashes li").last()).containsText(proof.getString("root_hash"));
            pages.assertSound();
            pages.assertFits();

            // What was recorded is another amount, in other blanks alone, of another time, or of another person.
            assertDiffers(page, record.replace("\"amount\": 4", "\"amount\": 5"), proof, key, "data leaf root checkpoint");
            assertDiffers(page, record.replace("\"amount\": 4", "\"amount\":4"), proof, key, "data leaf root checkpoint");
            assertDiffers(page, record.replace("00:00:00.004Z", "00:00:00.005Z"), proof, key, "leaf root checkpoint");
            assertDiffers(page, record.replace("\"manager\"", "\"lead\""), proof, key, "leaf root checkpoint");
            // A false proof, checkpoint or key.
            JsonArray path = proof.getJsonArray("path").copy();
            path.set(1, path.getString(0));
            assertDiffers(page, record, proof.copy().put("path", path), key, "root checkpoint");
            path.remove(0);
            assertDiffers(page, record, proof.copy().put("path", path), key, "root checkpoint");
            String note = proof.getString("note");
            assertDiffers(page, record, proof.copy().put("note", note.replace("\n7\n", "\n8\n")), key, "checkpoint signature");
            assertDiffers(page, record, proof.copy().put("note", "nothing"), key, "checkpoint signature");
            assertDiffers(
                    page,
                    record,
                    proof,
                    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                    "signature");
            pages.assertSound();
        }
    }

    private void assertDiffers(Page page, String record, JsonObject proof, String key, String expected) {
        given(record, proof, key);
        page.reload();
        assertThat(page.locator("main")).containsText("not all of it agrees");
        List<String> names = List.of("data", "leaf", "root", "checkpoint", "signature");
        List<String> differing = List.of(expected.split(" "));
        assertThat(page.locator(".checks > li")).hasCount(names.size());
        for (String name : names) {
            assertThat(page.locator(".checks > li").nth(names.indexOf(name)))
                    .hasClass(differing.contains(name) ? "negative" : "positive");
        }
    }
}
