package io.points.ledger.adjustment;

import io.points.contract.Message;
import io.points.ledger.adjustment.AdjustmentRules.Adjusted;
import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The balances of a service, as far as an adjustment needs them. */
public interface AdjustableLedger {

    /**
     * What the ledger says of a balance.
     *
     * @param sumOfEntries points
     * @param lastEntry the number of the newest entry, by the row or the ledger, whichever is higher
     * @param sums other sums that are kept of the entries, by name; all that {@link #write} mends
     * @param least points that the balance must go on holding, such as those in departments' envelopes; usually 0
     */
    record LedgerState(long sumOfEntries, long lastEntry, Map<String, Long> sums, long least) {}

    /**
     * Locks the balance against every change until the commit; empty if there is no such balance. Entries never change, so all
     * that are there already are added up before, some at a time: whoever waits for the lock waits for the newest alone.
     */
    Uni<Optional<LedgerState>> lock(Tx tx, Adjustment adjustment);

    /** Writes the entry, and makes the balance's row what the ledger then adds up to, and every sum that is kept of it. */
    Uni<Void> write(
            Tx tx, Adjustment adjustment, LedgerState ledgerState, Adjusted adjusted, UUID eventId, Instant now);

    /** Its event. */
    Message event(Adjustment adjustment, Adjusted adjusted, UUID approvedBy);
}
