package io.points.chaos;

import io.points.chaos.Operation.Kind;
import io.points.chaos.Operation.Manner;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** What is asked, in which order: the seed and the number of an operation decide all of it. */
final class Script {

    private static final int COMPANIES = 7;
    private static final long PRIME = 1_000_000_007L;
    private static final long PLENTY = 100_000_000L;
    private static final long SCANT = 4_000;
    private static final int LIMITED = 1;
    private static final int CAREFUL = 2;

    private final long seed;
    private final List<Company> companies = new ArrayList<>();

    /** A step of the workload: an operation, or something else that callers do. */
    sealed interface Step {
        /** A new operation. */
        record Ask(Operation operation) implements Step {}

        /** An earlier operation once more, with another body if it is to be refused. */
        record Repeat(int which, boolean otherBody) implements Step {}

        /**
         * What an earlier operation gave is taken back.
         *
         * @param ofBatch a whole batch
         * @param keys of each request for it; several come at the same time, and one is refused
         */
        record TakeBack(int which, boolean ofBatch, List<String> keys) implements Step {}

        /** A look at something of another tenant's. */
        record Peek(int which, Company by) implements Step {}

        /** Managers go through what waits for their approval. */
        record Decide(Company company) implements Step {}

        /** An employee is deactivated or activated. */
        record Turn(Company company, UUID employee, boolean active) implements Step {}
    }

    Script(long seed) {
        this.seed = seed;
        var random = new SplittableRandom(seed);
        for (int i = 0; i < COMPANIES; i++) {
            // The last is the one on which rare states are forced; the one before it leaves, and one more before is
            // often
            // out of points.
            companies.add(Company.of(i, i == COMPANIES - 3 ? SCANT : PLENTY, random));
        }
    }

    List<Company> companies() {
        return companies;
    }

    /** The tenant on which rare states are forced; nothing else happens to it. */
    Company forced() {
        return companies.get(COMPANIES - 1);
    }

    /** The tenant that is closed while its people go on. */
    Company leaving() {
        return companies.get(COMPANIES - 2);
    }

    /** The tenant whose people may give so much a month, and no more. */
    Company limited() {
        return companies.get(LIMITED);
    }

    /** The tenant in which managers decide, all the time, about what is more than a little. */
    Company careful() {
        return companies.get(CAREFUL);
    }

    Step step(long number) {
        // Started from a well mixed number each: two that begin a step apart would soon draw the same.
        var random = new SplittableRandom(new SplittableRandom(seed * PRIME + number).nextLong());
        var company = companies.get(random.nextInt(10) < 5 ? 0 : random.nextInt(COMPANIES - 1));
        int dice = random.nextInt(1_000);
        if (dice < 15) {
            return new Step.Repeat(random.nextInt(Integer.MAX_VALUE), dice < 5);
        }
        if (dice < 22) {
            return new Step.Peek(random.nextInt(Integer.MAX_VALUE), company);
        }
        if (dice < 32) {
            return new Step.Turn(company, pick(company.moody(), random), random.nextInt(3) > 0);
        }
        if (dice < 40) {
            return new Step.Decide(careful());
        }
        if (dice >= 940) {
            var keys = random.nextInt(4) > 0
                    ? List.of(Company.uuid(random).toString())
                    : List.of(
                            Company.uuid(random).toString(),
                            Company.uuid(random).toString());
            return new Step.TakeBack(random.nextInt(Integer.MAX_VALUE), dice >= 985, keys);
        }
        var kind = kind(dice);
        // Nobody decides any more about what was proposed of a tenant that is being closed.
        boolean isFutile = kind == Kind.CLAWBACK && company.equals(leaving());
        return new Step.Ask(operation(isFutile ? Kind.AWARD : kind, company, random));
    }

    private static Kind kind(int dice) {
        if (dice < 60) {
            return Kind.DELEGATION;
        }
        if (dice < 160) {
            return Kind.BUDGET_AWARD;
        }
        if (dice < 170) {
            return Kind.RETURN;
        }
        if (dice < 185) {
            return Kind.ALLOCATION;
        }
        if (dice < 193) {
            return Kind.CLAWBACK;
        }
        if (dice < 205) {
            return Kind.BATCH;
        }
        return dice < 260 ? Kind.RECOGNITION : Kind.AWARD;
    }

    private static Operation operation(Kind kind, Company company, SplittableRandom random) {
        long amount =
                switch (kind) {
                    case AWARD, RECOGNITION, BUDGET_AWARD -> 1 + random.nextInt(9);
                    case BATCH -> Operation.OF_A_BATCH * (1 + random.nextInt(9));
                    case DELEGATION -> 20 + random.nextInt(60);
                    case RETURN -> 1 + random.nextInt(30);
                    case ALLOCATION -> 1 + random.nextInt(500);
                    case CLAWBACK -> 1 + random.nextInt(2_000);
                    case REVERSAL, UNDO ->
                        throw new IllegalArgumentException(kind + " has the amount of what it takes back");
                };
        UUID receiver =
                switch (kind) {
                    case AWARD, BATCH, RECOGNITION, BUDGET_AWARD -> pick(company.employees(), random);
                    case DELEGATION -> company.leadId();
                    case RETURN, ALLOCATION, CLAWBACK, REVERSAL, UNDO -> null;
                };
        int manner = random.nextInt(100);
        return new Operation(
                kind,
                company,
                Company.uuid(random).toString(),
                receiver,
                amount,
                manner < 25 ? Manner.ASYNC : manner < 27 ? Manner.HANGS_UP : Manner.PATIENT);
    }

    private static UUID pick(List<UUID> of, SplittableRandom random) {
        return of.get(random.nextInt(of.size()));
    }
}
