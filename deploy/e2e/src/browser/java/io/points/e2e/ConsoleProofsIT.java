package io.points.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import io.points.local.LocalConsole;
import io.points.local.Stack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the services have sealed is what the browser recomputes. */
@ExtendWith(SharedStack.class)
class ConsoleProofsIT {
    /** Has the verifier's fields hold what the routes answer, as files. */
    private static final String CHOOSE = """
            async tenant => {
              const ask = async path => (await fetch(path, { headers: { 'X-Requested-With': 'JavaScript' } })).text();
              const choose = (id, text) => {
                const files = new DataTransfer();
                files.items.add(new File([text], id));
                document.getElementById(id).files = files.files;
              };
              choose('export', await ask('/api/audit/export?tenant_id=' + tenant));
              choose('keys', JSON.parse(await ask('/api/audit/keys')).items.map(key => key.verifier_key).join('\\n'));
              choose('checkpoints', await ask('/api/audit/checkpoints?tenant_id=' + tenant));
            }""";

    @Test
    void aRecordAndAnExportAreVerifiedInTheBrowser(Stack stack, LocalConsole console) throws Exception {
        var company = ConsoleIT.ready(stack, "Harbour");
        new Promises(stack).awaitRest();
        try (var auditor = new Window(console, "auditor", "/audit/conservation/" + company.id())) {
            auditor.reads("The books balance");
            auditor.open("/audit/records?tenant=" + company.id());
            auditor.page().locator("a[href^='/audit/records/']").last().click();
            auditor.reads("This browser has recomputed the proof, and all of it agrees.");
            assertThat(auditor.page().locator(".checks > .positive")).hasCount(5);

            auditor.open("/audit/verify");
            auditor.page().evaluate(CHOOSE, company.id());
            auditor.press("Verify");
            assertThat(auditor.page().locator("#done")).hasClass("notice positive");
            auditor.reads("records of 1 tenants");
            assertThat(auditor.page().locator("main")).not().containsText("No checkpoint from outside");
            auditor.assertSound();
        }
    }
}
