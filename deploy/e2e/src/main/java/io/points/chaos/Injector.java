package io.points.chaos;

import io.points.chaos.Fault.CloseTenant;
import io.points.chaos.Fault.Compensate;
import io.points.chaos.Fault.Crash;
import io.points.chaos.Fault.Decisions;
import io.points.chaos.Fault.Freeze;
import io.points.chaos.Fault.FullDisk;
import io.points.chaos.Fault.Holds;
import io.points.chaos.Fault.Kill;
import io.points.chaos.Fault.KillUndo;
import io.points.chaos.Fault.LapseInFlight;
import io.points.chaos.Fault.LateDebit;
import io.points.chaos.Fault.LoseKeycloak;
import io.points.chaos.Fault.Network;
import io.points.chaos.Fault.Pass;
import io.points.chaos.Fault.Poison;
import io.points.chaos.Fault.Resend;
import io.points.chaos.Fault.SetBack;
import io.points.chaos.Fault.Slow;
import io.points.chaos.Fault.SmallPool;
import io.points.chaos.Fault.Stall;
import io.points.chaos.Fault.Terminate;
import io.points.chaos.Fault.TwoSchedulers;
import io.points.chaos.Fault.WithdrawKey;
import io.points.chaos.Fault.Zombie;
import io.points.e2e.Books;
import io.points.local.ServiceProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Brings the plan's faults about, some at a time. Whoever breaks a part mends it, within the same turn, so that no
 * two faults of one part get into each other's way; faults of different parts overlap.
 */
final class Injector {

    private static final int NOT_ALONE = -1;
    private static final Duration LONGEST_WAY_TO_A_FAULT_POINT = Duration.ofSeconds(8);
    private static final int MOST_FREEZES = 4;
    private static final Duration LONGEST_STALL = Duration.ofSeconds(20);
    private static final Duration LONGEST_ROUNDS = Duration.ofSeconds(15);
    private static final Duration LONGEST_RECOVERY = Duration.ofSeconds(120);

    private final Cluster cluster;
    private final History history;
    private final Tally tally;
    private final Rarities rarities;
    private final Planted planted;
    private final Groups groups;
    private final Schedulers schedulers;
    private final Departure departure;
    private final Identities identities;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger active = new AtomicInteger();
    private final AtomicInteger begun = new AtomicInteger();
    private final Semaphore atOnce;

    /** @param atOnce how many faults there are at once at most */
    Injector(
            Cluster cluster,
            History history,
            Tally tally,
            Rarities rarities,
            Schedulers schedulers,
            Departure departure,
            Identities identities,
            int atOnce) {
        this.cluster = cluster;
        this.history = history;
        this.tally = tally;
        this.rarities = rarities;
        this.schedulers = schedulers;
        this.departure = departure;
        this.identities = identities;
        this.atOnce = new Semaphore(atOnce);
        planted = new Planted(cluster.stack().kafka().bootstrap());
        groups = new Groups(cluster.stack().kafka().bootstrap());
    }

    /**
     * Injects all of the plan, each fault when its time has come; returns when the last one is mended, or when nothing
     * moves any more.
     */
    void run(Plan plan) {
        for (var scheduled : plan.faults()) {
            if (!history.awaitAwards(scheduled.afterAwards())) {
                break;
            }
            atOnce.acquireUninterruptibly();
            active.incrementAndGet();
            begun.incrementAndGet();
            threads.execute(() -> {
                try {
                    inject(scheduled.fault());
                } catch (IOException | RuntimeException e) {
                    tally.failure(scheduled.fault() + " could not be injected: " + e);
                } finally {
                    active.decrementAndGet();
                    atOnce.release();
                }
            });
        }
        threads.shutdown();
        try {
            if (!threads.awaitTermination(5, TimeUnit.MINUTES)) {
                tally.failure("the last faults did not come to an end within 5 minutes");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void inject(Fault fault) throws IOException {
        if (fault instanceof Kill kill) {
            during(kill.part(), part -> kill(part, fault.kind()));
        } else if (fault instanceof Crash crash) {
            during(crash.part(), part -> crash(part, crash));
        } else if (fault instanceof SmallPool small) {
            during(small.part(), part -> {
                cluster.pool(part, Cluster.SMALL_POOL);
                kill(part, fault.kind());
                cluster.pool(part, Cluster.USUAL_POOL);
            });
        } else {
            if (fault instanceof Fault.OfTime ofTime) {
                pass(ofTime);
            } else {
                disturb(fault);
            }
            tally.injected(fault.kind());
        }
    }

    private void pass(Fault.OfTime fault) throws IOException {
        if (fault instanceof Pass pass) {
            cluster.calendar().pass(pass.days());
            new Rounds(cluster.calendar(), new Books(cluster.stack())).await(LONGEST_ROUNDS);
        } else if (fault instanceof SetBack back) {
            during(back.part(), part -> {
                cluster.calendar().setBack(part.name());
                part.process().kill();
                cluster.revive(part);
            });
        } else if (fault instanceof TwoSchedulers two) {
            during(two.part(), part -> {
                if (schedulers.meet(part, two.dies())) {
                    tally.met(Rarity.RUN_FOUND_DONE);
                }
            });
        } else if (fault instanceof LapseInFlight) {
            rarities.lapseInFlight();
        } else if (fault instanceof Decisions) {
            rarities.decisions();
        } else if (fault instanceof Holds) {
            rarities.holds();
        } else if (fault instanceof CloseTenant close) {
            if (departure.close(close.killing())) {
                tally.met(Rarity.CLOSING_WAITED);
            }
        }
    }

    private void disturb(Fault fault) throws IOException {
        if (fault instanceof Zombie zombie) {
            during(zombie.part(), part -> wakeTooLate(part, zombie.faultPoint()));
        } else if (fault instanceof Freeze freeze) {
            during(freeze.part(), part -> freeze(part, freeze.milliseconds()));
        } else if (fault instanceof LoseKeycloak lose) {
            during("keycloak", part -> identities.lose(part, lose.milliseconds()));
        } else if (fault instanceof WithdrawKey) {
            during("keycloak", part -> identities.withdraw());
        } else if (fault instanceof Slow slow) {
            during(slow.part(), part -> {
                part.arm("inbox-before-effect", "slow " + slow.delayMillis());
                Waits.pause(slow.milliseconds());
                part.disarm("inbox-before-effect");
            });
        } else if (fault instanceof Network network) {
            suffer(network);
        } else if (fault instanceof Terminate terminate) {
            new Sessions(cluster.stack().postgres()).terminate(terminate.times());
        } else if (fault instanceof Resend resend) {
            planted.resend(resend);
        } else if (fault instanceof Poison poison) {
            planted.poison(poison);
        } else if (fault instanceof FullDisk full) {
            during("postgres", part -> fill(part, full));
        } else if (fault instanceof LateDebit late) {
            rarities.lateDebit(late);
        } else if (fault instanceof Stall stall) {
            during(stall.part(), part -> stall((ServiceProcess) part.process(), stall.senders()));
        } else if (fault instanceof Compensate) {
            rarities.compensate();
        } else if (fault instanceof KillUndo) {
            if (rarities.killUndo()) {
                tally.met(Rarity.UNDO_KILLED);
            }
        }
    }

    private void freeze(Part part, long milliseconds) {
        if (part.name().equals("keycloak")) {
            identities.freeze(part, milliseconds);
            return;
        }
        part.process().suspend();
        Waits.pause(milliseconds);
        part.process().resume();
    }

    /** What is done to a part while nothing else is. */
    @FunctionalInterface
    private interface Doing {
        void to(Part part) throws IOException;
    }

    private void during(String name, Doing doing) throws IOException {
        var part = cluster.part(name);
        part.turn().acquireUninterruptibly();
        try {
            doing.to(part);
        } finally {
            part.turn().release();
        }
    }

    private void kill(Part part, String kind) {
        if (!part.process().alive()) {
            cluster.revive(part);
        }
        int begunBefore = begun.get();
        boolean alone = active.get() == 1;
        part.process().kill();
        recover(part, kind, System.nanoTime(), alone ? begunBefore : NOT_ALONE);
    }

    /** Dies where the code is most at risk; where it does not come by in time, it is killed as it stands. */
    private void crash(Part part, Crash crash) {
        part.arm(crash.faultPoint(), "halt");
        int begunBefore = begun.get();
        boolean alone = active.get() == 1;
        boolean met = Waits.until(
                LONGEST_WAY_TO_A_FAULT_POINT,
                () -> part.isHit(crash.faultPoint()) && !part.process().alive());
        long at = System.nanoTime();
        part.disarm(crash.faultPoint());
        if (met) {
            part.process().kill();
            recover(part, crash.kind(), at, alone ? begunBefore : NOT_ALONE);
        } else {
            kill(part, "kill -9 " + part.name().replaceFirst("-2$", ""));
        }
    }

    /**
     * The system is whole again when the part is up and an award asked for after that has come to its end.
     *
     * @param begunBefore how many faults had begun when the part died, or {@link #NOT_ALONE}
     */
    private void recover(Part part, String kind, long killedAt, int begunBefore) {
        cluster.revive(part);
        long up = System.nanoTime();
        if (!Waits.until(LONGEST_RECOVERY, () -> history.completedSince(up))) {
            tally.failure("no award was completed within 2 minutes after " + part.name() + " was up again");
        }
        tally.killed(kind, Duration.ofNanos(System.nanoTime() - killedAt), begun.get() == begunBefore);
    }

    /** Until it has come about: a fault of another part can keep work, or the partitions, from moving. */
    private void wakeTooLate(Part part, String faultPoint) {
        for (int i = 0; i < MOST_FREEZES; i++) {
            if (freeze(part, faultPoint)) {
                tally.zombie();
                return;
            }
        }
    }

    /**
     * Stops an instance between two steps, until its partitions are another's, and wakes it up.
     *
     * @return whether it stood between the steps, and its partitions had moved when it woke up
     */
    private boolean freeze(Part part, String faultPoint) {
        if (!part.process().alive()) {
            cluster.revive(part);
        }
        var group = part.name().replaceFirst("-2$", "");
        part.arm(faultPoint, "hold");
        boolean met = Waits.until(LONGEST_WAY_TO_A_FAULT_POINT, () -> part.isHit(faultPoint));
        part.process().suspend();
        part.disarm(faultPoint);
        boolean moved = Waits.until(Duration.ofSeconds(20), () -> groups.isWithout(group, part.name()));
        part.process().resume();
        return moved && met;
    }

    private void suffer(Network network) {
        var proxy = network.server().equals("kafka") ? cluster.broker() : cluster.database();
        switch (network.suffering()) {
            case DELAY -> {
                proxy.delay(100);
                Waits.pause(network.milliseconds());
                proxy.delay(0);
            }
            case CUT -> proxy.cut();
            case HALF_OPEN -> proxy.halfOpen();
        }
    }

    /** Work goes on beside them: that no award is lost or late is looked at as always. */
    private void stall(ServiceProcess service, int count) throws IOException {
        try (var senders = new StalledSenders(service, count)) {
            int held = senders.heldAfter(LONGEST_STALL);
            if (held > 0) {
                tally.failure(held + " stalled senders still held their connections after " + LONGEST_STALL);
            }
        }
    }

    private void fill(Part postgres, FullDisk full) throws IOException {
        if (cluster.disk().isEmpty()) {
            return;
        }
        cluster.disk().get().fill();
        Waits.pause(full.milliseconds());
        cluster.disk().get().free();
        if (!postgres.process().alive()) {
            cluster.revive(postgres);
        }
    }
}
