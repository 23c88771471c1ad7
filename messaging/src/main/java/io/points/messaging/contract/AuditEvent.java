package io.points.messaging.contract;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.UUID;

/** What audit-service has sealed, for whoever wants to be able to prove later that it is still there. */
public sealed interface AuditEvent extends Message {

    /**
     * Audit records of a tenant became leaves of its Merkle tree. Whoever keeps {@code note} finds every later change of
     * anything up to there.
     *
     * @param treeSize leaves of the tree
     * @param rootHash the tree's root, 32 bytes in base 64
     * @param note the signed checkpoint
     * @param eventIds the events behind the newest leaves, in their order; the last one is leaf {@code treeSize} - 1
     */
    record RecordsSealed(UUID tenantId, long treeSize, String rootHash, String note, List<UUID> eventIds)
            implements AuditEvent {

        @Override
        @JsonIgnore
        public UUID subject() {
            return tenantId;
        }

        @Override
        @JsonIgnore
        public String topic() {
            return Topic.AUDIT_CHECKPOINTS;
        }
    }
}
