package io.points.chaos;

import io.points.chaos.Operation.Kind;
import io.points.chaos.Operation.Manner;
import io.points.e2e.Users;
import io.points.e2e.Users.User;
import io.points.local.Service;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** Everything that has to be there before the first award: users with tokens, tenants, members, filled pools. */
final class Scene {

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final long PAUSE_MILLIS = 200;

    private final Cluster cluster;
    private final Caller caller;
    private final Workload workload;

    Scene(Cluster cluster, Caller caller, Workload workload) {
        this.cluster = cluster;
        this.caller = caller;
        this.workload = workload;
    }

    void set(List<Company> companies) throws IOException {
        new Users(cluster.stack().keycloak())
                .add(companies.stream()
                        .flatMap(company -> Stream.of(
                                new User(company.manager(), company.managerId(), company.id(), "manager"),
                                new User(company.lead(), company.leadId(), company.id(), "lead")))
                        .toList());
        for (var company : companies) {
            expect(
                    201,
                    () -> caller.post(
                            "admin",
                            cluster.url(Service.ALLOCATION, 0) + "/api/platform/tenants",
                            company.id().toString(),
                            null,
                            Map.of(
                                    "tenant_id",
                                    company.id(),
                                    "name",
                                    "Chaos " + company.number(),
                                    "currency",
                                    "EUR",
                                    "price_per_point",
                                    "0.10")));
            enrol(company, company.leadId(), "lead");
            for (var employee : company.employees()) {
                enrol(company, employee, "employee");
            }
            var filled = new Operation(
                    Kind.ALLOCATION, company, company.leadId().toString(), null, company.points(), Manner.PATIENT);
            if (!workload.perform(filled).isCompleted()) {
                throw new IllegalStateException("The pool of " + company.id() + " was not filled.");
            }
        }
    }

    private void enrol(Company company, UUID user, String role) throws IOException {
        expect(
                200,
                () -> caller.put(
                        company.manager(),
                        cluster.url(Service.DISTRIBUTION, 0) + "/api/members/" + user,
                        Map.of("role", role)));
    }

    /** A request that can be repeated. */
    @FunctionalInterface
    private interface Request {
        Caller.Answer send() throws IOException;
    }

    /** Repeats what was answered 503: cold services are slow at first. */
    private static void expect(int status, Request request) throws IOException {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        var answer = request.send();
        while (answer.status() == 503 && System.nanoTime() - deadline < 0) {
            Waits.pause(PAUSE_MILLIS);
            answer = request.send();
        }
        if (answer.status() != status) {
            throw new IllegalStateException(status + " was expected, and came " + answer);
        }
    }
}
