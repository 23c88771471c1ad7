package io.points.chaos;

import io.points.local.CannotStartException;
import io.points.local.Clocks;
import io.points.local.LocalProcess;
import io.points.local.Parallel;
import io.points.local.Ports;
import io.points.local.Progress;
import io.points.local.Service;
import io.points.local.ServiceProcess;
import io.points.local.Stack;
import io.points.local.Wiring;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The system under test: the one-machine stack with two instances of the services that hold balances, everything behind
 * proxies, with short time-outs, and a supervisor that starts again what died.
 */
final class Cluster implements AutoCloseable {

    /** How long a consumer may be silent before its partitions go to another one. */
    static final long SESSION_MILLIS = 3_000;

    static final String USUAL_POOL = "8";
    static final String SMALL_POOL = "2";

    private static final long LOOK_EVERY_MILLIS = 200;

    private final Path folder;
    private final Ports ports;
    private final Stack stack;
    private final Proxy database;
    private final Proxy broker;
    private final Optional<Disk> disk;
    private final Clocks clocks;
    private final Calendar calendar;
    private final List<Part> parts = new ArrayList<>();
    private final Map<String, String> pools = new ConcurrentHashMap<>();
    private final List<String> endedByThemselves = new CopyOnWriteArrayList<>();
    private volatile boolean watching;

    Cluster(Path folder, Ports ports) throws IOException {
        this.folder = folder;
        this.ports = ports;
        clocks = new Clocks(folder);
        disk = Disk.at(folder.resolve("postgres"));
        stack = new Stack(folder, ports, Progress.SILENT, new ForFaults());
        database = new Proxy(databaseProxy(), ports.postgres());
        broker = new Proxy(brokerProxy(), brokerBehindProxy());
        var second = Map.of(Service.ALLOCATION, ports.base() + 85, Service.DISTRIBUTION, ports.base() + 86);
        for (var service : Service.values()) {
            add(stack.service(service));
            if (second.containsKey(service)) {
                add(stack.another(service.module() + "-2", service, second.get(service)));
            }
        }
        add(stack.kafka());
        add(stack.postgres());
        add(stack.keycloak());
        calendar = new Calendar(clocks, services().stream().map(Part::name).toList());
    }

    private int databaseProxy() {
        return ports.base() + 33;
    }

    private int brokerProxy() {
        return ports.base() + 94;
    }

    private int brokerBehindProxy() {
        return ports.base() + 95;
    }

    private void add(LocalProcess process) {
        parts.add(new Part(process, faultPoints(process.name())));
    }

    private Path faultPoints(String instance) {
        try {
            return Files.createDirectories(folder.resolve("fault-points").resolve(instance));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Proxies, short time-outs, and fault points that can be armed. */
    private final class ForFaults implements Wiring {
        @Override
        public List<String> brokerSettings() {
            return List.of(
                    "listeners=PLAINTEXT://127.0.0.1:%s,PROXIED://127.0.0.1:%s,CONTROLLER://127.0.0.1:%s"
                            .formatted(ports.kafka(), brokerBehindProxy(), ports.kafkaController()),
                    "advertised.listeners=PLAINTEXT://127.0.0.1:%s,PROXIED://127.0.0.1:%s"
                            .formatted(ports.kafka(), brokerProxy()),
                    "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,PROXIED:PLAINTEXT,CONTROLLER:PLAINTEXT",
                    "group.min.session.timeout.ms=1000");
        }

        @Override
        public Map<String, String> environment(String instance) {
            return Map.ofEntries(
                    Map.entry("POINTS_DB_PORT", Integer.toString(databaseProxy())),
                    Map.entry("POINTS_DB_POOL", pools.getOrDefault(instance, USUAL_POOL)),
                    Map.entry("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + brokerProxy()),
                    Map.entry("POINTS_KAFKA_SESSION_TIMEOUT_MS", Long.toString(SESSION_MILLIS)),
                    Map.entry("POINTS_KAFKA_HEARTBEAT_MS", "700"),
                    Map.entry("POINTS_INSTANCE", instance),
                    Map.entry("POINTS_SAGA_DEADLINE", "4S"),
                    Map.entry("POINTS_SAGA_RESEND_AFTER", "3S"),
                    Map.entry("POINTS_OIDC_KEYS_REFRESHED_EVERY", "3S"),
                    Map.entry(
                            "POINTS_FAULT_POINTS_FOLDER", faultPoints(instance).toString()),
                    // Short lives: what a better compiler gains is never earned back.
                    Map.entry("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1"),
                    Map.entry("POINTS_CLOCK_FILE", clocks.environment(instance).get("POINTS_CLOCK_FILE")),
                    // Months pass in a minute.
                    Map.entry("POINTS_EXPIRY_LOOK_EVERY", "1S"),
                    Map.entry("POINTS_SCHEDULES_LOOK_EVERY", "1S"),
                    Map.entry("POINTS_PROPOSALS_LOOK_EVERY", "1S"),
                    Map.entry("POINTS_CLOSINGS_LOOK_EVERY", "1S"));
        }
    }

    /** Starts everything, and from then on starts again whatever ends. */
    void start() {
        stack.start();
        for (var part : parts) {
            part.process().start();
        }
        watching = true;
        var watcher = new Thread(this::watch, "chaos-supervisor");
        watcher.setDaemon(true);
        watcher.start();
    }

    private void watch() {
        while (watching) {
            for (var part : parts) {
                if (part.turn().tryAcquire()) {
                    try {
                        if (watching && !part.process().alive()) {
                            endedByThemselves.add(part.name());
                            revive(part);
                        }
                    } finally {
                        part.turn().release();
                    }
                }
            }
            Waits.pause(LOOK_EVERY_MILLIS);
        }
    }

    /** Starts a part until it is up. */
    void revive(Part part) {
        while (true) {
            try {
                part.process().start();
                return;
            } catch (CannotStartException e) {
                if (!watching) {
                    return;
                }
                Waits.pause(LOOK_EVERY_MILLIS);
            }
        }
    }

    /** Stops all services in good order, does something, and starts them again. */
    void restartServices(Runnable between) {
        services().forEach(part -> part.turn().acquireUninterruptibly());
        sideBySide(part -> part.process().close());
        between.run();
        sideBySide(this::revive);
        services().forEach(part -> part.turn().release());
    }

    private void sideBySide(Consumer<Part> work) {
        Parallel.all(services().stream()
                .map(part -> (Runnable) () -> work.accept(part))
                .toList());
    }

    /** Ends every fault that may still be there, and sees that everything runs, and that all clocks show the same. */
    void calm() {
        database.delay(0);
        broker.delay(0);
        for (var part : parts) {
            part.turn().acquireUninterruptibly();
            try {
                Plan.FAULT_POINTS.forEach(part::disarm);
                revive(part);
            } finally {
                part.turn().release();
            }
        }
        calendar.toNoon();
    }

    /** The clocks of the instances. */
    Calendar calendar() {
        return calendar;
    }

    /** How many connections the instance's pool has from its next start on. */
    void pool(Part part, String connections) {
        pools.put(part.name(), connections);
    }

    /** Which parts ended though nobody had broken them. */
    List<String> endedByThemselves() {
        return List.copyOf(endedByThemselves);
    }

    Stack stack() {
        return stack;
    }

    Proxy database() {
        return database;
    }

    Proxy broker() {
        return broker;
    }

    Optional<Disk> disk() {
        return disk;
    }

    Part part(String name) {
        return parts.stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Every instance of a service. */
    List<Part> instances(Service service) {
        return parts.stream()
                .filter(part -> part.process() instanceof ServiceProcess process && process.service() == service)
                .toList();
    }

    List<Part> services() {
        return parts.stream()
                .filter(part -> part.process() instanceof ServiceProcess)
                .toList();
    }

    /** Where an instance of a service is reached; the number chooses which. */
    String url(Service service, long number) {
        var instances = instances(service);
        return ((ServiceProcess)
                        instances.get(Math.floorMod(number, instances.size())).process())
                .url();
    }

    @Override
    public void close() {
        watching = false;
        stack.close();
        try {
            database.close();
            broker.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            disk.ifPresent(Disk::close);
        }
    }
}
