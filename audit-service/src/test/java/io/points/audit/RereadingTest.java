package io.points.audit;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.contract.AuditEvent.RecordAlertRaised;
import io.points.contract.Topic;
import io.points.testing.Metrics;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The running service notices by itself that somebody edits sealed records; no auditor has to export them. */
@QuarkusTest
class RereadingTest extends AuditServiceTest {

    private static final int SIZE = 12;
    private static final Duration A_PASS = Duration.ofSeconds(60);

    private final Story story = new Story(tenant);

    @BeforeEach
    void sealSomething() {
        for (int i = 0; i < SIZE; i++) {
            send(story.allocated(100 + i));
        }
        awaitSealed();
    }

    @AfterEach
    void forget() {
        AuditTables.asSuperuser(
                "delete from audit_differing_records where tenant_id = '" + tenant + "'",
                "delete from audit_quarantine where tenant_id = '" + tenant + "'");
    }

    @Test
    void whatIsAsItWasSealedIsReadAgainWithoutAWord() {
        double all = Long.parseLong(
                AuditTables.column("select count(*) from audit_leaf_log").get(0));
        double before = Metrics.sum("points_audit_reread_records_total");
        await().atMost(A_PASS).until(() -> Metrics.sum("points_audit_reread_records_total") > before + 2 * all);

        assertEquals(List.of(), alerts());
    }

    @Test
    void anEditedRecordIsReportedOnceAndCountsUntilItIsRight() {
        AuditTables.asSuperuser(edit("'102'", "'902'"));
        await().atMost(A_PASS).until(() -> alerts().size() == 1);

        var alert = alerts().get(0);
        assertEquals("record-differs", alert.get("kind"));
        assertEquals(2, alert.get("leaf_index"));
        assertEquals("data is not what data_digest was made of", alert.get("why"));
        assertEquals(null, alert.get("account"));
        assertEquals(null, alert.get("expected_balance"));
        await().atMost(A_PASS).until(() -> told().size() == 1);
        assertEquals(alert.get("alert_id"), told().get(0).alertId().toString());
        await().atMost(A_PASS).until(() -> Metrics.sum("points_audit_differing_records") >= 1);
        assertTrue(differing().equals(List.of("2")));

        AuditTables.asSuperuser(edit("'902'", "'102'"));
        await().atMost(A_PASS).until(() -> differing().isEmpty());
        assertEquals(1, alerts().size());
    }

    @Test
    void aRecordThatIsGoneAndALeafThatIsGoneAreReported() {
        AuditTables.asSuperuser(
                "delete from audit_log using audit_leaf_log leaf where leaf.sequence = audit_log.sequence"
                        + " and leaf_index = 4 and leaf.tenant_id = '" + tenant + "'",
                "delete from audit_leaf_log where leaf_index = 9 and tenant_id = '" + tenant + "'");
        await().atMost(A_PASS).until(() -> alerts().size() >= 2);

        assertEquals(
                List.of("4: the record is missing", "9: the leaf is missing"),
                AuditTables.column("select leaf_index || ': ' || why from audit_differing_records where leaf_index < 11"
                        + " and tenant_id = '" + tenant + "' order by leaf_index"));
    }

    /** That the leaves before it can be read releases nobody. */
    @Test
    void aTenantIsReleasedWhenItCanBeReadWhereItCouldNotBe() {
        double before = shown("points_audit_broken_rereads");
        var time = AuditTables.column("select occurred_at from audit_log where " + isTheSeventh());
        AuditTables.asSuperuser("alter table audit_log alter occurred_at drop not null", timeOfTheSeventh("null"));
        try {
            await().atMost(A_PASS).until(() -> quarantine().equals(List.of("5 1")));
            await().atMost(A_PASS).until(() -> Metrics.sum("points_audit_broken_rereads") == before + 1);

            AuditTables.asSuperuser(tryAgain());
            await().atMost(A_PASS).until(() -> quarantine().equals(List.of("5 2")));
        } finally {
            AuditTables.asSuperuser(
                    timeOfTheSeventh("'" + time.get(0) + "'"), "alter table audit_log alter occurred_at set not null");
        }
        AuditTables.asSuperuser(tryAgain());
        await().atMost(A_PASS).until(() -> quarantine().isEmpty());
        await().atMost(A_PASS).until(() -> Metrics.sum("points_audit_broken_rereads") == before);
        assertEquals(List.of(), alerts());
    }

    private List<String> quarantine() {
        return AuditTables.column("select leaf_index || ' ' || failures from audit_quarantine where work = 'rereading'"
                + " and tenant_id = '" + tenant + "'");
    }

    private String tryAgain() {
        return "update audit_quarantine set retry_at = now() where tenant_id = '" + tenant + "'";
    }

    private String timeOfTheSeventh(String sql) {
        return "update audit_log set occurred_at = " + sql + " where " + isTheSeventh();
    }

    private String isTheSeventh() {
        return "sequence = (select sequence from audit_leaf_log where leaf_index = 6 and tenant_id = '" + tenant + "')";
    }

    /** What the gauge shows once it is shown. */
    private static double shown(String gauge) {
        await().atMost(A_PASS).until(() -> !Double.isNaN(Metrics.sum(gauge)));
        return Metrics.sum(gauge);
    }

    private String edit(String from, String to) {
        return "update audit_log set data = replace(data::text, " + from + ", " + to + ")::json where sequence ="
                + " (select sequence from audit_leaf_log where leaf_index = 2 and tenant_id = '" + tenant + "')";
    }

    private List<String> differing() {
        return AuditTables.column("select leaf_index from audit_differing_records where tenant_id = '" + tenant
                + "' order by leaf_index");
    }

    private List<RecordAlertRaised> told() {
        return kafka.messages(Topic.AUDIT_ALERTS, RecordAlertRaised.class, tenant);
    }

    private List<Map<String, @Nullable Object>> alerts() {
        return as("auditor")
                .queryParam("tenant_id", tenant)
                .get("/api/audit/alerts")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("items");
    }
}
