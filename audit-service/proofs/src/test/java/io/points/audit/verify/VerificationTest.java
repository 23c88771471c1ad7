package io.points.audit.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.audit.Vectors;
import io.points.audit.export.ExportLine;
import io.points.audit.export.ExportWriter;
import io.points.audit.proof.Leaf;
import io.points.audit.proof.Note;
import io.points.audit.proof.SigningKey;
import io.points.audit.proof.TestKeys;
import io.points.audit.proof.TreeHasher;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the verifier finds, tampering by tampering. */
class VerificationTest {

    private static final int SIZE = 20;

    private final SigningKey key = TestKeys.of("points-test", 1);
    private final SealedLog log = new SealedLog(new UUID(1, 1), key, SIZE);
    private final List<ExportLine> lines = log.lines();

    @Test
    void anHonestExportIsGood() throws IOException {
        var verdict = verify(lines, log.checkpoint(1), log.checkpoint(SIZE), log.checkpoint(13));

        assertTrue(verdict.isGood(), verdict.toString());
        assertEquals(SIZE, verdict.records());
        assertEquals(List.of(1L, 13L, 20L), verdict.tenants().get(0).checked());
    }

    @Test
    void anExportOfNoTenantIsGood() throws IOException {
        assertTrue(verify(List.of()).isGood());
    }

    @Test
    void aChangedFieldIsFoundWhateverItIs() throws IOException {
        var it = log.records.get(5).leaf();
        for (var changed : List.of(
                new Leaf(
                        "x",
                        it.type(),
                        it.source(),
                        it.subject(),
                        it.tenantId(),
                        it.actorId(),
                        it.actorRole(),
                        it.traceId(),
                        it.occurredAt(),
                        it.topic(),
                        it.dataDigest()),
                new Leaf(
                        it.eventId(),
                        "x",
                        it.source(),
                        it.subject(),
                        it.tenantId(),
                        it.actorId(),
                        it.actorRole(),
                        it.traceId(),
                        it.occurredAt(),
                        it.topic(),
                        it.dataDigest()),
                new Leaf(
                        it.eventId(),
                        it.type(),
                        "x",
                        it.subject(),
                        it.tenantId(),
                        it.actorId(),
                        it.actorRole(),
                        it.traceId(),
                        it.occurredAt(),
                        it.topic(),
                        it.dataDigest()),
                new Leaf(
                        it.eventId(),
                        it.type(),
                        it.source(),
                        "x",
                        it.tenantId(),
                        it.actorId(),
                        it.actorRole(),
                        it.traceId(),
                        it.occurredAt(),
                        it.topic(),
                        it.dataDigest()),
                new Leaf(
                        it.eventId(),
                        it.type(),
                        it.source(),
                        it.subject(),
                        it.tenantId(),
                        null,
                        it.actorRole(),
                        it.traceId(),
                        it.occurredAt(),
                        it.topic(),
                        it.dataDigest()),
                new Leaf(
                        it.eventId(),
                        it.type(),
                        it.source(),
                        it.subject(),
                        it.tenantId(),
                        it.actorId(),
                        "x",
                        it.traceId(),
                        it.occurredAt(),
                        it.topic(),
                        it.dataDigest()),
                new Leaf(
                        it.eventId(),
                        it.type(),
                        it.source(),
                        it.subject(),
                        it.tenantId(),
                        it.actorId(),
                        it.actorRole(),
                        "x",
                        it.occurredAt(),
                        it.topic(),
                        it.dataDigest()),
                new Leaf(
                        it.eventId(),
                        it.type(),
                        it.source(),
                        it.subject(),
                        it.tenantId(),
                        it.actorId(),
                        it.actorRole(),
                        it.traceId(),
                        "x",
                        it.topic(),
                        it.dataDigest()),
                new Leaf(
                        it.eventId(),
                        it.type(),
                        it.source(),
                        it.subject(),
                        it.tenantId(),
                        it.actorId(),
                        it.actorRole(),
                        it.traceId(),
                        it.occurredAt(),
                        "x",
                        it.dataDigest()))) {
            assertFault(
                    5,
                    "the record is not what its leaf was made of",
                    with(5, changed, log.records.get(5).data()));
        }
    }

    @Test
    void aChangeOfDataAloneIsFound() throws IOException {
        var it = log.records.get(5);
        assertFault(
                5,
                "data is not what data_digest was made of",
                with(5, it.leaf(), it.data().replace(":", " :")));
    }

    @Test
    void aChangeOfDataWithItsDigestIsFound() throws IOException {
        assertFault(5, "the record is not what its leaf was made of", with(5, log.leaf(5, "{}"), "{}"));
    }

    @Test
    void aChangeWithItsLeafIsFoundByTheRoot() throws IOException {
        var leaf = log.leaf(5, "{}");
        lines.set(6, new ExportLine.Sealed(5, new TreeHasher().leaf(leaf.content()), leaf, "{}"));
        assertFault(0, "records 0 to 19 are not all those that the export's checkpoint was made of", lines);
        assertFault(
                4,
                "records 4 to 9 are not all those that the saved checkpoint of 10 records was made of",
                lines,
                log.checkpoint(4),
                log.checkpoint(10),
                log.checkpoint(20));
    }

    @Test
    void aRecordOfAnotherTenantIsFound() throws IOException {
        var other = new SealedLog(new UUID(1, 2), key, SIZE).records.get(5);
        lines.set(6, other);
        assertFault(5, "the record is of another tenant: " + new UUID(1, 2), lines);
    }

    @Test
    void aDeletedRecordIsFound() throws IOException {
        lines.remove(6);
        assertFault(5, "the record is missing: 6 stands in its place", lines);
    }

    @Test
    void anInsertedRecordIsFound() throws IOException {
        var inserted = log.leaf(99, "{}");
        lines.add(6, new ExportLine.Sealed(5, new TreeHasher().leaf(inserted.content()), inserted, "{}"));
        assertFault(6, "the record is missing: 5 stands in its place", lines);
    }

    @Test
    void anInsertedRecordWithoutALeafIsFound() throws IOException {
        lines.add(SIZE + 1, new ExportLine.Unsealed(log.leaf(99, "{}"), "{}"));
        assertFault(SIZE, "event " + new UUID(7, 99) + " stands in the log without a leaf: it was put there", lines);
    }

    @Test
    void twoSwappedRecordsAreFound() throws IOException {
        var fifth = log.records.get(5);
        var ninth = log.records.get(9);
        lines.set(6, new ExportLine.Sealed(5, ninth.leafHash(), ninth.leaf(), ninth.data()));
        lines.set(10, new ExportLine.Sealed(9, fifth.leafHash(), fifth.leaf(), fifth.data()));
        assertFault(0, "records 0 to 19 are not all those that the export's checkpoint was made of", lines);
    }

    @Test
    void aCutTailIsFoundByAnOlderCheckpointAlone() throws IOException {
        var cut = log.lines(0, 12);
        assertTrue(verify(cut, log.checkpoint(12)).isGood());
        assertFault(12, "the export ends after 12 records, and a saved checkpoint has 13", cut, log.checkpoint(13));
    }

    @Test
    void aLogThatWasRewrittenAndSealedAnewIsFoundByAnOlderCheckpointAlone() throws IOException {
        var rewritten = new SealedLog(log.tenant, key, 3);
        rewritten.add("{\"amount\": 1000000}");
        for (int i = 4; i < SIZE; i++) {
            rewritten.add(log.records.get(i).data());
        }
        assertTrue(verify(rewritten.lines()).isGood());
        assertTrue(verify(rewritten.lines(), log.checkpoint(3)).isGood());
        assertFault(
                3,
                "records 3 to 19 are not all those that the saved checkpoint of 20 records was made of",
                rewritten.lines(),
                log.checkpoint(20),
                log.checkpoint(3));
    }

    @Test
    void aCheckpointOfAnotherKeyIsFound() throws IOException {
        var forged = new SealedLog(log.tenant, TestKeys.of("points-test", 2), SIZE);
        assertFault(0, "the export's checkpoint is signed by none of the keys", forged.lines());

        var saved = verify(lines, forged.checkpoint(4));
        assertEquals(
                List.of("the saved checkpoint of 4 records of tenant " + log.tenant + " is signed by none of the keys"),
                saved.faults());
    }

    @Test
    void aFormerKeyStillCounts() throws IOException {
        var next = TestKeys.of("points-next", 3);
        var later = new SealedLog(log.tenant, next, SIZE);
        var verdict = Vectors.verify(
                ExportWriter.write(export(later.lines())),
                List.of(log.checkpoint(10)),
                List.of(next.verifier(), key.verifier()),
                Scope.ALL);
        assertTrue(verdict.isGood(), verdict.toString());
    }

    @Test
    void checkpointsThatDoNotBelongThereAreFound() throws IOException {
        var end = lines.size() - 1;
        lines.set(end, new ExportLine.Closing(log.checkpoint(19).text()));
        assertFault(19, "the export's checkpoint is of 19 records, and there are 20", lines);
        lines.set(
                end,
                new ExportLine.Closing(new SealedLog(new UUID(1, 2), key, SIZE)
                        .checkpoint(SIZE)
                        .text()));
        assertFault(0, "the export's checkpoint is of another tenant", lines);
        lines.set(end, new ExportLine.Closing("nothing"));
        assertTrue(only(verify(lines)).why().startsWith("the export's checkpoint cannot be read: "));
        lines.remove(end);
        assertFault(SIZE, "the export's checkpoint is missing", lines);
        lines.addAll(List.of(
                new ExportLine.Closing(log.checkpoint(SIZE).text()),
                new ExportLine.Closing(log.checkpoint(SIZE).text())));
        assertFault(SIZE, "there are two checkpoints", lines);
        lines.set(lines.size() - 1, log.records.get(0));
        assertFault(SIZE, "there are records behind the checkpoint", lines);
    }

    @Test
    void twoCheckpointsOfOneSizeCannotBothBeRight() throws IOException {
        var other = new SealedLog(log.tenant, key, 9);
        other.add("{}");
        assertFault(
                9,
                "records 9 to 9 are not all those that the saved checkpoint of 10 records was made of",
                lines,
                log.checkpoint(10),
                other.checkpoint(10));
    }

    @Test
    void aTenantThatIsMissingIsFound() throws IOException {
        var other = new SealedLog(new UUID(1, 2), key, 3);
        var verdict = verify(lines, other.checkpoint(3));
        assertEquals(
                List.of("tenant " + other.tenant + " is missing, and a saved checkpoint has 3 of its records"),
                verdict.faults());
        assertFalse(verdict.isGood());
        assertTrue(verify(lines, new Scope(log.tenant, 0, null), other.checkpoint(3))
                .isGood());
    }

    @Test
    void eachTenantHasItsOwnFirstFault() throws IOException {
        var other = new SealedLog(new UUID(1, 2), key, SIZE);
        lines.remove(6);
        lines.addAll(other.lines());
        lines.remove(lines.size() - 4);
        var verdict = verify(lines);
        assertEquals(5, verdict.tenants().get(0).fault().index());
        assertEquals(17, verdict.tenants().get(1).fault().index());
        assertTrue(verify(lines, new Scope(new UUID(1, 3), 0, null)).isGood());
        assertEquals(
                1, verify(lines, new Scope(other.tenant, 0, null)).tenants().size());
    }

    @Test
    void aPartIsVerifiedFromTheHashesBeforeIt() throws IOException {
        var part = log.lines(7, 16);
        var scope = new Scope(null, 7, 16L);
        var verdict = verify(part, scope, log.checkpoint(3), log.checkpoint(7), log.checkpoint(10), log.checkpoint(20));

        assertTrue(verdict.isGood(), verdict.toString());
        assertEquals(9, verdict.records());
        assertEquals(List.of(7L, 10L), verdict.tenants().get(0).checked());
        assertEquals(List.of(3L, 20L), verdict.tenants().get(0).uncovered());

        assertFault(0, "the export begins with record 7", part);
        assertEquals(
                new Verdict.Fault(16, "the export ends after 16 records, and a saved checkpoint has 20"),
                only(verify(part, new Scope(null, 7, null), log.checkpoint(20))));
    }

    @Test
    void falseHashesBeforeAPartAreFound() throws IOException {
        var part = log.lines(7, 16);
        var other = new SealedLog(log.tenant, key, 6);
        other.add("{}");
        part.set(0, other.lines(7, 7).get(0));
        assertEquals(
                new Verdict.Fault(0, "records 0 to 15 are not all those that the export's checkpoint was made of"),
                only(verify(part, new Scope(null, 7, null))));
        assertEquals(
                new Verdict.Fault(
                        0, "records 0 to 6 are not all those that the saved checkpoint of 7 records was made of"),
                only(verify(part, new Scope(null, 7, null), log.checkpoint(7))));
        part.set(0, new ExportLine.Tenant(log.tenant.toString(), 7, List.of()));
        assertEquals(
                new Verdict.Fault(7, "a tree of 7 leaves does not consist of 0 complete subtrees"),
                only(verify(part, new Scope(null, 7, null))));
    }

    @Test
    void outsideOfTheRangeTheLeavesStillCount() throws IOException {
        var it = log.records.get(5);
        var changed = with(5, it.leaf(), "{}");
        assertTrue(verify(changed, new Scope(null, 6, null)).isGood());
        assertTrue(verify(changed, new Scope(null, 0, 5L)).isGood());
        assertFalse(verify(changed, new Scope(null, 5, 6L)).isGood());
        lines.remove(6);
        assertFalse(verify(lines, new Scope(null, 6, null)).isGood());
    }

    @Test
    void aFileThatIsNoWholeExportIsFound() throws IOException {
        var whole = ExportWriter.write(export(lines));
        assertEquals(
                List.of("the export is cut off: its last line is missing"),
                faults(whole.replace("{\"line\":\"end\"}\n", "")));
        assertEquals(List.of("there is something behind the export's last line"), faults(whole + whole));
        assertEquals(
                List.of("the file does not begin as an export of the format points-audit-export/1"),
                faults(whole.replace("points-audit-export/1", "points-audit-export/2")));
        assertEquals(
                List.of("line 3: not JSON"),
                faults(whole.replace("\"index\":1,", "\"index\":1")).stream()
                        .map(fault -> fault.replace("line 4", "line 3"))
                        .toList());
        assertEquals(
                List.of("there are records before the first tenant"),
                faults(whole.replaceFirst("\\{\"line\":\"tenant\".*\n", "")).subList(0, 1));
        assertEquals(
                List.of("a tenant's id is not a UUID: x"),
                faults(ExportWriter.write(export(List.of(new ExportLine.Tenant("x", 0, List.of()))))));
        var twice = new ArrayList<>(lines);
        twice.addAll(lines);
        assertEquals(
                List.of("tenant " + log.tenant + " stands there twice"), faults(ExportWriter.write(export(twice))));
        var nested = new ArrayList<>(lines);
        nested.add(2, new ExportLine.Opening(ExportLine.FORMAT, "now"));
        assertEquals(List.of("there are two exports in the file"), faults(ExportWriter.write(export(nested))));
        assertFalse(faults("").isEmpty());
        assertFalse(faults("[]").isEmpty());
    }

    private List<ExportLine> with(int index, Leaf leaf, String data) {
        var changed = new ArrayList<>(lines);
        changed.set(
                index + 1, new ExportLine.Sealed(index, log.records.get(index).leafHash(), leaf, data));
        return changed;
    }

    private void assertFault(long index, String why, List<ExportLine> tampered, Note... saved) throws IOException {
        assertEquals(new Verdict.Fault(index, why), only(verify(tampered, saved)));
    }

    private static Verdict.Fault only(Verdict verdict) {
        assertEquals(List.of(), verdict.faults());
        assertEquals(1, verdict.tenants().size());
        assertFalse(verdict.isGood());
        return verdict.tenants().get(0).fault();
    }

    private Verdict verify(List<ExportLine> ofTenants, Note... saved) throws IOException {
        return verify(ofTenants, Scope.ALL, saved);
    }

    private Verdict verify(List<ExportLine> ofTenants, Scope scope, Note... saved) throws IOException {
        return Vectors.verify(ExportWriter.write(export(ofTenants)), List.of(saved), List.of(key.verifier()), scope);
    }

    private List<String> faults(String text) throws IOException {
        return Vectors.verify(text, List.of(), List.of(key.verifier()), Scope.ALL)
                .faults();
    }

    private static List<ExportLine> export(List<ExportLine> ofTenants) {
        var lines = new ArrayList<ExportLine>();
        lines.add(new ExportLine.Opening(ExportLine.FORMAT, "2026-11-25T00:00:00Z"));
        lines.addAll(ofTenants);
        lines.add(new ExportLine.End());
        return lines;
    }
}
