package io.points.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;
import org.postgresql.Driver;

/** PostgreSQL on 127.0.0.1, as a child process on a data folder that is kept. */
public final class LocalPostgres extends LocalProcess {
    private static final String SUPERUSER = "postgres";
    private static final int MAX_CONNECTIONS = 200;

    private final boolean durable;
    private final Function<Path, PostgresAccount> accounts;
    private PostgresAccount account;

    /**
     * Describes a server; {@link #start()} makes its data folder if there is none.
     *
     * @param folder where its data and log are kept
     * @param port the port to listen on, 0 for any free one
     * @param durable whether a commit survives a power failure (fsync and all); without it, tests are faster
     */
    public LocalPostgres(Path folder, int port, boolean durable) {
        this(folder, port, durable, PostgresAccount::of);
    }

    /** @param accounts as whom to run a server with its data in that folder */
    LocalPostgres(Path folder, int port, boolean durable, Function<Path, PostgresAccount> accounts) {
        super("postgres", folder, port);
        this.durable = durable;
        this.accounts = accounts;
    }

    @Override
    void check() {
        super.check();
        account = accounts.apply(folder());
    }

    @Override
    void prepare() throws IOException {
        if (!Files.exists(data())) {
            initialise();
        }
        account.own(data());
        clearStalePidFile();
    }

    private void initialise() throws IOException {
        Path unfinished = folder().resolve("data.unfinished");
        Cache.delete(unfinished);
        account.own(Files.createDirectory(unfinished));
        Passwords.keptIn(passwordFile());
        Path password = Files.createTempFile(folder(), "password", "");
        Files.writeString(password, password());
        account.own(password);
        List<String> command = program("initdb");
        command.addAll(List.of(
                "--pgdata=" + unfinished,
                "--username=" + SUPERUSER,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8"));
        if (!durable) {
            command.add("--no-sync");
        }
        Shell.run(command, log());
        Files.delete(password);
        Files.move(unfinished, data(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** The server believes its old pid file whenever any process has that number now, so we look who it is. */
    private void clearStalePidFile() throws IOException {
        Path file = data().resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return;
        }
        long pid = Files.readString(file, StandardCharsets.ISO_8859_1)
                .lines()
                .findFirst()
                .filter(line -> line.matches("\\d{1,9}"))
                .map(Long::parseLong)
                .orElse(-1L);
        boolean ours = ProcessHandle.of(pid)
                .flatMap(process -> process.info().commandLine())
                .filter(line -> line.contains(data().toString()))
                .isPresent();
        if (ours) {
            throw new CannotStartException(
                    "PostgreSQL (process " + pid + ") of an earlier start still uses " + data() + ": stop it first.");
        }
        Files.delete(file);
    }

    @Override
    List<String> command() throws IOException {
        List<String> command = program("postgres");
        command.addAll(List.of("-D", data().toString(), "-p", Integer.toString(port())));
        List<String> settings = new ArrayList<>(List.of(
                "listen_addresses=" + host(),
                "unix_socket_directories=",
                "max_connections=" + MAX_CONNECTIONS,
                "timezone=UTC",
                "log_timezone=UTC"));
        String safety = durable ? "on" : "off";
        settings.add("fsync=" + safety);
        settings.add("synchronous_commit=" + safety);
        settings.add("full_page_writes=" + safety);
        settings.forEach(setting -> command.addAll(List.of("-c", setting)));
        return command;
    }

    private List<String> program(String name) throws IOException {
        List<String> command = new ArrayList<>(account.prefix());
        command.add(PostgresPrograms.folder().resolve("bin").resolve(name).toString());
        return command;
    }

    @Override
    boolean answers() throws SQLException {
        try (Connection connection = connect(superuserJdbcUrl())) {
            return connection.isValid(5);
        }
    }

    @Override
    String stopSignal() {
        return durable ? "INT" : "QUIT";
    }

    @Override
    Duration stopPatience() {
        return Duration.ofSeconds(30);
    }

    /** The JDBC URL of the superuser, password included, on the database {@code postgres}. */
    public String superuserJdbcUrl() {
        return jdbcUrl("postgres", SUPERUSER, password());
    }

    /** The JDBC URL of a login on a database, password included. */
    public String jdbcUrl(String database, String login, String password) {
        return "jdbc:postgresql://" + host() + ":" + port() + "/" + database + "?user=" + login + "&password="
                + password;
    }

    /** Connects without the driver manager, which knows no driver under some class loaders. */
    static Connection connect(String jdbcUrl) throws SQLException {
        return new Driver().connect(jdbcUrl, new Properties());
    }

    private Path data() {
        return folder().resolve("data");
    }

    private Path passwordFile() {
        return folder().resolve("superuser.properties");
    }

    private String password() {
        return Passwords.keptIn(passwordFile()).of(SUPERUSER);
    }
}
