package io.points.e2e;

import io.points.local.Service;
import io.points.local.ServiceProcess;
import io.points.local.Stack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Asks all services twice a second whether they live and whether they are ready, and notes their memory. */
final class Probes implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2 * Service.values().length);
    private final Queue<Probe> seen = new ConcurrentLinkedQueue<>();

    /** @param status 0 if there was no answer */
    record Probe(Service service, String kind, long sentAt, int status, double seconds, long residentBytes) {}

    Probes(Stack stack) {
        for (var service : Service.values()) {
            for (var kind : List.of("live", "ready")) {
                clock.scheduleWithFixedDelay(
                        () -> seen.add(ask(stack.service(service), kind)), 0, 500, TimeUnit.MILLISECONDS);
            }
        }
    }

    private Probe ask(ServiceProcess process, String kind) {
        var request = HttpRequest.newBuilder(URI.create(process.url() + "/q/health/" + kind))
                .timeout(PATIENCE)
                .build();
        long sentAt = System.nanoTime();
        int status = 0;
        try {
            status = http.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            // There was no answer: 0.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        double seconds = (System.nanoTime() - sentAt) / 1e9;
        return new Probe(process.service(), kind, sentAt, status, seconds, process.residentBytes());
    }

    /** Those of one kind that were sent between the two times. */
    List<Probe> between(String kind, long from, long to) {
        return seen.stream()
                .filter(probe -> probe.kind().equals(kind) && probe.sentAt() >= from && probe.sentAt() <= to)
                .toList();
    }

    /** The most that a service held at any time between the two. */
    long mostResidentBytes(Service service, long from, long to) {
        return between("live", from, to).stream()
                .filter(probe -> probe.service() == service)
                .mapToLong(Probe::residentBytes)
                .max()
                .orElse(0);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
