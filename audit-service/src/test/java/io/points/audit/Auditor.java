package io.points.audit;

import io.points.audit.proof.Note;
import io.points.audit.proof.VerifierKey;
import io.points.audit.verify.Scope;
import io.points.audit.verify.Verdict;
import io.points.audit.verify.Verification;
import io.restassured.path.json.JsonPath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Somebody outside, who keeps public keys and checkpoints, and believes nothing else. */
final class Auditor {

    private final UUID tenant;
    private final List<VerifierKey> keys;
    private final List<Note> saved = new ArrayList<>();

    /** Is handed the public keys now. */
    Auditor(UUID tenant) {
        this.tenant = tenant;
        keys = get("/api/audit/keys").getList("items.verifier_key", String.class).stream()
                .map(VerifierKey::parse)
                .toList();
    }

    /** Keeps the checkpoint of this moment. */
    Note saveCheckpoint() {
        var note = Note.parse(
                get("/api/audit/checkpoints/latest?tenant_id=" + tenant).getString("note"));
        saved.add(note);
        return note;
    }

    /** Fetches an export, and verifies it with everything kept. */
    Verdict verify() {
        return verify(saved, Scope.ALL, "");
    }

    /** As one who has kept no checkpoint. */
    Verdict verifyWithoutCheckpoints() {
        return verify(List.of(), Scope.ALL, "");
    }

    /** Fetches a part of the log and verifies that. */
    Verdict verify(Scope scope, String query) {
        return verify(saved, scope, query);
    }

    private Verdict verify(List<Note> checkpoints, Scope scope, String query) {
        try {
            return new Verification(checkpoints, keys, scope).verify(new ByteArrayInputStream(export(query)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] export(String query) {
        return AuditServiceTest.as("auditor")
                .get("/api/audit/export?tenant_id=" + tenant + query)
                .then()
                .statusCode(200)
                .contentType("application/x-ndjson")
                .extract()
                .asByteArray();
    }

    static JsonPath get(String path) {
        return AuditServiceTest.as("auditor")
                .get(path)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
