package io.points.bench;

import io.points.e2e.Users;
import io.points.e2e.Users.User;
import io.points.local.Service;
import io.points.local.Stack;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** Everything that the workloads need: tenants, managers with tokens, members, filled pools. All of it over HTTP. */
final class Stage {

    /** As many members, and as many receivers of a batch, as one request may have. */
    static final int MOST_AT_ONCE = 10_000;

    private static final int AT_ONCE = 32;
    private static final long POINTS = 1_000_000_000L;

    private final Stack stack;
    private final Client client;
    private final Map<String, String> tokens = new HashMap<>();
    private final List<String> approvers = new ArrayList<>();

    Stage(Stack stack, Client client) {
        this.stack = stack;
        this.client = client;
    }

    /** Tenants, each member enrolled by itself, as every revision can. */
    void set(List<Company> companies) throws IOException {
        found(companies);
        for (var company : companies) {
            all(company.receivers(), receiver -> enrol(company, receiver));
        }
    }

    /** A tenant whose members are enrolled by the thousand. */
    void setLarge(Company company) throws IOException {
        found(List.of(company));
        for (var some : company.receivers(MOST_AT_ONCE)) {
            var members = new JsonArray();
            some.forEach(receiver -> members.add(
                    new JsonObject().put("user_id", receiver.toString()).put("role", "employee")));
            var headers = Map.of("Idempotency-Key", UUID.randomUUID().toString());
            var body = Buffer.buffer(new JsonObject().put("members", members).encode());
            Client.await(repeated(
                    () -> client.send(
                            HttpMethod.POST,
                            distribution("/api/members/batch"),
                            token(company.manager()),
                            headers,
                            body),
                    200));
        }
    }

    /** The tenant's first policy. */
    void policy(Company company, JsonObject policy) {
        Client.await(repeated(
                () -> client.send(
                        HttpMethod.PUT,
                        distribution("/api/policy"),
                        token(company.manager()),
                        Map.of("If-Match", "\"0\""),
                        Buffer.buffer(policy.encode())),
                200));
    }

    /** A manager who gives nothing, and can approve what others give. */
    void addApprover(Company company) throws IOException {
        new Users(stack.keycloak())
                .add(List.of(new User(company.approver(), UUID.randomUUID(), company.id(), "manager")));
        approvers.add(company.approver());
        refreshTokens(List.of(company));
    }

    private void found(List<Company> companies) throws IOException {
        new Users(stack.keycloak())
                .add(companies.stream()
                        .map(company -> new User(company.manager(), company.managerId(), company.id(), "manager"))
                        .toList());
        refreshTokens(companies);
        var allocation = stack.service(Service.ALLOCATION).url();
        all(companies, company -> post(allocation + "/api/platform/tenants", registration(company)));
        all(companies, company -> post(allocation + "/api/platform/allocations/allocate", allocation(company)));
    }

    /** Tokens live for 15 minutes. */
    void refreshTokens(List<Company> companies) {
        tokens.put("admin", "Bearer " + stack.keycloak().token("admin"));
        for (var company : companies) {
            tokens.put(company.manager(), "Bearer " + stack.keycloak().token(company.manager()));
        }
        approvers.forEach(user -> tokens.put(user, "Bearer " + stack.keycloak().token(user)));
    }

    /** A user's token, as the header has it. */
    String token(String user) {
        return tokens.get(user);
    }

    /** One point after the other for the tenants in turn. */
    Supplier<Award> awards(List<Company> companies) {
        var next = new int[1];
        return () -> {
            var company = companies.get(next[0]++ % companies.size());
            return company.award(tokens.get(company.manager()));
        };
    }

    private static JsonObject registration(Company company) {
        return new JsonObject()
                .put("tenant_id", company.id().toString())
                .put("name", company.manager())
                .put("currency", "EUR")
                .put("price_per_point", "0.10");
    }

    private static JsonObject allocation(Company company) {
        return new JsonObject()
                .put("tenant_id", company.id().toString())
                .put("amount", POINTS)
                .put("currency", "EUR")
                .put("reference_note", "For the year");
    }

    private Future<Void> post(String url, JsonObject body) {
        var headers = Map.of("Idempotency-Key", UUID.randomUUID().toString());
        return repeated(
                () -> client.send(HttpMethod.POST, url, tokens.get("admin"), headers, Buffer.buffer(body.encode())),
                Client.CREATED);
    }

    private Future<Void> enrol(Company company, UUID receiver) {
        var url = distribution("/api/members/" + receiver);
        var body = Buffer.buffer("{\"role\":\"employee\"}");
        return repeated(() -> client.send(HttpMethod.PUT, url, tokens.get(company.manager()), Map.of(), body), 200);
    }

    private String distribution(String path) {
        return stack.service(Service.DISTRIBUTION).url() + path;
    }

    private Future<Void> repeated(Supplier<Future<Client.Answer>> request, int expected) {
        return client.untilAvailable(request)
                .map(answer -> answer.expect(expected))
                .mapEmpty();
    }

    private interface Task<T> {
        Future<Void> start(T item);
    }

    private static <T> void all(List<T> items, Task<T> task) {
        Queue<T> queue = new ConcurrentLinkedQueue<>(items);
        var workers = new ArrayList<Future<?>>();
        for (int i = 0; i < AT_ONCE; i++) {
            workers.add(drain(queue, task));
        }
        Client.await(Future.all(workers));
    }

    private static <T> Future<Void> drain(Queue<T> queue, Task<T> task) {
        var item = queue.poll();
        return item == null ? Future.succeededFuture() : task.start(item).compose(x -> drain(queue, task));
    }
}
