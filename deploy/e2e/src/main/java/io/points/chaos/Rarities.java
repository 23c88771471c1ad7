package io.points.chaos;

import io.points.chaos.Approvers.Way;
import io.points.chaos.Operation.Kind;
import io.points.chaos.Operation.Manner;
import io.points.e2e.Books;
import io.points.local.Parallel;
import io.points.local.Service;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;

/** Forces the states that chance brings about too seldom, on a tenant on which nothing else happens. */
final class Rarities {

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Duration LONGEST_HOLD = Duration.ofSeconds(2);
    private static final Duration LONGEST_WAY_TO_A_WALLET = Duration.ofSeconds(10);
    private static final Duration LONGEST_LAPSE = Duration.ofSeconds(15);
    private static final int TRIES = 5;
    private static final int A_MONTH_AND_MORE = 33;
    private static final int LONGER_THAN_A_PROPOSAL = 9;
    private static final int LONGER_THAN_A_HOLD = 3;

    /** On this tenant, two people have to approve awards of more points. */
    static final long HELD_ABOVE = 900;

    private final Cluster cluster;
    private final Company company;
    private final Workload workload;
    private final Enquiries enquiries;
    private final Caller caller;
    private final Books books;
    /** One at a time: they use the same fault point. */
    private final Semaphore turn;

    Rarities(
            Cluster cluster,
            Company company,
            Workload workload,
            Enquiries enquiries,
            Caller caller,
            Books books,
            Semaphore turn) {
        this.cluster = cluster;
        this.company = company;
        this.workload = workload;
        this.enquiries = enquiries;
        this.caller = caller;
        this.books = books;
        this.turn = turn;
    }

    /**
     * The tenant's debits cannot be sent; their deadlines pass, and the cancels reach the pool first, which writes
     * tombstones. Then the debits arrive.
     */
    void lateDebit(Fault.LateDebit late) {
        turn.acquireUninterruptibly();
        try {
            var instances = cluster.instances(Service.DISTRIBUTION);
            instances.forEach(part -> part.arm("outbox-before-send", "fail DebitPool " + company.id()));
            var open = new ArrayList<Operation>();
            try {
                for (int i = 0; i < late.awards(); i++) {
                    var award = award(company.employees().get(10 + i));
                    if (workload.perform(award).isOpen()) {
                        open.add(award);
                    }
                }
                Waits.until(LONGEST, () -> open.stream().noneMatch(this::isOpen));
            } finally {
                instances.forEach(part -> part.disarm("outbox-before-send"));
            }
        } finally {
            turn.release();
        }
    }

    /** The consumers are held while an award is asked for and its receiver deactivated; then they go on. */
    void compensate() {
        turn.acquireUninterruptibly();
        try {
            var employee = company.employees().get(0);
            for (int i = 0; i < TRIES; i++) {
                var instances = cluster.instances(Service.DISTRIBUTION);
                instances.forEach(part -> part.arm("inbox-before-effect", "hold"));
                Operation award;
                try {
                    award = award(employee);
                    workload.perform(award);
                    turn(employee, false);
                } finally {
                    instances.forEach(part -> part.disarm("inbox-before-effect"));
                }
                Waits.until(LONGEST, () -> !isOpen(award));
                turn(employee, true);
                if (state(award).equals("COMPENSATED")) {
                    return;
                }
            }
        } finally {
            turn.release();
        }
    }

    /**
     * Points that lapse in a month are debited; the answer is held until that month is over. The debit is undone, the points are in
     * the pool again with a day that is over, and lapse.
     */
    void lapseInFlight() throws IOException {
        turn.acquireUninterruptibly();
        try {
            var employee = company.employees().get(1);
            for (int i = 0; i < TRIES; i++) {
                workload.perform(operation(Kind.ALLOCATION, null, 50));
                var instances = cluster.instances(Service.DISTRIBUTION);
                instances.forEach(part -> part.arm("inbox-before-effect", "hold"));
                var award = award(employee);
                try {
                    var id = workload.perform(award).id();
                    Waits.untilSeen(LONGEST_HOLD, () -> debited(id));
                    cluster.calendar().pass(A_MONTH_AND_MORE);
                } finally {
                    instances.forEach(part -> part.disarm("inbox-before-effect"));
                }
                Waits.until(LONGEST, () -> !isOpen(award));
                if (Waits.untilSeen(LONGEST_LAPSE, () -> lapsedAfterRefund(books) > 0)) {
                    return;
                }
            }
        } finally {
            turn.release();
        }
    }

    private boolean debited(String distribution) {
        return books.number(
                        Service.ALLOCATION,
                        "select count(*) from pool_debits where distribution_id = '" + distribution + "'")
                > 0;
    }

    /** Entries of pools by which points lapsed that had come back when their day was over already. */
    static long lapsedAfterRefund(Books books) {
        return books.number(Service.ALLOCATION, """
                select count(*) from pool_ledger e, unnest(e.lot_dates) as day where e.kind = 'expiry' and exists (
                    select from pool_ledger r where r.tenant_id = e.tenant_id and r.entry_number < e.entry_number
                    and r.kind in ('cancel', 'refund') and day = any(r.lot_dates) and day < (r.created_at at time zone 'UTC')::date)
                """);
    }

    /**
     * Clawbacks that take two people, one of which is rejected, withdrawn and approved each. About the last one nobody decides until
     * its seven days are over.
     */
    void decisions() throws IOException {
        // If days passed meanwhile, they would expire.
        cluster.calendar().whileItStands(() -> {
            cluster.calendar().level();
            for (int choice : new int[] {Workload.REJECTS, Workload.WITHDRAWS, Workload.APPROVES}) {
                workload.perform(new Operation(
                        Kind.CLAWBACK, company, keyFor(choice), null, company.points() * 6 / 10, Manner.PATIENT));
            }
        });
        // Most of what is left.
        var forgotten = operation(Kind.CLAWBACK, null, company.points() * 3 / 10);
        var proposed = caller.untilDecided(() -> caller.post(
                forgotten.user(),
                cluster.url(Service.ALLOCATION, System.nanoTime()) + forgotten.path(),
                forgotten.key(),
                null,
                forgotten.body()));
        var proposal = proposed.text("proposal_id");
        cluster.calendar().pass(LONGER_THAN_A_PROPOSAL);
        Waits.untilSeen(
                LONGEST,
                () -> books.number(
                                Service.ALLOCATION,
                                "select count(*) from proposals where state = 'expired' and id = '" + proposal + "'")
                        > 0);
    }

    /**
     * Awards that two people have to approve: one is, one is rejected, one withdrawn, and of one the receiver can take it no more. About
     * the last one nobody decides until its time is over.
     */
    void holds() throws IOException {
        turn.acquireUninterruptibly();
        try {
            var approvers = workload.approvers();
            var employee = company.employees().get(3);
            // If days passed meanwhile, they would expire.
            cluster.calendar().whileItStands(() -> {
                cluster.calendar().level();
                for (var way : List.of(Way.TWO_YESES, Way.NO, Way.YES_AND_WITHDRAWAL)) {
                    approvers.decide(company, held(employee), way);
                }
                var left = company.employees().get(4);
                var late = held(left);
                turn(left, false);
                approvers.decide(company, late, Way.TWO_YESES);
                turn(left, true);
            });
            var forgotten = held(employee);
            cluster.calendar().pass(LONGER_THAN_A_HOLD);
            Waits.untilSeen(LONGEST, () -> count("id = '" + forgotten + "' and state = 'COMPENSATED'") > 0);
        } finally {
            turn.release();
        }
    }

    /** An award that waits; its id. */
    private String held(UUID employee) {
        for (int i = 0; i < TRIES; i++) {
            var id = workload.perform(operation(Kind.AWARD, employee, HELD_ABOVE + 1))
                    .id();
            if (id != null && Waits.untilSeen(LONGEST, () -> count("id = '" + id + "' and state = 'HELD'") > 0)) {
                return id;
            }
        }
        throw new IllegalStateException("an award that needs approval did not come to wait for it");
    }

    private long count(String distributions) {
        return books.number(Service.DISTRIBUTION, "select count(*) from distributions where " + distributions);
    }

    private static String keyFor(int choice) {
        String key;
        do {
            key = UUID.randomUUID().toString();
        } while (Workload.choice(key) != choice);
        return key;
    }

    /**
     * A batch is undone while somebody has one of its wallets; all instances are killed, the one that waits for the wallet among them.
     *
     * @return whether one was killed in the middle, and the batch was undone all the same
     */
    boolean killUndo() throws IOException {
        for (int i = 0; i < TRIES; i++) {
            var batch = operation(Kind.BATCH, company.employees().get(20), Operation.OF_A_BATCH);
            var id = workload.perform(batch).id();
            if (id != null && Waits.until(LONGEST, () -> state(batch).equals("COMPLETED")) && killUndo(batch, id)) {
                return true;
            }
        }
        return false;
    }

    private boolean killUndo(Operation batch, String id) {
        var parts = cluster.instances(Service.DISTRIBUTION);
        parts.forEach(part -> part.turn().acquireUninterruptibly());
        boolean waited = false;
        try (var rival = new Rival(cluster.stack().postgres(), company, batch.receiver())) {
            workload.perform(Operation.back(batch, id, UUID.randomUUID().toString(), Manner.ASYNC));
            waited = Waits.until(LONGEST_WAY_TO_A_WALLET, rival::isWaitedFor);
            parts.forEach(part -> part.process().kill());
        } catch (SQLException e) {
            // The server was killed: then that fault has taken this one's place.
        } finally {
            Parallel.all(parts.stream()
                    .<Runnable>map(part -> () -> cluster.revive(part))
                    .toList());
            parts.forEach(part -> part.turn().release());
        }
        return waited
                && Waits.untilSeen(
                        LONGEST,
                        () -> books.number(
                                        Service.DISTRIBUTION,
                                        "select count(*) from batch_undos where state = 'UNDONE' and batch_id = '" + id
                                                + "'")
                                > 0);
    }

    private Operation operation(Kind kind, UUID receiver, long amount) {
        return new Operation(kind, company, UUID.randomUUID().toString(), receiver, amount, Manner.PATIENT);
    }

    private Operation award(UUID employee) {
        return new Operation(Kind.AWARD, company, UUID.randomUUID().toString(), employee, 7, Manner.ASYNC);
    }

    private boolean isOpen(Operation award) {
        var state = state(award);
        return state.equals("OPEN") || state.equals("UNKNOWN");
    }

    private String state(Operation award) {
        return enquiries.look(award).state();
    }

    private void turn(UUID employee, boolean active) {
        Waits.until(LONGEST, () -> {
            try {
                var answer = caller.put(
                        company.manager(),
                        cluster.url(Service.DISTRIBUTION, System.nanoTime()) + "/api/members/" + employee,
                        Map.of("role", "employee", "active", active));
                return answer.status() == 200;
            } catch (IOException e) {
                return false;
            }
        });
    }
}
