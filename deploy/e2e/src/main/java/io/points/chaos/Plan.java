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
import io.points.chaos.Fault.Network.Suffering;
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
import io.points.contract.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Which faults a run injects, and after how many answered awards each. The same seed, kills and awards give the same
 * plan. Rare states are forced whatever the seed says, so that a valid run is not luck.
 */
record Plan(List<Scheduled> faults) {

    /** Where a crash is most instructive. */
    static final List<String> FAULT_POINTS = List.of(
            "inbox-after-commit",
            "outbox-after-send",
            "transaction-before-commit",
            "transaction-after-commit",
            "inbox-before-effect",
            "outbox-before-send");

    static final List<String> TOPICS = List.of(
            Topic.POOL_COMMANDS,
            Topic.POOL_EVENTS,
            Topic.ALLOCATION_ALERTS,
            Topic.WALLET_EVENTS,
            Topic.BILLING_ENTRIES,
            Topic.BILLING_PERIODS,
            Topic.AUDIT_CHECKPOINTS,
            Topic.AUDIT_ALERTS,
            Topic.AUDIT_COUNTS);

    private static final List<String> BALANCE_HOLDERS =
            List.of("allocation-service", "distribution-service", "allocation-service-2", "distribution-service-2");

    private static final List<String> SCHEDULERS = List.of("allocation-service", "allocation-service-2");

    private static final int FEWEST_KILLS = 6;

    /** Longer than points last, and than the notice of their end. */
    private static final int MONTH = 38;

    /** A fault, and after how many answered awards it comes. */
    record Scheduled(int afterAwards, Fault fault) {}

    /**
     * @param kills how many processes are killed, at least 6
     * @param awards over how many awards they are spread
     */
    static Plan of(long seed, int kills, int awards) {
        var random = new SplittableRandom(seed);
        var faults = new ArrayList<Fault>();
        for (int i = 0; i < kills; i++) {
            faults.add(kill(i, random));
        }
        faults.addAll(others(kills, random));
        shuffle(faults, random);
        var scheduled = new ArrayList<Scheduled>();
        for (int i = 0; i < faults.size(); i++) {
            // From 3 % to 90 % of the awards, so that each fault hits work and the last ones are followed by some.
            scheduled.add(new Scheduled((int) (awards * (0.03 + 0.87 * i / faults.size())), faults.get(i)));
        }
        return new Plan(List.copyOf(scheduled));
    }

    /** The first six kill each kind once: both balance holders, at two fault points, the broker, the database. */
    private static Fault kill(int number, SplittableRandom random) {
        return switch (number % 14) {
            case 0, 7 -> new Kill(pick(List.of("allocation-service", "allocation-service-2"), random));
            case 2, 6 -> new Kill(pick(List.of("distribution-service", "distribution-service-2"), random));
            case 1, 4, 8, 11 ->
                new Crash(
                        pick(BALANCE_HOLDERS, random),
                        FAULT_POINTS.get((number / 14 * 4 + number % 14 / 3) % FAULT_POINTS.size()));
            case 3, 9 -> new Kill("postgres");
            case 5 -> new Kill("kafka");
            case 10 -> new SmallPool(pick(BALANCE_HOLDERS, random));
            case 12 -> new Kill(pick(List.of("billing-service", "audit-service"), random));
            default -> new Kill(pick(BALANCE_HOLDERS, random));
        };
    }

    private static List<Fault> others(int kills, SplittableRandom random) {
        var faults = new ArrayList<Fault>(List.of(new LateDebit(5), new Compensate()));
        for (var topic : TOPICS) {
            faults.add(new Poison(topic, random.nextInt(100)));
        }
        faults.add(new Zombie("distribution-service", "inbox-after-commit"));
        faults.add(new Resend(Topic.POOL_COMMANDS, 60, random.nextLong()));
        faults.add(new Resend(Topic.POOL_EVENTS, 60, random.nextLong()));
        faults.add(new Network("postgres", Suffering.HALF_OPEN, 2_000));
        faults.add(new Freeze("keycloak", 6_000));
        faults.add(new WithdrawKey());
        faults.addAll(ofTime(kills, random));
        // In the shortest run these would take a third of the time; StalledSendersIT and IdentityOutagesTest have them
        // too.
        if (kills > FEWEST_KILLS) {
            faults.add(new LoseKeycloak(2_000));
            faults.add(new Stall("distribution-service", 400));
        }
        for (int i = 0; i < kills / 5; i++) {
            faults.add(other(i, random));
        }
        if (kills >= 50) {
            faults.add(new FullDisk(3_000));
        }
        return faults;
    }

    /** Months in steps, and what has to happen while they pass. */
    private static List<Fault> ofTime(int kills, SplittableRandom random) {
        var faults = new ArrayList<Fault>();
        for (int i = 0; i < 3 + kills / 20; i++) {
            faults.add(new Pass(MONTH));
        }
        faults.add(new SetBack(pick(BALANCE_HOLDERS, random)));
        faults.add(new TwoSchedulers(pick(SCHEDULERS, random), false));
        faults.add(new LapseInFlight());
        faults.add(new Decisions());
        faults.add(new Holds());
        faults.add(new KillUndo());
        faults.add(new CloseTenant(kills > FEWEST_KILLS));
        if (kills > FEWEST_KILLS) {
            faults.add(new TwoSchedulers(pick(SCHEDULERS, random), true));
        }
        return faults;
    }

    private static Fault other(int number, SplittableRandom random) {
        return switch (number % 14) {
            case 0 -> new Terminate(20);
            case 1 -> new Zombie(pick(BALANCE_HOLDERS, random), pick(FAULT_POINTS, random));
            case 2 -> new Slow(pick(BALANCE_HOLDERS, random), 300, 5_000);
            case 3 -> new Network("kafka", Suffering.CUT, 1_000);
            case 4 -> new Freeze("kafka", 5_000);
            case 5 -> new Resend(pick(TOPICS, random), 100, random.nextLong());
            case 6 -> new Network("postgres", Suffering.CUT, 1_000);
            case 7 -> new Freeze("postgres", 6_000);
            case 8 -> new Network("kafka", Suffering.HALF_OPEN, 3_000);
            case 9 -> new Poison(pick(TOPICS, random), random.nextInt(100));
            case 10 -> new Network("postgres", Suffering.DELAY, 3_000);
            case 11 -> new Network("kafka", Suffering.DELAY, 3_000);
            case 12 -> new LateDebit(8);
            default -> new Compensate();
        };
    }

    private static <T> T pick(List<T> of, SplittableRandom random) {
        return of.get(random.nextInt(of.size()));
    }

    private static void shuffle(List<Fault> faults, SplittableRandom random) {
        for (int i = faults.size() - 1; i > 0; i--) {
            var other = random.nextInt(i + 1);
            var fault = faults.get(i);
            faults.set(i, faults.get(other));
            faults.set(other, fault);
        }
    }
}
