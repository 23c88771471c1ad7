package io.points.ledger.adjustment;

import io.points.contract.Account;
import io.points.contract.AdjustmentEvent.AdjustmentProposed;
import io.points.contract.AdjustmentEvent.AdjustmentRejected;
import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.ledger.adjustment.AdjustmentRules.Adjusted;
import io.points.ledger.adjustment.AdjustmentRules.OutOfRange;
import io.points.platform.outbox.Tx;
import io.points.platform.time.BusinessTime;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Proposed by one platform admin and approved by another. The approval is one transaction: the entry, the balance, the
 * event and who has approved it. The service's migrations make the table {@code adjustments}.
 */
public final class Adjustments {

    private static final UUID LAST = new UUID(-1, -1);

    private static final String PROPOSE = """
            insert into adjustments (id, tenant_id, account, holder_id, amount, reason, state, proposed_by, proposed_at)
            values ($1, $2, $3, $4, $5, $6, 'proposed', $7, $8) returning *
            """;

    private static final String LOCK = "select * from adjustments where id = $1 for update";

    private static final String DECIDE = """
            update adjustments set state = $2, decided_by = $3, decided_at = $4, entry_number = $5, balance_after = $6,
                   event_id = $7
            where id = $1 returning *
            """;

    private static final String LIST = "select * from adjustments where id < $1 order by id desc limit $2";

    private final Pool database;
    private final AdjustableLedger ledger;

    public Adjustments(Pool database, AdjustableLedger ledger) {
        this.database = database;
        this.ledger = ledger;
    }

    /**
     * What is to be done about which balance.
     *
     * @param amount signed points; 0 if only the balance's row is wrong
     */
    public record Wish(UUID tenantId, Account account, UUID holderId, long amount, String reason) {}

    /** Stores a proposal and publishes it. Fails with a 404 problem if there is no such balance. */
    public Uni<Adjustment> propose(Tx tx, Wish wish, Envelope.Actor by) {
        var now = BusinessTime.now();
        return tx.query(
                        PROPOSE,
                        Ids.next(now),
                        wish.tenantId(),
                        wish.account().word(),
                        wish.holderId(),
                        wish.amount(),
                        wish.reason(),
                        caller(by),
                        now.atOffset(ZoneOffset.UTC))
                .map(Adjustments::first)
                .call(proposed -> ledgerState(tx, proposed))
                .invoke(proposed -> tx.send(
                        Ids.next(now),
                        new AdjustmentProposed(
                                proposed.adjustmentId(),
                                proposed.tenantId(),
                                proposed.account(),
                                proposed.holderId(),
                                proposed.amount(),
                                proposed.reason(),
                                proposed.proposedBy()),
                        now,
                        by));
    }

    /**
     * Carries a proposal out.
     *
     * @return as it stands afterwards; fails with a 404 problem if there is none, and with 409 if the caller has proposed
     *     it, if it is decided already, or if the balance would be out of range
     */
    public Uni<Adjustment> approve(Tx tx, UUID id, Envelope.Actor by) {
        return open(tx, id, by).chain(proposed -> ledgerState(tx, proposed).chain(ledgerState -> {
            var outcome = AdjustmentRules.adjust(
                    ledgerState.sumOfEntries(), ledgerState.lastEntry(), proposed.amount(), ledgerState.least());
            if (outcome instanceof OutOfRange refusal) {
                throw outOfRange(refusal);
            }
            var adjusted = (Adjusted) outcome;
            var now = BusinessTime.now();
            var eventId = Ids.next(now);
            tx.send(eventId, ledger.event(proposed, adjusted, caller(by)), now, by);
            return ledger.write(tx, proposed, ledgerState, adjusted, eventId, now)
                    .chain(() -> tx.query(
                            DECIDE,
                            id,
                            "approved",
                            caller(by),
                            now.atOffset(ZoneOffset.UTC),
                            adjusted.entryNumber(),
                            adjusted.balanceAfter(),
                            eventId))
                    .map(Adjustments::first);
        }));
    }

    /** Rejects a proposal and publishes that; its proposer may do so too. Fails as {@link #approve} does. */
    public Uni<Adjustment> reject(Tx tx, UUID id, Envelope.Actor by) {
        var now = BusinessTime.now();
        return proposed(tx, id)
                .chain(proposed ->
                        tx.query(DECIDE, id, "rejected", caller(by), now.atOffset(ZoneOffset.UTC), null, null, null))
                .map(Adjustments::first)
                .invoke(rejected -> tx.send(
                        Ids.next(now),
                        new AdjustmentRejected(
                                rejected.adjustmentId(),
                                rejected.tenantId(),
                                rejected.account(),
                                rejected.holderId(),
                                caller(by)),
                        now,
                        by));
    }

    /** Newest first, those before one. */
    public Uni<List<Adjustment>> newestFirst(@Nullable UUID after, int rows) {
        return database.preparedQuery(LIST)
                .execute(Tuple.of(after == null ? LAST : after, rows))
                .map(found -> {
                    var adjustments = new ArrayList<Adjustment>(found.rowCount());
                    found.forEach(row -> adjustments.add(Adjustment.of(row)));
                    return adjustments;
                });
    }

    private Uni<AdjustableLedger.LedgerState> ledgerState(Tx tx, Adjustment adjustment) {
        return ledger.lock(tx, adjustment)
                .map(found ->
                        found.orElseThrow(() -> Problem.notFound("balance").exception()));
    }

    private static Uni<Adjustment> open(Tx tx, UUID id, Envelope.Actor by) {
        return proposed(tx, id).invoke(proposed -> {
            if (proposed.proposedBy().equals(caller(by))) {
                throw Problem.of(
                                409,
                                "second-person-required",
                                "Another person must approve it",
                                "A platform admin other than the proposer must approve an adjustment.")
                        .exception();
            }
        });
    }

    private static Uni<Adjustment> proposed(Tx tx, UUID id) {
        return tx.query(LOCK, id).map(rows -> {
            if (rows.rowCount() == 0) {
                throw Problem.notFound("adjustment").exception();
            }
            var found = first(rows);
            if (!found.state().equals("proposed")) {
                throw Problem.of(
                                409,
                                "adjustment-decided",
                                "The adjustment has already been decided",
                                "The adjustment is already " + found.state() + ".")
                        .with("state", found.state())
                        .exception();
            }
            return found;
        });
    }

    private static ProblemException outOfRange(OutOfRange refusal) {
        return Problem.of(
                        409,
                        "adjustment-out-of-range",
                        "The balance would be out of range",
                        "The entries add up to " + refusal.sumOfEntries()
                                + " points; with this adjustment the sum must be between " + refusal.least()
                                + (refusal.least() == 0 ? "" : ", which departments hold,") + " and 2^53-1.")
                .with("sum_of_entries", refusal.sumOfEntries())
                .with("sum_of_entries_text", Long.toString(refusal.sumOfEntries()))
                .with("in_departments", refusal.least())
                .exception();
    }

    private static Adjustment first(RowSet<Row> rows) {
        return Adjustment.of(rows.iterator().next());
    }

    private static UUID caller(Envelope.Actor by) {
        return UUID.fromString(by.id());
    }
}
