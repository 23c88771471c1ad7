package io.points.chaos;

import io.points.chaos.Operation.Kind;
import io.points.chaos.Operation.Manner;
import io.points.local.Service;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;

/** Forces the states that chance brings about too seldom, on a tenant on which nothing else happens. */
final class Rarities {

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final int TRIES = 5;

    private final Cluster cluster;
    private final Company company;
    private final Workload workload;
    private final Enquiries enquiries;
    private final Caller caller;
    /** One at a time: they use the same fault point. */
    private final Semaphore turn = new Semaphore(1);

    Rarities(Cluster cluster, Company company, Workload workload, Enquiries enquiries, Caller caller) {
        this.cluster = cluster;
        this.company = company;
        this.workload = workload;
        this.enquiries = enquiries;
        this.caller = caller;
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
