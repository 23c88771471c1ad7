package io.points.audit;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.audit.seal.Inside;
import io.points.contract.MemberEvent.MemberChanged;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The database is set back to what it was before some checkpoints were published, and the service starts on it. */
@QuarkusTest
class RestoreTest extends AuditServiceTest {

    private static final List<String> TABLES = List.of(
            "audit_log",
            "audit_unsealed",
            "audit_unsealed_held",
            "audit_leaf_log",
            "audit_checkpoint_log",
            "audit_unposted",
            "audit_books",
            "audit_transit",
            "audit_cuts",
            "audit_counted",
            "audit_counts",
            "audit_unbilled",
            "audit_entries",
            "audit_attestations",
            "audit_balances",
            "audit_alert_log",
            "audit_foreseen_seals");

    @Inject
    Inside inside;

    private final Story story = new Story(tenant);

    @AfterEach
    void deleteTheCopy() {
        AuditTables.asSuperuser(
                "drop schema if exists copy cascade", "delete from audit_quarantine where work = 'sealing'");
    }

    @Test
    void everyCheckpointStillFits() {
        var auditor = new Auditor(tenant);
        send(story.allocated(100));
        awaitPosted();
        auditor.saveCheckpoint();
        copy();

        sealOneByOneFromTwoTopics(auditor, 4);
        sealOneByOneFromTwoTopics(auditor, 1);
        var leaves = leaves();
        var checkpoints = checkpoints();
        var books = books();
        awaitPublished();
        assertEquals(11, leaves.size());

        putBack();
        assertEquals(1, leaves().size());
        assertNotEquals(books, books());
        inside.start();

        await().atMost(Duration.ofSeconds(60)).until(() -> leaves().size() == leaves.size());
        AuditTables.awaitPosted(tenant);
        assertEquals(leaves, leaves());
        assertEquals(checkpoints, checkpoints());
        assertEquals(books, books());

        send(story.allocated(7));
        awaitPosted();
        auditor.saveCheckpoint();
        var verdict = auditor.verify();
        assertTrue(verdict.isGood(), verdict.toString());
        assertEquals(12, verdict.records());
        assertEquals(12, verdict.tenants().get(0).checked().size());
    }

    /** Another instance that never saw the topic, and every later start, must leave it alone too: until somebody asks. */
    @Test
    void aTreeThatWasPublishedOtherwiseIsSealedNoMoreUntilAnOperatorAsksForIt() {
        send(story.allocated(100));
        awaitPosted();
        kafka.send(inside.sealedOtherwise(tenant, 1, UUID.fromString(sent().get(0))));
        inside.start();
        assertEquals(
                List.of("infinity another tree of 1 leaves was published than this database has signed"), sealing());

        send(story.allocated(7));
        awaitRecords();
        inside.anotherSealer().get().await().indefinitely();
        assertEquals(1, leaves().size());
        AuditTables.asSuperuser(
                "insert into audit_refuted_seals values ('" + tenant + "', 1, decode(repeat('00', 32), 'hex'))",
                "update audit_quarantine set retry_at = now() where tenant_id = '" + tenant + "'");
        awaitPosted();
        assertEquals(2, leaves().size());
        await().atMost(Duration.ofSeconds(10)).until(() -> sealing().isEmpty());
        inside.start();
        assertEquals(List.of(), sealing(), "the next start knows what was decided");
    }

    private List<String> sealing() {
        return AuditTables.column(
                "select retry_at || ' ' || reason from audit_quarantine where work = 'sealing' and tenant_id = '"
                        + tenant + "'");
    }

    private List<String> sent() {
        return records().getList("items.event_id", String.class);
    }

    /** Read again, the events would come topic by topic. */
    private void sealOneByOneFromTwoTopics(Auditor auditor, int times) {
        for (int i = 0; i < times; i++) {
            send(new MemberChanged(tenant, UUID.randomUUID(), "employee", true, 1));
            awaitPosted();
            auditor.saveCheckpoint();
            send(story.allocated(10 + i));
            awaitPosted();
            auditor.saveCheckpoint();
        }
    }

    private static void copy() {
        var statements = new ArrayList<String>(List.of("create schema copy"));
        TABLES.forEach(table -> statements.add("create table copy." + table + " as table public." + table));
        AuditTables.asSuperuser(statements.toArray(String[]::new));
    }

    private static void putBack() {
        var statements = new ArrayList<String>();
        for (var work : List.of("audit_leaf_log", "audit_books")) {
            statements.add("select pg_advisory_xact_lock(hashtext('" + work + "'))");
        }
        for (var table : TABLES) {
            statements.add("delete from " + table);
            statements.add("insert into " + table + " overriding system value table copy." + table);
        }
        statements.add("select setval(pg_get_serial_sequence('audit_log', 'sequence'), max(sequence)) from audit_log");
        AuditTables.asSuperuser(statements.toArray(String[]::new));
    }

    private static void awaitPublished() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> AuditTables.column("select count(*) from outbox").equals(List.of("0")));
    }

    private List<String> leaves() {
        return AuditTables.column("select leaf_index || ' ' || event_id || ' ' || encode(hashes, 'hex')"
                + " from audit_leaf_log leaf join audit_log using (sequence) where leaf.tenant_id = '" + tenant
                + "' order by leaf_index");
    }

    private List<String> checkpoints() {
        return AuditTables.column(
                "select note from audit_checkpoint_log where tenant_id = '" + tenant + "' order by tree_size");
    }

    private List<String> books() {
        return AuditTables.column("select books::text from audit_books books where tenant_id = '" + tenant
                + "' union all select cut::text from audit_cuts cut where tenant_id = '" + tenant + "' order by 1");
    }
}
