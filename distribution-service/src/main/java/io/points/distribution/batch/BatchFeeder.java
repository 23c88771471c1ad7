package io.points.distribution.batch;

import io.points.distribution.limit.Judgements;
import io.points.distribution.limit.Limits;
import io.points.distribution.member.Directory;
import io.points.distribution.saga.Changes;
import io.points.distribution.saga.Distribution;
import io.points.distribution.saga.Distributions;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Begins the distributions of batches, bit by bit, so that a large batch neither makes a large transaction nor queues
 * up before everybody else's awards. Pending work is stored in the tables: if an instance dies, another continues.
 */
@ApplicationScoped
class BatchFeeder {

    private static final Logger LOG = Logger.getLogger(BatchFeeder.class);

    private static final Duration REST = Duration.ofMillis(25);
    private static final Duration LONGEST_SLICE = Duration.ofSeconds(20);

    private final Transactions transactions;
    private final Batches batches;
    private final Distributions distributions;
    private final Directory directory;
    private final Limits limits;
    private final Schedule schedule;
    private final Round round;

    /** How often it was woken since it last slept; 0: it sleeps. */
    private final AtomicInteger calls = new AtomicInteger();

    BatchFeeder(
            Transactions transactions,
            Batches batches,
            Distributions distributions,
            Directory directory,
            Limits limits,
            Schedule schedule,
            Rounds rounds) {
        this.schedule = schedule;
        this.transactions = transactions.background();
        this.batches = batches;
        this.distributions = distributions;
        this.directory = directory;
        this.limits = limits;
        round = rounds.round("batches");
    }

    /** What a slice leaves. */
    private enum Rest {
        /** No batch waits, or another instance sees to it. */
        NOTHING,
        /** Something waits until other sagas have ended. */
        NO_ROOM,
        /** Something waits and can go on at once. */
        MORE
    }

    /** Finds what is left over, by this instance or another. */
    void start(@Observes StartupEvent event) {
        schedule.everyConfigured("points.saga.sweep-every", () -> {
            wake();
            return Uni.createFrom().voidItem();
        });
    }

    /** There may be something to begin. */
    void wake() {
        if (calls.getAndIncrement() == 0) {
            round.run(this::slice).subscribe().with(asleep -> {}, failure -> {
                LOG.warnf("Batches could not be started; the next round retries: %s", failure);
                calls.set(0);
            });
        }
    }

    /** Goes on while something waits, which may be for ever. */
    private Uni<Boolean> slice() {
        int heard = calls.get();
        return transactions
                .write(this::feed)
                .ifNoItem()
                .after(LONGEST_SLICE)
                .fail()
                .invoke(round::succeeded)
                .chain(rest -> switch (rest) {
                    case MORE -> Uni.createFrom().item(true);
                    case NO_ROOM ->
                        Uni.createFrom().item(true).onItem().delayIt().by(REST);
                    // Unless it was called since the slice began: that may have been too late for the slice.
                    case NOTHING -> Uni.createFrom().item(!calls.compareAndSet(heard, 0));
                });
    }

    private Uni<Rest> feed(Tx tx) {
        var nothing = Uni.createFrom().item(Rest.NOTHING);
        return batches.takeTurn(tx)
                .chain(mine -> mine
                        ? batches.next(tx).chain(waiting -> waiting.isEmpty() ? nothing : begin(tx, waiting))
                        : nothing);
    }

    private Uni<Rest> begin(Tx tx, List<BatchShares.PendingBatch> waiting) {
        return batches.open(tx).chain(open -> {
            var now = BusinessTime.now();
            var shares = BatchShares.shares(waiting, open);
            if (shares.isEmpty()) {
                return Uni.createFrom().item(Rest.NO_ROOM);
            }
            // All at once and in id order, as whoever erases locks them.
            return batches.lockRows(
                            tx, shares.stream().map(share -> share.batch().id()).toList())
                    .chain(() -> nextLines(tx, shares))
                    .chain(lines -> begin(tx, shares, lines, now))
                    .replaceWith(Rest.MORE);
        });
    }

    /**
     * What the batches of single awards begin next.
     *
     * @param members what the directory says of their receivers
     */
    private record NextLines(
            Map<UUID, Batch> batches, Map<Directory.Key, Directory.Membership> members, Judgements judgements) {
        private static final NextLines NONE = new NextLines(Map.of(), Map.of(), Judgements.NONE);
    }

    /** What was given is locked for all of them at once. */
    private Uni<NextLines> nextLines(Tx tx, List<BatchShares.Share> shares) {
        var found = new LinkedHashMap<UUID, Batch>();
        var read = Uni.createFrom().voidItem();
        for (var share : shares) {
            if (share.batch().mode() == Batch.Mode.EACH) {
                var id = share.batch().id();
                read = read.chain(() -> batches.nextLines(tx, id, share.receivers()))
                        .invoke(batch -> {
                            if (batch != null) {
                                found.put(id, batch);
                            }
                        })
                        .replaceWithVoid();
            }
        }
        return read.chain(() -> found.isEmpty() ? Uni.createFrom().item(NextLines.NONE) : judge(tx, Map.copyOf(found)));
    }

    private Uni<NextLines> judge(Tx tx, Map<UUID, Batch> found) {
        var receivers = found.values().stream()
                .flatMap(batch -> batch.lines().stream().map(batch::receiver))
                .toList();
        var tenants = found.values().stream().map(Batch::tenantId).toList();
        var givings = found.values().stream()
                .flatMap(batch -> batch.givings().stream())
                .toList();
        return Uni.combine()
                .all()
                .unis(directory.look(tx, receivers), limits.look(tx, tenants))
                .asTuple()
                .chain(looked -> limits.lock(tx, looked.getItem2(), givings)
                        .map(judgements -> new NextLines(found, looked.getItem1(), judgements)));
    }

    private Uni<Void> begin(Tx tx, List<BatchShares.Share> shares, NextLines lines, Instant now) {
        var begun = Uni.createFrom().voidItem();
        for (var share : shares) {
            begun = begun.chain(() -> begin(tx, share, lines, now));
        }
        return begun.chain(() -> limits.save(tx, lines.judgements()));
    }

    private Uni<Void> begin(Tx tx, BatchShares.Share share, NextLines lines, Instant now) {
        var begun =
                switch (share.batch().mode()) {
                    case EACH -> beginNextLines(tx, share.batch().id(), lines, now);
                    case ALL_OR_NOTHING -> beginWhole(tx, share.batch().id(), now);
                };
        return begun.chain(() -> batches.turnTaken(tx, share.batch(), now));
    }

    private Uni<Void> beginWhole(Tx tx, UUID id, Instant now) {
        return batches.whole(tx, List.of(id)).chain(found -> {
            return begin(tx, List.of(found.get(id).whole(now)), now).chain(() -> batches.allBegun(tx, id));
        });
    }

    private Uni<Void> beginNextLines(Tx tx, UUID id, NextLines lines, Instant now) {
        var batch = lines.batches().get(id);
        return batch == null ? batches.allBegun(tx, id) : beginLines(tx, batch, lines, now);
    }

    private Uni<Void> beginLines(Tx tx, Batch batch, NextLines lines, Instant now) {
        var judgements = lines.judgements();
        var refused = BatchRefusals.of(batch, batch.ineligible(lines.members()), judgements);
        var given = new ArrayList<>(batch.lines());
        given.removeAll(
                refused.lines().stream().map(BatchRefusals.Refused::line).toList());
        var last = batch.lines().get(batch.lines().size() - 1);
        var awards = given.stream()
                .map(line -> batch.award(line, now).judged(judgements.count(line.distributionId(), batch.giving(line))))
                .toList();
        return begin(tx, awards, now)
                .chain(() -> batches.refuse(tx, batch.id(), refused.lines()))
                .chain(() -> batches.begunTo(tx, batch.id(), last.number()));
    }

    private Uni<Void> begin(Tx tx, List<Distribution> firsts, Instant now) {
        var changes = new Changes(now, Map.of());
        firsts.forEach(changes::begin);
        return distributions.write(tx, changes);
    }
}
