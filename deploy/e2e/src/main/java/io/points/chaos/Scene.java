package io.points.chaos;

import io.points.chaos.Operation.Kind;
import io.points.chaos.Operation.Manner;
import io.points.e2e.Users;
import io.points.e2e.Users.User;
import io.points.local.Service;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Everything that has to be there before the first award: users with tokens, tenants, members, filled pools. */
final class Scene {

    private static final List<String> ZONES = List.of("UTC", "Asia/Kolkata", "America/New_York");
    private static final List<String> RHYTHMS = List.of("month", "week", "month", "week");
    private static final Map<String, String> A_MONTH = Map.of("after", "P30D");

    /** So little that it is met in each month of a run, and callers compete for what reversals free again. */
    private static final Map<String, Object> LIMIT =
            Map.of("id", "month", "of", "giver", "per", "month", "points", 60, "then", "refuse");

    /** Of two awards, about one. */
    private static final Map<String, Object> SECOND_PERSON = approval(5, 1);

    /** On the tenant of the rare states, only of what is held for them. */
    private static final Map<String, Object> TWO_MORE = approval(Rarities.HELD_ABOVE, 2);

    private final Cluster cluster;
    private final Caller caller;
    private final Workload workload;

    Scene(Cluster cluster, Caller caller, Workload workload) {
        this.cluster = cluster;
        this.caller = caller;
        this.workload = workload;
    }

    void set(Script script) throws IOException {
        var companies = script.companies();
        new Users(cluster.stack().keycloak())
                .add(companies.stream()
                        .flatMap(company -> Stream.concat(
                                Stream.of(
                                        new User(company.manager(), company.managerId(), company.id(), "manager"),
                                        new User(company.lead(), company.leadId(), company.id(), "lead")),
                                approvers(company)))
                        .toList());
        for (var company : companies) {
            caller.expect(
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
            // What the pool was filled with stays for ever; what comes later lapses.
            settings(
                    company,
                    company.equals(script.forced()) || company.equals(script.leaving()) ? "UTC" : zone(company));
            if (company.equals(script.forced())) {
                schedule(company, Map.of("every", "day", "catch_up", "newest"));
                policy(company, Map.of("earned", Map.of(), "rules", List.of(TWO_MORE)));
            } else {
                policy(
                        company,
                        Map.of(
                                "earned",
                                earned(company.number() == 2 ? "pool" : "nowhere"),
                                "rules",
                                rules(company, script)));
            }
            if (company.number() < RHYTHMS.size()) {
                schedule(company, Map.of("every", RHYTHMS.get(company.number()), "day", "1"));
            }
        }
    }

    private static String zone(Company company) {
        return ZONES.get(company.number() % ZONES.size());
    }

    private void settings(Company company, String zone) throws IOException {
        caller.expect(
                200,
                () -> caller.put(
                        "admin",
                        cluster.url(Service.ALLOCATION, 0) + "/api/platform/tenants/" + company.id() + "/settings",
                        Map.of("time_zone", zone, "pool_expires", A_MONTH)));
    }

    private static Map<String, Object> earned(String to) {
        return Map.of("expires", A_MONTH, "to", to, "notice_days", List.of(7));
    }

    private static List<Map<String, Object>> rules(Company company, Script script) {
        if (company.equals(script.limited())) {
            return List.of(LIMIT);
        }
        return company.equals(script.careful()) || company.equals(script.leaving())
                ? List.of(SECOND_PERSON)
                : List.of();
    }

    /** Longer than clocks of instances are apart. */
    private static Map<String, Object> approval(long above, int levels) {
        return Map.of(
                "id", "large", "of", "award", "points_above", above, "then", "approve", "levels", levels, "hours", 30);
    }

    private static Stream<User> approvers(Company company) {
        return IntStream.range(0, company.approverIds().size())
                .mapToObj(i -> new User(
                        company.approvers().get(i), company.approverIds().get(i), company.id(), "manager"));
    }

    private void policy(Company company, Map<String, Object> policy) throws IOException {
        caller.expect(
                200, () -> caller.put(company.manager(), cluster.url(Service.DISTRIBUTION, 0) + "/api/policy", policy));
    }

    private void schedule(Company company, Map<String, String> rhythm) throws IOException {
        var body = new HashMap<String, Object>(rhythm);
        body.putAll(Map.of(
                "tenant_id", company.id(),
                "name", "Refill",
                "mode", "add",
                "amount", 1_000,
                "currency", "EUR",
                "reference_note", "Chaos, {period}",
                "at", "00:05"));
        caller.expect(
                201,
                () -> caller.post(
                        "admin",
                        cluster.url(Service.ALLOCATION, 0) + "/api/platform/schedules",
                        "schedule-" + company.id(),
                        null,
                        body));
    }

    private void enrol(Company company, UUID user, String role) throws IOException {
        caller.expect(
                200,
                () -> caller.put(
                        company.manager(),
                        cluster.url(Service.DISTRIBUTION, 0) + "/api/members/" + user,
                        Map.of("role", role)));
    }
}
