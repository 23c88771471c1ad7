package io.points.contract;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.UUID;

/** What audit-service tells of its own accord: what it has sealed, and where books or records do not agree. */
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
    record RecordsSealed(
            UUID tenantId,
            @Within.Numbered long treeSize,
            @Text(max = 100) String rootHash,
            @Text(max = 20_000) String note,
            @Within(min = 1, max = Within.MOST) List<UUID> eventIds)
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

    /**
     * A balance is not what the events add up to. Raised once for one cause: again only if the difference changes, or
     * after it has been gone. All figures are points.
     *
     * @param kind {@code entry-missing} if no event told of some of the entries, else {@code balance-differs}
     * @param holderId the member, or the tenant for a pool
     * @param entryNumber the last ledger entry that the owner attested
     * @param expectedBalance the sum of the events' amounts up to there
     * @param storedBalance what the balance's own row says
     * @param sumOfEntries what its ledger adds up to
     * @param missingEntries entries up to there that no event told of; negative if events told of more than there are
     * @param attestationId the event by which the owner attested it
     */
    record AlertRaised(
            UUID alertId,
            UUID tenantId,
            @Text(max = 100) String kind,
            Account account,
            UUID holderId,
            @Within.Any long entryNumber,
            @Within.Any long expectedBalance,
            @Within.Any long storedBalance,
            @Within.Any long sumOfEntries,
            @Within.Any long missingEntries,
            UUID attestationId)
            implements AuditEvent {

        @Override
        @JsonIgnore
        public UUID subject() {
            return alertId;
        }

        @Override
        @JsonIgnore
        public String topic() {
            return Topic.AUDIT_ALERTS;
        }
    }

    /**
     * A sealed record is not what was sealed: it was changed or is gone, or its leaf. Raised when it is found, and again if it is
     * found again after it had been right in between.
     *
     * @param kind {@code record-differs}
     * @param leafIndex the record's place in the tenant's tree, from 0
     * @param why what does not fit, for people
     */
    record RecordAlertRaised(
            UUID alertId,
            UUID tenantId,
            String kind,
            @Within.Held long leafIndex,
            String why) implements AuditEvent {

        @Override
        @JsonIgnore
        public UUID subject() {
            return alertId;
        }

        @Override
        @JsonIgnore
        public String topic() {
            return Topic.AUDIT_ALERTS;
        }
    }
}
