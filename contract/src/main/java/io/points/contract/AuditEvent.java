package io.points.contract;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What audit-service tells of its own accord: what it has sealed and counted, and where books or records do not agree. */
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

    /**
     * How many of a tenant's sealed records there are, and what they come to, so that whoever keeps books of the same events can
     * compare. The sums are those of a cut: the largest number of leaves that tell of all movements of the pool up to
     * {@code poolVersion}, but for the untold ones, of all billing entries for them, and of no others. A count of more
     * {@code countedLeaves} replaces this one.
     *
     * @param countedLeaves how many leaves of the tenant's tree were looked at
     * @param sealedAt time of the checkpoint that covers them
     * @param treeSize how many of them are in the cut; 0 before the first cut
     * @param poolVersion the newest entry of the pool's ledger in the cut; 0 before the first cut
     * @param untoldVersions entries of the pool's ledger up to there that no event told of, and that an adjustment made up for
     * @param counts one for each topic and kind
     * @param unbilled what has kept the cut from growing: the lowest versions whose events and billing entries do not match
     */
    record RecordsCounted(
            UUID tenantId,
            @Within.Numbered long countedLeaves,
            Instant sealedAt,
            @Within.Held long treeSize,
            @Within.Held long poolVersion,
            @Within.Held long untoldVersions,
            @Within(min = 0, max = 1_000) List<RecordCount> counts,
            @Within(min = 0, max = 100) List<UnbilledVersion> unbilled)
            implements AuditEvent {

        @Override
        @JsonIgnore
        public UUID subject() {
            return tenantId;
        }

        @Override
        @JsonIgnore
        public String topic() {
            return Topic.AUDIT_COUNTS;
        }
    }

    /**
     * Records of one topic and kind.
     *
     * @param topic on which they stand
     * @param kind of a pool's events their type; of billing entries their currency
     * @param records how many
     * @param points sum of their points: not signed for events, signed for billing entries
     * @param amountMinor sum of their amounts in the currency's minor unit; null for events
     */
    record RecordCount(
            @Text(max = 100) String topic,
            @Text(max = 100) String kind,
            @Within.Numbered long records,

            @Text(max = 40, pattern = "-?[0-9]+", what = "a whole number")
            String points,

            @Text(max = 40, pattern = "-?[0-9]+", what = "a whole number") @Nullable
            String amountMinor) {}

    /**
     * A version of the pool whose event and billing entries do not match. If it is in the cut, what came after the cut.
     *
     * @param eventPoints signed points of its allocation or clawback; 0 if there is no such event
     * @param entryPoints signed points of its billing entries; 0 if there are none
     */
    record UnbilledVersion(
            @Within.Numbered long poolVersion,
            @Within.Any long eventPoints,
            @Within.Any long entryPoints) {}
}
