package io.points.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.points.chaos.Operation.Kind;
import io.points.chaos.Operation.Manner;
import io.points.local.LocalKeycloak;
import io.points.local.Service;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Everything that has to be there before the first award: users with tokens, tenants, members, filled pools. */
final class Scene {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final long PAUSE_MILLIS = 200;

    private final Cluster cluster;
    private final Caller caller;
    private final Workload workload;
    private final HttpClient http = HttpClient.newHttpClient();

    Scene(Cluster cluster, Caller caller, Workload workload) {
        this.cluster = cluster;
        this.caller = caller;
        this.workload = workload;
    }

    void set(List<Company> companies) throws IOException {
        importUsers(cluster.stack().keycloak(), companies);
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

    private void importUsers(LocalKeycloak keycloak, List<Company> companies) throws IOException {
        var users = new ArrayList<Map<String, Object>>();
        for (var company : companies) {
            users.add(user(company.manager(), company.managerId(), company.id(), "manager"));
            users.add(user(company.lead(), company.leadId(), company.id(), "lead"));
        }
        var answer = send(HttpRequest.newBuilder(URI.create(keycloak.url() + "/admin/realms/points/partialImport"))
                .header("Authorization", "Bearer " + administrator(keycloak))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        JSON.writeValueAsString(Map.of("ifResourceExists", "FAIL", "users", users)))));
        if (JSON.readTree(answer).path("added").asInt() != users.size()) {
            throw new IllegalStateException("Keycloak did not take the users: " + answer);
        }
    }

    private static Map<String, Object> user(String name, UUID id, UUID tenant, String role) {
        return Map.of(
                "id",
                id,
                "username",
                name,
                "enabled",
                true,
                "emailVerified",
                true,
                "email",
                name + "@example.com",
                "firstName",
                "Chaos",
                "lastName",
                name,
                "attributes",
                Map.of("tenant_id", List.of(tenant)),
                "credentials",
                List.of(Map.of("type", "password", "value", LocalKeycloak.DEMO_PASSWORD, "temporary", false)),
                "realmRoles",
                List.of(role));
    }

    private String administrator(LocalKeycloak keycloak) throws IOException {
        var form = "grant_type=password&client_id=admin-cli&username=" + LocalKeycloak.ADMINISTRATOR + "&password="
                + keycloak.administratorPassword();
        var answer =
                send(HttpRequest.newBuilder(URI.create(keycloak.url() + "/realms/master/protocol/openid-connect/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form)));
        return JSON.readTree(answer).path("access_token").asText();
    }

    private String send(HttpRequest.Builder request) throws IOException {
        try {
            return http.send(request.build(), BodyHandlers.ofString()).body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        }
    }
}
