package io.points.distribution.saga;

import io.points.distribution.member.Directory;
import io.points.messaging.contract.RefusalReason;
import io.points.messaging.outbox.Transactions;
import io.points.messaging.outbox.Tx;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Begins the distributions of batches, bit by bit, so that a large batch neither makes a large transaction nor queues
 * up before everybody else's awards. What is to be begun stands in the tables: whoever dies, another goes on.
 */
@ApplicationScoped
class BatchFeeder {

    private static final Logger LOG = Logger.getLogger(BatchFeeder.class);

    private static final int AT_A_TIME = 250;

    /** While as many sagas are open, for whatever request, single awards of batches wait. */
    private static final int MOST_OPEN = 1_000;

    /**
     * While all-or-nothing batches of as many receivers are open, the next one waits: their debits may be told together, and
     * one transaction then completes them all, in memory.
     */
    private static final int MOST_OPEN_OF_BATCHES = Batch.MOST_RECEIVERS;

    private static final long REST_MS = 25;
    private static final Duration LONGEST_ROUND = Duration.ofSeconds(20);

    private final Vertx vertx;
    private final Transactions transactions;
    private final Batches batches;
    private final Beginnings beginnings;
    private final Distributions distributions;
    private final Directory directory;

    /** How often it was woken since it last slept; 0: it sleeps. */
    private final AtomicInteger calls = new AtomicInteger();

    BatchFeeder(
            Vertx vertx,
            Transactions transactions,
            Batches batches,
            Beginnings beginnings,
            Distributions distributions,
            Directory directory) {
        this.vertx = vertx;
        this.transactions = transactions;
        this.batches = batches;
        this.beginnings = beginnings;
        this.distributions = distributions;
        this.directory = directory;
    }

    /** What a round leaves. */
    private enum Rest {
        /** No batch waits, or another instance sees to it. */
        NOTHING,
        /** Something waits until other sagas have ended. */
        NO_ROOM,
        /** Something waits and can go on at once. */
        MORE
    }

    /** Finds what is left over, by this instance or another. */
    @Scheduled(every = "${points.saga.sweep-every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void sweep() {
        wake();
    }

    /** There may be something to begin. */
    void wake() {
        if (calls.getAndIncrement() == 0) {
            round();
        }
    }

    private void round() {
        int heard = calls.get();
        transactions
                .write(this::feed)
                .ifNoItem()
                .after(LONGEST_ROUND)
                .fail()
                .subscribe()
                .with(
                        rest -> {
                            switch (rest) {
                                case MORE -> round();
                                case NO_ROOM -> vertx.setTimer(REST_MS, timer -> round());
                                case NOTHING -> sleep(heard);
                            }
                        },
                        failure -> {
                            LOG.warnf("Batches could not be begun; the next round will: %s", failure);
                            sleep(heard);
                        });
    }

    /** Unless it was called since the round began: that may have been too late for the round. */
    private void sleep(int heard) {
        if (!calls.compareAndSet(heard, 0)) {
            round();
        }
    }

    private Uni<Rest> feed(Tx tx) {
        var nothing = Uni.createFrom().item(Rest.NOTHING);
        return batches.takeTurn(tx)
                .chain(mine -> mine
                        ? batches.next(tx).chain(waiting -> waiting.isEmpty() ? nothing : begin(tx, waiting))
                        : nothing);
    }

    private Uni<Rest> begin(Tx tx, List<Batches.Waiting> waiting) {
        return batches.open(tx).chain(open -> {
            var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
            var begun = Uni.createFrom().item(Rest.NO_ROOM);
            for (var batch : waiting) {
                if (hasRoom(open, batch)) {
                    begun = begun.chain(() -> begin(tx, batch, now)).replaceWith(Rest.MORE);
                }
            }
            return begun;
        });
    }

    private static boolean hasRoom(Batches.Open open, Batches.Waiting batch) {
        return switch (batch.mode()) {
            case EACH -> open.single() < MOST_OPEN;
            case ALL_OR_NOTHING -> open.ofBatches() < MOST_OPEN_OF_BATCHES;
        };
    }

    private Uni<Void> begin(Tx tx, Batches.Waiting waiting, Instant now) {
        return switch (waiting.mode()) {
            case EACH -> beginNextLines(tx, waiting, now);
            case ALL_OR_NOTHING -> beginWhole(tx, waiting, now);
        };
    }

    private Uni<Void> beginWhole(Tx tx, Batches.Waiting waiting, Instant now) {
        return batches.whole(tx, List.of(waiting.id())).chain(found -> {
            var batch = found.get(waiting.id());
            var whole = batch.whole(State.REQUESTED);
            var said = Beginnings.Words.description(batch.description());
            return request(tx, List.of(new Beginnings.Begun(whole, said, now)))
                    .chain(() -> batches.allBegun(tx, batch.id()));
        });
    }

    private Uni<Void> beginNextLines(Tx tx, Batches.Waiting waiting, Instant now) {
        return batches.nextLines(tx, waiting.id(), AT_A_TIME)
                .chain(batch -> batch == null
                        ? batches.allBegun(tx, waiting.id())
                        : directory
                                .look(
                                        tx,
                                        batch.lines().stream()
                                                .map(batch::receiver)
                                                .toList())
                                .chain(members -> begin(tx, batch, members, now)));
    }

    private Uni<Void> begin(Tx tx, Batch batch, Map<Directory.Key, Directory.Standing> members, Instant now) {
        var refused = Eligibility.refused(batch, members);
        var eligible = new ArrayList<>(batch.lines());
        eligible.removeAll(refused);
        var last = batch.lines().get(batch.lines().size() - 1);
        return request(
                        tx,
                        eligible.stream().map(line -> batch.request(line, now)).toList())
                .chain(() -> batches.refuse(tx, batch.id(), refused, RefusalReason.RECEIVER_NOT_ELIGIBLE))
                .chain(() -> batches.begunTo(tx, batch.id(), last.number()));
    }

    private Uni<Void> request(Tx tx, List<Beginnings.Begun> begun) {
        for (var one : begun) {
            var changes = new Changes(Map.of());
            changes.request(one.distribution());
            distributions.send(tx, changes, one.at());
        }
        return beginnings.write(tx, begun);
    }
}
