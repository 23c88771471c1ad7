package io.points.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.audit.verify.Verdict;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the superuser of the database does to a sealed log, an auditor finds it. */
@QuarkusTest
class TamperTest extends AuditServiceTest {

    private static final int EARLIER = 6;
    private static final int SIZE = 15;

    private final Story story = new Story(tenant);
    private Auditor auditor;

    @BeforeEach
    void sealSomething() {
        auditor = new Auditor(tenant);
        sendUpTo(EARLIER);
        assertEquals(EARLIER, auditor.saveCheckpoint().checkpoint().size());
        sendUpTo(SIZE);
    }

    private void sendUpTo(int size) {
        for (int i = AuditTables.column("select 1 from audit_log where tenant_id = '" + tenant + "'")
                        .size();
                i < size;
                i++) {
            send(story.allocated(100 + i));
        }
        awaitSealed();
    }

    @Test
    void nothingIsFoundWhereNothingWasDone() {
        var verdict = auditor.verify();
        assertTrue(verdict.isGood(), verdict.toString());
        assertEquals(SIZE, verdict.records());
        assertEquals(List.of((long) EARLIER), verdict.tenants().get(0).checked());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "event_id = gen_random_uuid()",
                "type = 'PointsClawedBack'",
                "source = 'elsewhere'",
                "subject = subject || ' '",
                "actor_id = null",
                "actor_id = ''",
                "actor_role = 'manager'",
                "trace_id = null",
                "occurred_at = occurred_at + interval '1 microsecond'",
                "topic = 'billing.entries.v1'",
            })
    void aChangedField(String change) {
        tamper("update audit_log set " + change + " where sequence = " + sequenceOf(9));
        assertFault(9, "the record is not what its leaf was made of");
    }

    @ParameterizedTest
    @ValueSource(strings = {"replace(data::text, '109', '999')", "replace(data::text, ',', ', ')", "'{}'"})
    void changedContent(String change) {
        tamper("update audit_log set data = (" + change + ")::json where sequence = " + sequenceOf(9));
        assertFault(9, "data is not what data_digest was made of");
    }

    @Test
    void changedContentWithItsDigest() {
        tamper("update audit_log set data = '{}', data_digest = encode(sha256('{}'), 'hex') where sequence = "
                + sequenceOf(9));
        assertFault(9, "the record is not what its leaf was made of");
    }

    @Test
    void aRecordOfAnotherTenant() {
        tamper("update audit_log set tenant_id = gen_random_uuid() where sequence = " + sequenceOf(9));
        assertTrue(fault().why().startsWith("the record is of another tenant"), fault().why());
        assertEquals(9, fault().index());
    }

    @Test
    void aChangedLeaf() {
        tamper("update audit_leaf_log set hashes = sha256(hashes) where leaf_index = 8 and tenant_id = '" + tenant
                + "'");
        assertFault(8, "the record is not what its leaf was made of");
    }

    @Test
    void aDeletedRecord() {
        tamper("delete from audit_log where sequence = " + sequenceOf(9));
        assertFault(9, "the record is missing: 10 stands in its place");
    }

    @Test
    void aDeletedRecordWhoseLeafIsDeletedToo() {
        tamper(
                "delete from audit_log where sequence = " + sequenceOf(9),
                "delete from audit_leaf_log where leaf_index = 9 and tenant_id = '" + tenant + "'");
        assertFault(9, "the record is missing: 10 stands in its place");
    }

    @Test
    void aDeletedRecordWhoseGapIsClosed() {
        var sequence = sequenceOf(9);
        tamper(
                "delete from audit_log where sequence = " + sequence,
                "delete from audit_leaf_log where sequence = " + sequence,
                moveLeaves(10, -1));
        assertFault(SIZE - 1, "the export's checkpoint is of 15 records, and there are 14");
    }

    @Test
    void anInsertedRecord() {
        tamper(INSERT.formatted(tenant));
        assertTrue(fault().why().endsWith("stands in the log without a leaf: it was put there"), fault().why());
    }

    @Test
    void anInsertedRecordWithALeafInTheMiddle() {
        var sequence = sequenceOf(SIZE - 1);
        tamper(
                moveLeaves(9, 1),
                INSERT.formatted(tenant),
                "insert into audit_leaf_log select tenant_id, 9, sequence, sha256('something') from audit_log"
                        + " where tenant_id = '" + tenant + "' and sequence > " + sequence);
        assertFault(9, "the record is not what its leaf was made of");
    }

    @Test
    void twoSwappedRecords() {
        var ninth = sequenceOf(9);
        var twelfth = sequenceOf(12);
        tamper(
                "update audit_leaf_log set sequence = -1 where sequence = " + ninth,
                "update audit_leaf_log set sequence = " + ninth + " where sequence = " + twelfth,
                "update audit_leaf_log set sequence = " + twelfth + " where sequence = -1");
        assertFault(9, "the record is not what its leaf was made of");
    }

    @Test
    void twoSwappedRecordsWithTheirLeaves() {
        tamper(moveLeaf(9, 1000), moveLeaf(12, 9), moveLeaf(1000, 12));
        assertFault(EARLIER, "records 6 to 14 are not all those that the export's checkpoint was made of");
    }

    @Test
    void aCutTailIsFoundByANewerCheckpointAlone() {
        var cut = new String[] {
            "delete from audit_log where sequence >= " + sequenceOf(EARLIER) + " and tenant_id = '" + tenant + "'",
            "delete from audit_leaf_log where leaf_index >= 6 and tenant_id = '" + tenant + "'",
            "delete from audit_checkpoint_log where tree_size > 6 and tenant_id = '" + tenant + "'",
        };
        var kept = auditor.saveCheckpoint();
        tamper(cut);
        assertEquals(SIZE, kept.checkpoint().size());
        assertTrue(auditor.verifyWithoutCheckpoints().isGood());
        assertFault(EARLIER, "the export ends after 6 records, and a saved checkpoint has 15");
    }

    @Test
    void aLogThatIsRewrittenAndSealedAnewIsFoundByAnOlderCheckpointAlone() {
        // A seal that the books do not have yet could not be made anew.
        AuditTables.awaitPosted(tenant);
        tamper(
                "update audit_log set data = replace(data::text, '102', '902')::json where sequence = " + sequenceOf(2),
                "update audit_log set data_digest = encode(sha256(convert_to(data::text, 'UTF8')), 'hex') where tenant_id = '"
                        + tenant + "'",
                "insert into audit_unsealed select sequence from audit_log where tenant_id = '" + tenant + "'",
                "delete from audit_leaf_log where tenant_id = '" + tenant + "'",
                "delete from audit_checkpoint_log where tenant_id = '" + tenant + "'");
        awaitSealed();

        assertEquals(SIZE, latestCheckpoint().getInt("tree_size"));
        assertTrue(auditor.verifyWithoutCheckpoints().isGood());
        assertFault(0, "records 0 to 5 are not all those that the saved checkpoint of 6 records was made of");
    }

    /** The service does not go on from what it has not signed, and all others go on. */
    @Test
    void aTreeThatIsNotWhatWasSignedIsSealedNoMore() {
        var other = UUID.randomUUID();
        tamper("delete from audit_leaf_log where leaf_index = 14 and tenant_id = '" + tenant + "'");
        send(story.allocated(1));
        awaitRecords();
        AuditTables.insert(other, 1);
        AuditTables.awaitSealed(other);

        assertEquals(SIZE, latestCheckpoint().getInt("tree_size"));
        var metrics = RestAssured.get("/q/metrics").asString();
        assertTrue(metrics.contains("points_audit_broken_trees 1.0"), metrics);
        assertEquals(SIZE - 1, fault().index());
        assertTrue(fault().why().endsWith("stands in the log without a leaf: it was put there"), fault().why());
        tamper("delete from audit_unsealed using audit_log where audit_log.sequence = audit_unsealed.sequence"
                + " and tenant_id = '" + tenant + "'");
    }

    private static final String INSERT = """
            insert into audit_log (event_id, type, source, subject, tenant_id, occurred_at, topic, data_digest, data)
            values (gen_random_uuid(), 'PointsAllocated', 'nobody', 'nothing', '%s', now(), 'allocation.pool.events.v1',
                    encode(sha256('{}'), 'hex'), '{}')
            """;

    /** Renumbers all leaves from an index on; in two steps, for each number may stand there once only. */
    private String moveLeaves(int from, int by) {
        return ("update audit_leaf_log set leaf_index = leaf_index + 1000 where leaf_index >= %s and tenant_id = '%s';"
                        + " update audit_leaf_log set leaf_index = leaf_index - 1000 + %s"
                        + " where leaf_index >= 1000 and tenant_id = '%s'")
                .formatted(from, tenant, by, tenant);
    }

    private String moveLeaf(int from, int to) {
        return "update audit_leaf_log set leaf_index = %s where leaf_index = %s and tenant_id = '%s'"
                .formatted(to, from, tenant);
    }

    private String sequenceOf(int index) {
        return AuditTables.column("select sequence from audit_leaf_log where tenant_id = '" + tenant
                        + "' and leaf_index = " + index)
                .get(0);
    }

    private static void tamper(String... statements) {
        AuditTables.asSuperuser(statements);
    }

    private Verdict.Fault fault() {
        var verdict = auditor.verify();
        assertFalse(verdict.isGood(), verdict.toString());
        assertEquals(List.of(), verdict.faults());
        return verdict.tenants().get(0).fault();
    }

    private void assertFault(long index, String why) {
        assertEquals(new Verdict.Fault(index, why), fault());
    }
}
