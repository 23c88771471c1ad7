package io.points.bench;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One batch for receivers of a tenant, from its request until all of them are final. */
final class Campaign {

    private static final String PATH = "/api/allocations/award-points/batch";
    private static final String APPROVALS = "/api/approvals/";
    private static final long LOOK_EVERY_MILLIS = 50;

    private final Client client;
    private final String host;
    private final int port;

    Campaign(Client client, String host, int port) {
        this.client = client;
        this.host = host;
        this.port = port;
    }

    /**
     * Asks for it and looks until it is over.
     *
     * @return receivers per second
     * @throws IllegalStateException if anybody was refused
     */
    double run(List<UUID> receivers, String token, String mode) {
        long began = System.nanoTime();
        return perSecond(receivers, began, ask(receivers, token, mode), token);
    }

    /**
     * Asks for one by a single debit that needs another's approval, which it gets as soon as it waits for it.
     *
     * @return receivers per second, from the approval on
     * @throws IllegalStateException if anybody was refused
     */
    double approve(List<UUID> receivers, String token, String approver) {
        var asked = ask(receivers, token, Subject.ONE_DEBIT);
        var path = APPROVALS + asked.body().toJsonObject().getString("batch_id");
        Client.await(untilHeld(path, approver));
        long began = System.nanoTime();
        var headers = Map.of("Idempotency-Key", UUID.randomUUID().toString());
        Client.await(client.untilAvailable(
                        () -> client.send(HttpMethod.POST, port, host, path + "/approve", approver, headers, null)))
                .expect(200);
        return perSecond(receivers, began, asked, token);
    }

    private Client.Answer ask(List<UUID> receivers, String token, String mode) {
        var headers = Map.of("Idempotency-Key", UUID.randomUUID().toString(), "Prefer", "respond-async");
        return Client.await(client.untilAvailable(() ->
                        client.send(HttpMethod.POST, port, host, PATH, token, headers, Company.batch(mode, receivers))))
                .expect(Client.ACCEPTED);
    }

    private double perSecond(List<UUID> receivers, long since, Client.Answer asked, String token) {
        var last = Client.await(follow(asked.location(), token));
        long nanos = System.nanoTime() - since;
        if (last.body().toJsonObject().getLong("completed") != receivers.size()) {
            throw new IllegalStateException("Not everybody was awarded: " + last.body());
        }
        return receivers.size() * 1e9 / nanos;
    }

    private Future<Client.Answer> untilHeld(String path, String approver) {
        return client.vertx()
                .timer(LOOK_EVERY_MILLIS)
                .compose(x -> client.untilAvailable(
                        () -> client.send(HttpMethod.GET, port, host, path, approver, Map.of(), null)))
                .compose(answer -> answer.status() == 200
                                && answer.body()
                                        .toJsonObject()
                                        .getString("state")
                                        .equals("open")
                        ? Future.succeededFuture(answer)
                        : untilHeld(path, approver));
    }

    private Future<Client.Answer> follow(String location, String token) {
        return client.vertx()
                .timer(LOOK_EVERY_MILLIS)
                .compose(x -> client.untilAvailable(
                        () -> client.send(HttpMethod.GET, port, host, location, token, Map.of(), null)))
                .compose(answer -> answer.expect(200).body().toJsonObject().getLong("accepted") == 0
                        ? Future.succeededFuture(answer)
                        : follow(location, token));
    }
}
