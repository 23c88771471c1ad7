package io.points.chaos;

import static io.points.local.Service.ALLOCATION;
import static io.points.local.Service.DISTRIBUTION;

import io.points.chaos.Operation.Kind;
import io.points.chaos.Operation.Manner;
import io.points.e2e.Books;
import io.points.e2e.Differences;
import io.points.local.Service;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** A tenant leaves: two administrators close it, while its people go on as if nothing were the matter. */
final class Departure {

    private static final List<String> STEPS = List.of("proposed", "recalling", "waiting", "draining", "closed");
    private static final Duration LONGEST_STEP = Duration.ofSeconds(120);
    private static final int AWARDED = 10;
    private static final long PAUSE_MILLIS = 300;
    private static final int NOTICE_DAYS = 31;
    private static final String FAULT_POINT = "outbox-before-send";

    private final Cluster cluster;
    private final Company company;
    private final Workload workload;
    private final Caller caller;
    private final Books books;
    private final Semaphore turn;

    /** @param turn whoever has it uses the fault point */
    Departure(Cluster cluster, Company company, Workload workload, Caller caller, Books books, Semaphore turn) {
        this.cluster = cluster;
        this.company = company;
        this.workload = workload;
        this.caller = caller;
        this.books = books;
        this.turn = turn;
    }

    /**
     * From the proposal until the tenant is closed. When it is approved, awards are under way whose debits cannot be sent: they have to
     * be cancelled first.
     *
     * @param kills whether an instance is killed at each step
     * @return whether the closing had to wait for them
     * @throws IllegalStateException if it comes to no end
     */
    boolean close(boolean kills) throws IOException {
        boolean waited;
        var heard = new AtomicBoolean();
        var people = new Thread(() -> award(heard), "caller-of-the-tenant-that-leaves");
        var instances = cluster.instances(DISTRIBUTION);
        turn.acquireUninterruptibly();
        instances.forEach(part -> part.arm(FAULT_POINT, "fail DebitPool " + company.id()));
        try {
            people.start();
            cluster.calendar().whileItStands(() -> {
                // What it has waited for is told from the times of its entries.
                cluster.calendar().level();
                approve(propose());
                if (kills) {
                    kill(ALLOCATION);
                }
                Waits.untilSeen(LONGEST_STEP, this::isHeard);
            });
            waited = Waits.untilSeen(LONGEST_STEP, () -> waitedFor() > 0);
        } finally {
            heard.set(true);
            instances.forEach(part -> part.disarm(FAULT_POINT));
            turn.release();
            Waits.until(LONGEST_STEP, () -> !people.isAlive());
        }
        if (kills) {
            kill(DISTRIBUTION);
        }
        require("waiting");
        // By all clocks the promised day is over then.
        cluster.calendar().pass(NOTICE_DAYS + 2);
        if (kills) {
            kill(DISTRIBUTION);
            Waits.untilSeen(LONGEST_STEP, () -> hasReached("draining"));
            kill(ALLOCATION);
        }
        require("closed");
        return waited;
    }

    /** One after the other, until it is heard of that the tenant is closed: so there is always one under way. */
    private void award(AtomicBoolean heard) {
        for (int i = 0; !heard.get(); i++) {
            var employee = company.employees().get(10 + i % AWARDED);
            workload.perform(
                    new Operation(Kind.AWARD, company, UUID.randomUUID().toString(), employee, 7, Manner.ASYNC));
            Waits.pause(PAUSE_MILLIS);
        }
    }

    private boolean isHeard() {
        return books.number(
                        DISTRIBUTION, "select count(*) from tenant_closings where tenant_id = '" + company.id() + "'")
                > 0;
    }

    private String propose() throws IOException {
        var key = UUID.randomUUID().toString();
        return caller.expect(
                        202,
                        () -> caller.post(
                                "admin",
                                url() + "/close",
                                key,
                                null,
                                Map.of(
                                        "reason",
                                        "Chaos",
                                        "earned_until",
                                        cluster.calendar()
                                                .today()
                                                .plusDays(NOTICE_DAYS)
                                                .toString(),
                                        "unspent",
                                        "credit",
                                        "earned_then",
                                        "expire")))
                .text("closing_id");
    }

    private void approve(String closing) throws IOException {
        var key = UUID.randomUUID().toString();
        caller.expect(
                200,
                () -> caller.post(
                        Workload.SECOND_ADMIN,
                        cluster.url(ALLOCATION, System.nanoTime()) + "/api/platform/proposals/" + closing + "/approve",
                        key,
                        null,
                        Map.of()));
    }

    private void kill(Service service) {
        var part = cluster.instances(service).get(0);
        part.turn().acquireUninterruptibly();
        try {
            part.process().kill();
            cluster.revive(part);
        } finally {
            part.turn().release();
        }
    }

    private void require(String step) {
        if (!Waits.until(LONGEST_STEP, () -> hasReached(step))) {
            throw new IllegalStateException("a tenant that is being closed did not come to be " + step);
        }
    }

    private boolean hasReached(String step) {
        try {
            var answer = caller.get("admin", url() + "/closing");
            return answer.status() == 200 && STEPS.indexOf(answer.text("step")) >= STEPS.indexOf(step);
        } catch (IOException e) {
            return false;
        }
    }

    private String url() {
        return cluster.url(ALLOCATION, System.nanoTime()) + "/api/platform/tenants/" + company.id();
    }

    /** Distributions that were open when the closing began, and ended before it went on. */
    private long waitedFor() {
        return books.number(
                DISTRIBUTION,
                "select count(*) from distribution_logs l join tenant_closings c using (tenant_id) where c.tenant_id = '"
                        + company.id() + "' and l.state = 'CANCELLED' and l.created_at > c.heard_at");
    }

    Company company() {
        return company;
    }

    /** It has ended with everything at zero, in all books. */
    void check(Differences differences) {
        var of = " = '" + company.id() + "'";
        differences.same(
                "the tenant that left: its status and what its pool holds",
                "closed 0 0",
                String.join(
                        ", ",
                        books.texts(
                                ALLOCATION,
                                "select concat_ws(' ', status, points_allocation_balance, reserved) from tenants where id"
                                        + of)));
        differences.none(
                "wallets of the tenant that left with points in them",
                books.texts(DISTRIBUTION, "select user_id from wallets where balance <> 0 and tenant_id" + of));
        try {
            var statement = caller.expect(
                            200,
                            () -> caller.get(
                                    "finance",
                                    cluster.url(Service.BILLING, 0) + "/api/billing/statements/" + company.id()
                                            + "/final"))
                    .body();
            differences.same(
                    "the final statement: prepaid, in flight and liability at the end",
                    "0 0 0",
                    String.join(
                            " ",
                            statement.at("/closing/prepaid").asText(),
                            statement.at("/closing/in_flight").asText(),
                            statement.at("/closing/liability").asText()));
        } catch (IOException | IllegalStateException e) {
            differences.add("the tenant that left has no final statement: " + e);
        }
    }
}
