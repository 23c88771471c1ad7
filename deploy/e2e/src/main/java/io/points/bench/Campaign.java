package io.points.bench;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One batch for receivers of a tenant, from its request until all of them are final. */
final class Campaign {

    private static final String PATH = "/api/allocations/award-points/batch";
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
        var headers = Map.of("Idempotency-Key", UUID.randomUUID().toString(), "Prefer", "respond-async");
        var accepted = Client.await(client.untilAvailable(
                () -> client.send(HttpMethod.POST, port, host, PATH, token, headers, Company.batch(mode, receivers))));
        accepted.expect(Client.ACCEPTED);
        var last = Client.await(follow(accepted.location(), token));
        long nanos = System.nanoTime() - began;
        if (last.body().toJsonObject().getLong("completed") != receivers.size()) {
            throw new IllegalStateException("Not everybody was awarded: " + last.body());
        }
        return receivers.size() * 1e9 / nanos;
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
