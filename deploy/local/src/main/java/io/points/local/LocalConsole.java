package io.points.local;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The web console on 127.0.0.1, as a child process. It keeps nothing but its log. */
public final class LocalConsole extends LocalProcess {
    static final String NAME = "console";

    /** Under which {@link Passwords} keeps what it proves itself to Keycloak with, and what encrypts its cookies. */
    private static final String SECRET = "console_client";

    private static final String COOKIE_KEY = "console_cookies";

    private final LocalKeycloak keycloak;
    private final Passwords passwords;
    private final Ports ports;

    /**
     * Describes one.
     *
     * @param folder where its log is kept
     * @param ports where it listens, and where the services do
     * @param keycloak who signs people in; has to run when the console starts
     * @param passwords where its secrets are kept
     */
    LocalConsole(Path folder, Ports ports, LocalKeycloak keycloak, Passwords passwords) {
        super(NAME, folder, ports.console());
        this.ports = ports;
        this.keycloak = keycloak;
        this.passwords = passwords;
    }

    @Override
    void check() {
        super.check();
        if (!Files.isRegularFile(jar())) {
            throw new CannotStartException("The console is not built: " + jar() + " is missing.");
        }
    }

    @Override
    void prepare() {
        ConsoleClient.provide(keycloak, passwords.of(SECRET), url());
    }

    @Override
    List<String> command() {
        return javaCommand();
    }

    /** What runs a console that has been packaged, within the memory that it is to have: 96 MiB of heap, 64 MiB of buffers. */
    public static List<String> javaCommand() {
        return List.of(
                Shell.java(),
                "-Xms32m",
                "-Xmx96m",
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:SharedArchiveFile=" + jar().resolveSibling("app-cds.jsa"),
                "-XX:MaxDirectMemorySize=64m",
                "-XX:+ExitOnOutOfMemoryError",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-jar",
                jar().toString());
    }

    /** Beside its jar: see {@link ServiceProcess#workingFolder()}. */
    @Override
    Path workingFolder() {
        return jar().getParent();
    }

    private static Path jar() {
        return Repository.root().resolve("console/target/quarkus-app/quarkus-run.jar");
    }

    @Override
    Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>(Map.of(
                "QUARKUS_HTTP_HOST", host(),
                "QUARKUS_HTTP_PORT", Integer.toString(port()),
                "POINTS_OIDC_ISSUER", keycloak.issuer(),
                "POINTS_CONSOLE_SECRET", passwords.of(SECRET),
                "POINTS_CONSOLE_COOKIE_KEY", passwords.of(COOKIE_KEY)));
        for (Service service : Service.values()) {
            environment.put("POINTS_CONSOLE_" + service.name(), ports.url(service));
        }
        return environment;
    }

    @Override
    boolean answers() throws Exception {
        return Http.status(URI.create(url() + "/q/health/ready")) == 200;
    }

    /** Where people open it, without a slash at the end. */
    public String url() {
        return url(ports);
    }

    /** Where the console of a stack on those ports is. */
    static String url(Ports ports) {
        return "http://" + Ports.HOST + ":" + ports.console();
    }
}
