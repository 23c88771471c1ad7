package io.points.bench;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** How long pages and sums take to read, one after the other. */
final class Reads {

    private static final int WARM_UP = 50;
    private static final int TIMES = 50;
    private static final double MICROS = 1_000.0;

    private final Client client;

    Reads(Client client) {
        this.client = client;
    }

    /** The median, in milliseconds. */
    double median(String url, String token) {
        for (int i = 0; i < WARM_UP; i++) {
            read(url, token);
        }
        var micros = new Histogram(3);
        for (int i = 0; i < TIMES; i++) {
            long began = System.nanoTime();
            read(url, token);
            micros.recordValue((System.nanoTime() - began) / 1_000);
        }
        return micros.getValueAtPercentile(50) / MICROS;
    }

    /** Where that page of a list is, found by turning all pages before it. */
    String page(String url, String token, int number) {
        var at = url;
        for (int i = 1; i < number; i++) {
            var next = read(at, token).getString("next_cursor");
            if (next == null) {
                throw new IllegalStateException(url + " has " + i + " pages only");
            }
            at = url + "&cursor=" + next;
        }
        return at;
    }

    private JsonObject read(String url, String token) {
        return Client.await(client.untilAvailable(() -> client.send(HttpMethod.GET, url, token, Map.of(), null)))
                .expect(200)
                .body()
                .toJsonObject();
    }
}
