package io.points.distribution.batch;

import io.points.contract.Ids;
import io.points.contract.WalletEvent.BatchUndone;
import io.points.distribution.approval.UndoMode;
import io.points.distribution.batch.BatchUndo.State;
import io.points.distribution.saga.Changes;
import io.points.distribution.saga.Distribution;
import io.points.distribution.saga.Distributions;
import io.points.distribution.saga.Reversal;
import io.points.distribution.saga.Reversals;
import io.points.distribution.wallet.Wallet;
import io.points.distribution.wallet.Wallets;
import io.points.platform.background.Round;
import io.points.platform.background.Rounds;
import io.points.platform.background.Schedule;
import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
import io.points.platform.time.BusinessTime;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes the awards of batches back, each by a reversal of its own. What must be all or nothing is one transaction; what takes what is there
 * goes slice by slice, and how far it has come stands in the table: whoever dies loses a slice.
 */
@ApplicationScoped
class UndoRound {

    private static final Logger LOG = Logger.getLogger(UndoRound.class);
    private static final Duration LONGEST_SLICE = Duration.ofSeconds(20);
    private static final int SLICE = 200;
    private static final UUID FIRST = new UUID(0, 0);

    private final Transactions transactions;
    private final Batches batches;
    private final BatchUndos undos;
    private final Distributions distributions;
    private final Reversals reversals;
    private final Wallets wallets;
    private final Schedule schedule;
    private final Round round;

    /** How often it was woken since it last slept; 0: it sleeps. */
    private final AtomicInteger calls = new AtomicInteger();

    /** Whose turn it was last: one that fails each time does not keep the others from theirs. */
    private final AtomicReference<UUID> behind = new AtomicReference<>(FIRST);

    UndoRound(
            Transactions transactions,
            Batches batches,
            BatchUndos undos,
            Distributions distributions,
            Reversals reversals,
            Wallets wallets,
            Schedule schedule,
            Rounds rounds) {
        this.transactions = transactions.background();
        this.batches = batches;
        this.undos = undos;
        this.distributions = distributions;
        this.reversals = reversals;
        this.wallets = wallets;
        this.schedule = schedule;
        round = rounds.round("batch_undos");
    }

    /** Finds what is left over, by this instance or another. */
    void start(@Observes StartupEvent event) {
        schedule.everyConfigured("points.saga.sweep-every", () -> {
            wake();
            return Uni.createFrom().voidItem();
        });
    }

    /** There may be something to undo. */
    void wake() {
        if (calls.getAndIncrement() == 0) {
            round.run(this::slice).subscribe().with(asleep -> {}, failure -> {
                LOG.warnf("Batches could not be undone; the next round retries: %s", failure);
                calls.set(0);
            });
        }
    }

    /** One slice of one batch; then it is the next one's turn, and after the last the first one's again. */
    private Uni<Boolean> slice() {
        int heard = calls.get();
        return transactions
                .write(this::undoNext)
                .ifNoItem()
                .after(LONGEST_SLICE)
                .fail()
                .map(seenTo -> {
                    var wrapsAround = !seenTo && !behind.getAndSet(FIRST).equals(FIRST);
                    // Unless it was called since the slice began: that may have been too late for the slice.
                    return seenTo || wrapsAround || !calls.compareAndSet(heard, 0);
                });
    }

    private Uni<Boolean> undoNext(Tx tx) {
        return undos.lockNext(tx, behind.get()).chain(found -> {
            if (found.isEmpty()) {
                return Uni.createFrom().item(false);
            }
            behind.set(found.get().batchId());
            return undo(tx, found.get()).replaceWith(true);
        });
    }

    private Uni<Void> undo(Tx tx, BatchUndo undo) {
        int most = undo.mode() == UndoMode.ALL_OR_NOTHING ? Batch.MOST_RECEIVERS : SLICE;
        return batches.lockRows(tx, List.of(undo.batchId()))
                .chain(() -> undos.nextLines(tx, undo, most))
                .chain(lines -> undo(tx, undo, lines, lines.size() < most || undo.mode() == UndoMode.ALL_OR_NOTHING));
    }

    private Uni<Void> undo(Tx tx, BatchUndo undo, List<BatchUndos.Line> lines, boolean areTheLast) {
        var ids = lines.stream().map(BatchUndos.Line::distributionId).toList();
        return distributions
                .lock(tx, ids)
                .map(found -> found.stream()
                        .filter(award -> award.state() == io.points.distribution.saga.State.COMPLETED)
                        .collect(Collectors.toMap(Distribution::id, award -> award)))
                .chain(awards -> reversals.reversedBy(tx, awards.keySet()).chain(reversed -> wallets.lock(
                                tx,
                                awards.values().stream()
                                        .map(Distribution::creditedWallet)
                                        .toList())
                        .chain(held -> reversals.dates(tx, awards.keySet()).chain(dates -> {
                            var found = new Found(lines, awards, reversed, held, dates);
                            return undo(tx, undo, found, areTheLast);
                        }))));
    }

    /** The awards of some lines that have arrived, with what their reversals depend on, locked. */
    private record Found(
            List<BatchUndos.Line> lines,
            Map<UUID, Distribution> awards,
            Map<UUID, UUID> reversed,
            Map<Wallet.Key, Wallet> wallets,
            Map<UUID, Reversal.Dates> dates) {

        UndoPlan plan() {
            return UndoPlan.of(lines.stream()
                    .filter(line -> awards.containsKey(line.distributionId()))
                    .map(line -> {
                        var award = awards.get(line.distributionId());
                        var key = award.creditedWallet();
                        return new UndoPlan.Line(
                                line.number(),
                                key.userId(),
                                award.id(),
                                award.amount(),
                                reversed.containsKey(award.id()),
                                wallets.getOrDefault(key, Wallet.empty(key)).balance());
                    })
                    .toList());
        }
    }

    private Uni<Void> undo(Tx tx, BatchUndo undo, Found found, boolean isTheLast) {
        var plan = found.plan();
        if (undo.mode() == UndoMode.ALL_OR_NOTHING && plan.refusal(undo.mode()).isPresent()) {
            return undos.update(tx, undo.ended(State.REFUSED));
        }
        // After the locks, so that a later entry of a wallet never has an earlier time.
        var now = BusinessTime.now();
        var changes = new Changes(now, found.wallets());
        var reasons = new HashMap<UUID, @Nullable String>();
        found.lines().forEach(line -> reasons.put(line.distributionId(), line.erased() ? null : undo.reason()));
        for (var taken : plan.taken()) {
            var award = found.awards().get(taken.line().award());
            changes.reverse(Reversal.of(
                    Ids.next(now),
                    now,
                    award,
                    found.dates().getOrDefault(award.id(), Reversal.Dates.NONE),
                    false,
                    taken.amount(),
                    reasons.get(award.id()),
                    undo.actor()));
        }
        var reached = found.lines().isEmpty()
                ? undo.reached()
                : found.lines().get(found.lines().size() - 1).number();
        var after = undo.upTo(reached, plan.sums());
        if (isTheLast) {
            after = after.ended(State.UNDONE);
            tx.send(
                    Ids.derive(undo.batchId(), BatchUndone.class.getSimpleName()),
                    new BatchUndone(
                            undo.batchId(),
                            undo.tenantId(),
                            after.sums().reversed(),
                            after.sums().amount(),
                            after.sums().missing()),
                    now,
                    undo.actor());
        }
        return Tx.together(distributions.write(tx, changes), undos.update(tx, after));
    }
}
