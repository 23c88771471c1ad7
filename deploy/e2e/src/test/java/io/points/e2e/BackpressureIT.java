package io.points.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.local.Service;
import io.points.local.Stack;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The database goes away under load: callers are told at once, and when it is back, all goes on by itself. */
@ExtendWith(SharedStack.class)
class BackpressureIT {

    private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("points.outage.seconds", 15));
    private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(60);
    private static final Duration LONGEST_RECOVERY = Duration.ofSeconds(30);
    private static final double LONGEST_ANSWER_SECONDS = 5;
    private static final double LONGEST_HEALTH_SECONDS = 2.5;
    private static final long MEGABYTE = 1 << 20;

    @Test
    void whenPostgresIsDead(Stack stack) throws Exception {
        outage(stack, "dead", () -> stack.postgres().kill(), () -> stack.postgres()
                .start());
    }

    /** It accepts connections and answers nothing: no call fails by itself. */
    @Test
    void whenPostgresIsFrozen(Stack stack) throws Exception {
        outage(stack, "frozen", () -> stack.postgres().suspend(), () -> stack.postgres()
                .resume());
    }

    private static void outage(Stack stack, String name, Runnable begin, Runnable end) throws Exception {
        var client = new Client(stack);
        var tenant = Tenant.ready(client, Tenant.TRITON, "triton-manager", 10, 1_000_000);
        var processes = pids(stack);
        long start = System.nanoTime();
        try (var probes = new Probes(stack);
                var pressure = new Pressure(stack, tenant)) {
            pressure.warmUp();
            pressure.start();
            Awaitility.await().atMost(LONGEST_WARM_UP).untilAsserted(() -> allIsWell(pressure, probes));
            begin.run();
            long from = System.nanoTime();
            pause(OUTAGE);
            long to = System.nanoTime();
            end.run();
            long back = System.nanoTime();
            Awaitility.await().atMost(LONGEST_RECOVERY).untilAsserted(() -> allIsWell(pressure, probes));
            long well = System.nanoTime();
            pressure.stop();
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> pressure.running() == 0);
            Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> nothingIsLeftOpen(client));

            var seen = pressure.seen();
            report(name, seen, probes, start, from, to, (well - back) / 1e9);
            everybodyWasToldInTime(seen, from, to);
            nothingBroke(seen);
            healthToldTheTruth(probes, start, from, to, well);
            memoryStayedBounded(probes, start, from, System.nanoTime());
            assertEquals(processes, pids(stack), "no service was started again");

            Awards.finish(new Awards(client)
                    .start(
                            seen.stream()
                                    .map(Pressure.Seen::order)
                                    .filter(Objects::nonNull)
                                    .toList(),
                            8));
        }
        var promises = new Promises(stack);
        promises.awaitRest();
        promises.check();
    }

    /** The last second's requests all succeeded, awards to their end, and everybody is ready. */
    private static void allIsWell(Pressure pressure, Probes probes) {
        long now = System.nanoTime();
        long before = now - Duration.ofMillis(1_500).toNanos();
        var last = pressure.seen().stream().filter(one -> one.sentAt() > before).toList();
        assertTrue(
                last.stream().anyMatch(one -> one.order() != null && one.status() == 201),
                () -> "no award came to its end: " + last);
        assertEquals(
                List.of(), last.stream().filter(one -> one.status() / 100 != 2).toList(), "failed just now");
        var ready = probes.between("ready", before, now);
        assertEquals(
                List.of(Service.values()),
                Arrays.stream(Service.values())
                        .filter(service ->
                                ready.stream().anyMatch(probe -> probe.service() == service && probe.status() == 200))
                        .toList());
    }

    private static void everybodyWasToldInTime(List<Pressure.Seen> seen, long from, long to) {
        var during = seen.stream()
                .filter(one -> one.sentAt() > from && one.sentAt() < to)
                .toList();
        assertFalse(during.isEmpty());
        assertEquals(
                List.of(),
                during.stream()
                        .filter(one -> one.status() != 503 && one.answeredAt() < to)
                        .toList(),
                "answered by a database that was away");
        assertEquals(
                List.of(),
                during.stream()
                        .filter(one -> one.seconds() > LONGEST_ANSWER_SECONDS)
                        .map(one -> String.format(
                                Locale.ROOT,
                                "after %.1f s: %s took %.1f s and got %d",
                                (one.sentAt() - from) / 1e9,
                                one.what(),
                                one.seconds(),
                                one.status()))
                        .toList(),
                "not answered in time");
    }

    /** Before, during and after: whoever asked has been answered, and not with an error of ours. */
    private static void nothingBroke(List<Pressure.Seen> seen) {
        assertEquals(
                List.of(),
                seen.stream()
                        .filter(one -> one.status() == 0
                                || one.status() >= 500 && !(one.status() == 503 && one.hasRetryAfter()))
                        .toList());
    }

    /** A request that the door never counted out would in the end close it for all. */
    private static void nothingIsLeftOpen(Client client) throws Exception {
        for (var service : Service.values()) {
            assertEquals(0, client.metric(service, "points_http_open_requests"), service::toString);
        }
    }

    private static void healthToldTheTruth(Probes probes, long start, long from, long to, long well) {
        for (var probe : probes.between("live", start, well)) {
            assertEquals(200, probe.status(), probe::toString);
            assertTrue(probe.seconds() < LONGEST_HEALTH_SECONDS, probe::toString);
        }
        // It may take a moment to be noticed.
        long noticed = from + Duration.ofSeconds(3).toNanos();
        for (var probe :
                probes.between("ready", noticed, to - Duration.ofSeconds(2).toNanos())) {
            assertEquals(503, probe.status(), probe::toString);
            assertTrue(probe.seconds() < LONGEST_HEALTH_SECONDS, probe::toString);
        }
    }

    private static void memoryStayedBounded(Probes probes, long start, long from, long end) {
        for (var service : Service.values()) {
            long before = probes.mostResidentBytes(service, start, from);
            long most = probes.mostResidentBytes(service, from, end);
            assertTrue(
                    most < 1.3 * before + 64 * MEGABYTE,
                    () -> service + " grew from " + before / MEGABYTE + " to " + most / MEGABYTE + " MB");
        }
    }

    private static Map<Service, Long> pids(Stack stack) {
        var pids = new EnumMap<Service, Long>(Service.class);
        for (var service : Service.values()) {
            assertTrue(stack.service(service).alive(), service::toString);
            pids.put(service, stack.service(service).pid());
        }
        return pids;
    }

    private static void report(
            String name, List<Pressure.Seen> seen, Probes probes, long start, long from, long to, double recovery) {
        var refused = seen.stream()
                .filter(one -> one.status() == 503 && one.sentAt() > from && one.sentAt() < to)
                .toList();
        System.out.printf(
                Locale.ROOT,
                "PostgreSQL %s for %d s: %d requests, %d got 503, the slowest after %.2f s; well again after %.1f s; slowest health %.2f s; MB before and at most: %s%n",
                name,
                OUTAGE.toSeconds(),
                seen.size(),
                refused.size(),
                refused.stream().mapToDouble(Pressure.Seen::seconds).max().orElse(0),
                recovery,
                Stream.of("live", "ready")
                        .flatMap(kind -> probes.between(kind, start, to).stream())
                        .mapToDouble(Probes.Probe::seconds)
                        .max()
                        .orElse(0),
                Arrays.stream(Service.values())
                        .map(service -> service.module() + " "
                                + probes.mostResidentBytes(service, start, from) / MEGABYTE + " "
                                + probes.mostResidentBytes(service, from, System.nanoTime()) / MEGABYTE)
                        .collect(Collectors.joining(", ")));
    }

    /** The outage's length is the point here, not a condition that is waited for. */
    private static void pause(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        Awaitility.await().atMost(time.plusSeconds(5)).until(() -> System.nanoTime() >= end);
    }
}
