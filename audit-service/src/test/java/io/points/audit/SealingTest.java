package io.points.audit;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.audit.proof.ConsistencyProof;
import io.points.audit.proof.InclusionProof;
import io.points.audit.proof.Note;
import io.points.audit.proof.VerifierKey;
import io.points.audit.verify.Scope;
import io.points.contract.AuditEvent.RecordsSealed;
import io.points.contract.Topic;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class SealingTest extends AuditServiceTest {

    private final Story story = new Story(tenant);

    @Test
    void everyRecordBecomesOneLeafInOrder() {
        var ids = sendAllocations(20);

        assertEquals(ids, leaves());
        assertEquals(
                IntStream.range(0, 20).mapToObj(String::valueOf).toList(),
                AuditTables.column("select leaf_index from audit_leaf_log where tenant_id = '" + tenant
                        + "' order by leaf_index"));
        assertEquals(20, latestCheckpoint().getInt("tree_size"));
    }

    @Test
    void whatComesAgainGetsNoOtherLeaf() {
        var ids = sendAllocations(5);
        var before = latestCheckpoint().getString("note");
        var story2 = new Story(tenant);
        ids.forEach(id -> send(UUID.fromString(id), story2.allocated(1)));
        // Alone in its partition behind them: once it has its leaf, they were handled.
        var last = newId();
        send(last, story.allocated(7));
        awaitSealed();

        ids.add(last.toString());
        assertEquals(ids, leaves());
        var notes = Auditor.get("/api/audit/checkpoints?tenant_id=" + tenant).getList("items.note", String.class);
        assertTrue(notes.contains(before));
        assertTrue(Note.parse(notes.get(0)).checkpoint().size() == 6);
    }

    @Test
    void aRecordThatCommitsLateGetsItsLeafToo() throws SQLException {
        try (var late = AuditTables.owner()) {
            late.setAutoCommit(false);
            var ids = AuditTables.insert(late, tenant, 2);
            var first = sendAllocations(3);
            assertEquals(first, leaves());

            late.commit();
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> leaves().size() == 5);
            first.addAll(ids.stream().map(UUID::toString).toList());
            assertEquals(first, leaves());
        }
    }

    @Test
    void everyCheckpointIsSignedKeptAndTold() {
        var ids = sendAllocations(4);
        var more = sendAllocations(3);
        ids.addAll(more);

        var told = Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(
                        () -> kafka.messages(Topic.AUDIT_CHECKPOINTS, RecordsSealed.class, tenant),
                        messages -> messages.stream().anyMatch(it -> it.treeSize() == 7));
        assertEquals(
                ids,
                told.stream()
                        .flatMap(it -> it.eventIds().stream())
                        .map(UUID::toString)
                        .toList());
        var kept = Auditor.get("/api/audit/checkpoints?tenant_id=" + tenant);
        assertEquals(
                kept.getList("items.note", String.class).stream().sorted().toList(),
                told.stream().map(RecordsSealed::note).sorted().toList());
        assertEquals(latestCheckpoint().getMap(""), kept.getMap("items[0]"));

        var keys = Auditor.get("/api/audit/keys");
        assertEquals(List.of(true), keys.getList("items.signing"));
        var key = VerifierKey.parse(keys.getString("items[0].verifier_key"));
        assertEquals(key.name(), keys.getString("items[0].name"));
        assertEquals(key.id(), keys.getString("items[0].key_id"));
        for (var message : told) {
            var note = Note.parse(message.note());
            assertTrue(note.signer(List.of(key)).isPresent());
            assertEquals(tenant, note.checkpoint().tenantId());
            assertEquals(message.treeSize(), note.checkpoint().size());
            assertEquals(
                    message.rootHash(),
                    Base64.getEncoder().encodeToString(note.checkpoint().root()));
        }
    }

    @Test
    void checkpointsAreNoAuditRecords() {
        sendAllocations(2);
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !kafka.messages(
                        Topic.AUDIT_CHECKPOINTS, RecordsSealed.class, tenant)
                .isEmpty());
        sendAllocations(1);

        assertEquals(
                List.of("PointsAllocated", "PointsAllocated", "PointsAllocated"),
                records().getList("items.type"));
    }

    @Test
    void checkpointsComeByPages() {
        sendAllocations(1);
        sendAllocations(1);
        sendAllocations(1);

        var sizes = new ArrayList<Integer>();
        var path = "/api/audit/checkpoints?limit=2&tenant_id=" + tenant;
        var page = Auditor.get(path);
        sizes.addAll(page.getList("items.tree_size"));
        page = Auditor.get(path + "&cursor=" + page.getString("next_cursor"));
        sizes.addAll(page.getList("items.tree_size"));
        assertEquals(List.of(3, 2, 1), sizes);
    }

    @Test
    void everyRecordIsProvenToStandInEveryTreeThatHasIt() {
        var ids = AuditTables.insert(tenant, 11).stream().map(UUID::toString).toList();
        AuditTables.awaitSealed(tenant);
        for (int index = 0; index < ids.size(); index++) {
            for (var size : List.of(index + 1, 11)) {
                var answer = Auditor.get("/api/audit/proofs/inclusion?event_id=" + ids.get(index) + "&size=" + size);
                assertEquals(index, answer.getInt("leaf_index"));
                assertEquals(tenant.toString(), answer.getString("tenant_id"));
                assertEquals(ids.get(index), answer.getString("event_id"));
                var proof = new InclusionProof(index, answer.getLong("tree_size"), path(answer));
                assertTrue(proof.proves(hash(answer, "leaf_hash"), hash(answer, "root_hash")), answer.prettify());
            }
        }
        var latest = Auditor.get("/api/audit/proofs/inclusion?event_id=" + ids.get(4));
        assertEquals(latestCheckpoint().getString("note"), latest.getString("note"));
        assertEquals(latestCheckpoint().getString("root_hash"), latest.getString("root_hash"));
    }

    @Test
    void everyTreeIsProvenToBeTheBeginningOfALargerOne() {
        AuditTables.insert(tenant, 9);
        AuditTables.awaitSealed(tenant);
        for (int to = 1; to <= 9; to++) {
            for (int from = 1; from <= to; from++) {
                var answer = Auditor.get(
                        "/api/audit/proofs/consistency?tenant_id=%s&from=%s&to=%s".formatted(tenant, from, to));
                var proof = new ConsistencyProof(answer.getLong("from_size"), answer.getLong("to_size"), path(answer));
                assertTrue(proof.proves(hash(answer, "from_root"), hash(answer, "to_root")), answer.prettify());
            }
        }
        var latest = Auditor.get("/api/audit/proofs/consistency?from=4&tenant_id=" + tenant);
        assertEquals(9, latest.getInt("to_size"));
        assertEquals(latestCheckpoint().getString("root_hash"), latest.getString("to_root"));
    }

    @Test
    void aLongLogIsExportedByPagesAndSealedByTurns() {
        AuditTables.insert(tenant, 2_345);
        AuditTables.awaitSealed(tenant);
        var auditor = new Auditor(tenant);
        auditor.saveCheckpoint();

        var verdict = auditor.verify();
        assertTrue(verdict.isGood(), verdict.toString());
        assertEquals(2_345, verdict.records());
        assertEquals(
                List.of("0"),
                AuditTables.column("select count(*) from audit_checkpoint_log where tenant_id = '" + tenant
                        + "' and tree_size > 1000 + coalesce((select max(tree_size) from audit_checkpoint_log less"
                        + " where less.tenant_id = '" + tenant
                        + "' and less.tree_size < audit_checkpoint_log.tree_size), 0)"));
    }

    @Test
    void aPartOfTheLogEndsAtACheckpointAndIsVerifiedByItself() {
        sealAtOnce(5);
        var auditor = new Auditor(tenant);
        sealAtOnce(4);
        auditor.saveCheckpoint();
        sealAtOnce(3);

        var verdict = auditor.verify(new Scope(tenant, 3, 8L), "&from_index=3&to_index=8");
        assertTrue(verdict.isGood(), verdict.toString());
        assertEquals(3, verdict.tenants().get(0).fromIndex());
        assertEquals(9, verdict.tenants().get(0).size());
        assertEquals(List.of(9L), verdict.tenants().get(0).checked());
        assertEquals(
                1, auditor.verify(new Scope(tenant, 11, null), "&from_index=11").records());
    }

    @Test
    void theExportOfAllHasEachTenantOnce() {
        sendAllocations(2);
        var lines = as("auditor").get("/api/audit/export").asString().lines().toList();
        assertTrue(lines.get(0).startsWith("{\"line\":\"export\",\"format\":\"points-audit-export/1\""), lines.get(0));
        assertEquals("{\"line\":\"end\"}", lines.get(lines.size() - 1));
        assertEquals(
                1,
                lines.stream()
                        .filter(line -> line.startsWith("{\"line\":\"tenant\",\"tenant_id\":\"" + tenant + "\""))
                        .count());
        var tenants = lines.stream()
                .filter(line -> line.startsWith("{\"line\":\"tenant\""))
                .map(line -> JsonPath.from(line).getString("tenant_id"))
                .toList();
        assertEquals(tenants.stream().distinct().toList(), tenants);
        assertTrue(tenants.size() >= 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/audit/checkpoints/latest?tenant_id=%s",
                "/api/audit/proofs/consistency?from=1&tenant_id=%s",
                "/api/audit/proofs/inclusion?event_id=%s",
                "/api/audit/export?tenant_id=%s",
            })
    void whatNobodyHasSealedIsNotFound(String path) {
        as("auditor")
                .get(path.formatted(UUID.randomUUID()))
                .then()
                .statusCode(404)
                .body("type", equalTo("urn:points:problem:not-found"));
    }

    @ParameterizedTest
    @CsvSource({
        "/api/audit/checkpoints, tenant_id",
        "/api/audit/checkpoints/latest, tenant_id",
        "/api/audit/proofs/inclusion, event_id",
        "/api/audit/proofs/inclusion?event_id={event}&size=1, size",
        "/api/audit/proofs/inclusion?event_id={event}&size=4, size",
        "/api/audit/proofs/consistency?from=1, tenant_id",
        "/api/audit/proofs/consistency?tenant_id={tenant}, from",
        "/api/audit/proofs/consistency?tenant_id={tenant}&from=0, from",
        "/api/audit/proofs/consistency?tenant_id={tenant}&from=3&to=2, from",
        "/api/audit/proofs/consistency?tenant_id={tenant}&from=1&to=4, to",
        "/api/audit/export?from_index=1, tenant_id",
        "/api/audit/export?to_index=1, tenant_id",
        "/api/audit/export?tenant_id={tenant}&from_index=3, from_index",
        "/api/audit/export?tenant_id={tenant}&from_index=2&to_index=2, from_index",
        "/api/audit/export?tenant_id={tenant}&to_index=4, to_index",
        "/api/audit/export?tenant_id={tenant}&to_index=0, to_index",
    })
    void aWrongParameterIsNamed(String path, String field) {
        var ids = AuditTables.insert(tenant, 3);
        AuditTables.awaitSealed(tenant);
        as("auditor")
                .get(path.replace("{event}", ids.get(1).toString()).replace("{tenant}", tenant.toString()))
                .then()
                .statusCode(400)
                .body("errors.field", equalTo(List.of(field)));
    }

    @ParameterizedTest
    @MethodSource("rolesWithoutAuditor")
    void onlyAuditorsRead(String role) {
        for (var path : List.of("checkpoints", "checkpoints/latest", "keys", "proofs/consistency", "export")) {
            as(role).get("/api/audit/" + path).then().statusCode(403);
        }
        as(role).get("/api/audit/proofs/inclusion").then().statusCode(role.equals("finance") ? 400 : 403);
    }

    /** And of nothing else: not even that there is a record. */
    @Test
    void financeReadsTheProofsOfBillingEntries() {
        var entry = AuditTables.recorded(tenant, Topic.BILLING_ENTRIES, "BillingEntryRecorded", "{}");
        var step = AuditTables.recorded(tenant, Topic.BILLING_PERIODS, "PeriodClosed", "{}");
        var award = AuditTables.insert(tenant, 1).get(0);
        AuditTables.awaitSealed(tenant);

        var path = "/api/audit/proofs/inclusion?event_id=";
        var shown = as("finance").get(path + entry).then().statusCode(200).extract();
        assertEquals(Auditor.get(path + entry).getMap(""), shown.jsonPath().getMap(""));
        var unknown = as("finance")
                .get(path + UUID.randomUUID())
                .then()
                .statusCode(404)
                .extract();
        for (var other : List.of(step.toString(), award.toString(), award + "&size=1", award + "&size=99")) {
            Auditor.get(path + other.replaceAll("&size=.*", ""));
            var hidden = as("finance").get(path + other).then().statusCode(404).extract();
            assertEquals(unknown.asString(), hidden.asString());
        }
        for (var role : List.of("platform-admin", "manager", "lead", "employee")) {
            as(role).get(path + entry).then().statusCode(403);
        }
    }

    private List<String> sendAllocations(int count) {
        var ids = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            var id = newId();
            send(id, story.allocated(1));
            ids.add(id.toString());
        }
        awaitSealedButForLate();
        return ids;
    }

    /** Under one checkpoint. */
    private void sealAtOnce(int count) {
        AuditTables.insert(tenant, count);
        AuditTables.awaitSealed(tenant);
    }

    /** Waits for what was sent, whatever else somebody holds back. */
    private void awaitSealedButForLate() {
        awaitRecords();
        var visible = records().getList("items").size();
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> leaves().size() >= visible);
    }

    private List<String> leaves() {
        return AuditTables.column(
                "select event_id from audit_leaf_log leaf join audit_log log on log.sequence = leaf.sequence"
                        + " where leaf.tenant_id = '" + tenant + "' order by leaf_index");
    }

    private static List<byte[]> path(JsonPath proof) {
        return proof.getList("path", String.class).stream()
                .map(Base64.getDecoder()::decode)
                .toList();
    }

    private static byte[] hash(JsonPath answer, String field) {
        return Base64.getDecoder().decode(answer.getString(field));
    }
}
