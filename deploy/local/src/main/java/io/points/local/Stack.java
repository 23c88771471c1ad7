package io.points.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The whole system on one machine: PostgreSQL, Kafka, Keycloak and the four services, on a folder that keeps their data.
 * One stack at a time may use a folder.
 */
public final class Stack implements AutoCloseable {
    private final Path folder;
    private final Ports ports;
    private final Progress progress;
    private final Wiring wiring;
    private final Passwords passwords;
    private final LocalPostgres postgres;
    private final LocalKafka kafka;
    private final LocalKeycloak keycloak;
    private final Map<Service, ServiceProcess> services = new EnumMap<>(Service.class);
    private final List<LocalProcess> others = new CopyOnWriteArrayList<>();
    private NewFolder made;
    private FolderLock lock;
    private volatile boolean isUp;

    /**
     * Describes a stack; {@link #start()} starts it.
     *
     * @param folder where everything is kept, made if it is missing
     * @param ports where everything listens
     * @param progress who hears how it comes up
     */
    public Stack(Path folder, Ports ports, Progress progress) {
        this(folder, ports, progress, Wiring.USUAL);
    }

    /** A stack that is wired otherwise. */
    public Stack(Path folder, Ports ports, Progress progress, Wiring wiring) {
        this.folder = folder.toAbsolutePath().normalize();
        this.ports = ports;
        this.progress = progress;
        this.wiring = wiring;
        passwords = Passwords.keptIn(this.folder.resolve("passwords.properties"));
        postgres = new LocalPostgres(this.folder.resolve("postgres"), ports.postgres(), true);
        kafka = new LocalKafka(
                this.folder.resolve("kafka"),
                ports.kafka(),
                ports.kafkaController(),
                LocalKafka.HEAP,
                wiring.brokerSettings());
        keycloak = new LocalKeycloak(this.folder.resolve("keycloak"), ports.keycloak());
        for (Service service : Service.values()) {
            services.put(service, instance(service.module(), service, ports.of(service)));
        }
    }

    /**
     * Starts everything, as much at once as the order allows, and returns when all of it answers.
     *
     * @throws CannotStartException the first failure; everything is stopped again then
     */
    public void start() {
        claim();
        try {
            parts().forEach(LocalProcess::check);
            CompletableFuture<Void> identity = Parallel.start(() -> start(keycloak));
            CompletableFuture<Void> database = Parallel.start(() -> {
                start(postgres);
                Databases.provision(postgres.superuserJdbcUrl(), passwords);
            });
            CompletableFuture<Void> broker = Parallel.start(() -> {
                start(kafka);
                Topics.provision(kafka.bootstrap());
            });
            Parallel.await(List.of(database, broker));
            List<CompletableFuture<Void>> last = new ArrayList<>(List.of(identity));
            services.values().forEach(service -> last.add(Parallel.start(() -> start(service))));
            Parallel.await(last);
            isUp = true;
        } catch (RuntimeException e) {
            AtExit.stop(parts());
            // Before the lock goes, or whoever waits for it would find their folder gone.
            made.removeIfUnused();
            close();
            throw e;
        }
    }

    /** Makes the folder and keeps other stacks off it until {@link #close()}; {@link #start()} does so otherwise. */
    void claim() {
        if (lock == null) {
            made = NewFolder.at(folder);
            lock = FolderLock.take(folder);
        }
    }

    private void start(LocalProcess part) {
        progress.starting(part);
        if (part == keycloak && !KeycloakProgram.isReady()) {
            progress.note("keycloak is unpacked and built first, once on this machine");
        }
        part.start(progress::launched);
        progress.up(part);
    }

    /**
     * One more instance of a service beside the first one, not started yet; {@link #close()} stops it too.
     *
     * @param name its name, different from all others in this stack
     * @param service which service
     * @param port its HTTP port, 0 for any free one
     */
    public ServiceProcess another(String name, Service service, int port) {
        ServiceProcess another = instance(name, service, port);
        others.add(another);
        return another;
    }

    /**
     * Another Quarkus application beside the services, not started yet; {@link #close()} stops it too.
     *
     * @param name its name, different from all others in this stack
     * @param jar the application, as its build has left it
     * @param environment what it finds in its environment
     */
    public QuarkusProcess beside(String name, Path jar, Map<String, String> environment) {
        QuarkusProcess beside = new QuarkusProcess(name, jar, folder.resolve(name), 0, () -> environment);
        others.add(beside);
        return beside;
    }

    /**
     * Prometheus beside the started stack; {@link #close()} stops it too.
     *
     * @throws CannotStartException if it cannot be had or does not start; the stack goes on without it
     */
    public LocalPrometheus observe() {
        String program = PrometheusProgram.find();
        LocalPrometheus prometheus = new LocalPrometheus(folder.resolve("prometheus"), ports, program);
        start(prometheus);
        others.add(prometheus);
        return prometheus;
    }

    /**
     * The web console beside the started stack; {@link #close()} stops it too.
     *
     * @throws CannotStartException if it does not start; the stack goes on without it
     */
    public LocalConsole console() {
        LocalConsole console = new LocalConsole(folder.resolve("console"), ports, keycloak, passwords);
        start(console);
        others.add(console);
        return console;
    }

    private ServiceProcess instance(String name, Service service, int port) {
        return new ServiceProcess(name, service, folder.resolve(name), port, () -> environmentOf(service), wiring);
    }

    /** What a service has to find in its environment to reach this stack, its own port apart. */
    public Map<String, String> environmentOf(Service service) {
        Map<String, String> environment = new TreeMap<>(Map.of(
                "POINTS_DB_HOST", postgres.host(),
                "POINTS_DB_PORT", Integer.toString(postgres.port()),
                "POINTS_DB_OWNER_PASSWORD", passwords.of(service.ownerLogin()),
                "POINTS_DB_APP_PASSWORD", passwords.of(service.appLogin()),
                "KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrap(),
                "POINTS_OIDC_ISSUER", keycloak.issuer()));
        if (!isUp) {
            // Keycloak starts beside it, and takes longer; later on, a service is better without its keys than not
            // there.
            environment.put("POINTS_WARM_UP_LIMIT", "120S");
        }
        if (service == Service.AUDIT) {
            AuditKeys keys = AuditKeys.keptIn(folder.resolve("audit-keys"));
            environment.put("POINTS_AUDIT_SIGNING_KEY", keys.signingKey());
            environment.put("POINTS_AUDIT_PUBLIC_KEYS", keys.publicKeys());
            // A person who tries it out looks at the reconciliation at once.
            environment.put("POINTS_COUNTS_EVERY", "1S");
        }
        return environment;
    }

    /** The database server. */
    public LocalPostgres postgres() {
        return postgres;
    }

    /** The broker. */
    public LocalKafka kafka() {
        return kafka;
    }

    /** The identity provider. */
    public LocalKeycloak keycloak() {
        return keycloak;
    }

    /** The first instance of a service. */
    public ServiceProcess service(Service service) {
        return services.get(service);
    }

    /** The passwords of the database logins. */
    public Passwords passwords() {
        return passwords;
    }

    /** Where everything is kept. */
    public Path folder() {
        return folder;
    }

    /** Where everything listens. */
    public Ports ports() {
        return ports;
    }

    /** All parts, what others need first. */
    public List<LocalProcess> parts() {
        List<LocalProcess> parts = new ArrayList<>(List.of(postgres, kafka, keycloak));
        parts.addAll(services.values());
        parts.addAll(others);
        return parts;
    }

    /** Stops everything, the services first; the data stays. */
    @Override
    public void close() {
        AtExit.stop(parts());
        isUp = false;
        if (lock != null) {
            lock.close();
            lock = null;
        }
    }
}
