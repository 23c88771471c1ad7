package io.points.audit.evidence;

import io.points.audit.proof.VerifierKey;
import io.points.audit.seal.CheckpointKeys;
import io.points.platform.web.TimeLimit;
import io.points.platform.web.caller.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The public keys. An auditor compares them with those that were handed over outside of the system. */
@Cancellable(false)
@TimeLimit
@Path("/api/audit/keys")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.AUDITOR)
@Tag(name = "Audit")
class KeyResource {

    private final CheckpointKeys keys;

    KeyResource(CheckpointKeys keys) {
        this.keys = keys;
    }

    /** All public keys. */
    @Schema(name = "CheckpointKeyList")
    record KeyList(List<KeyView> items) {}

    /** One public key. */
    @Schema(name = "CheckpointKey")
    record KeyView(
            String name,

            @Schema(description = "Eight hexadecimal digits")
            String keyId,

            @Schema(description = "Name, id and key in one line, as ./points audit verify --key takes it")
            String verifierKey,

            @Schema(description = "Whether it signs now; the others signed earlier")
            boolean signing) {}

    @GET
    @Operation(
            operationId = "listCheckpointKeys",
            summary = "The public keys that checkpoints are and were signed with")
    public KeyList list() {
        return new KeyList(keys.all().stream().map(this::view).toList());
    }

    private KeyView view(VerifierKey key) {
        return new KeyView(
                key.name(), key.id(), key.text(), key == keys.signing().verifier());
    }
}
