package io.points.e2e;

import static io.points.local.Service.ALLOCATION;
import static io.points.local.Service.BILLING;
import static io.points.local.Service.DISTRIBUTION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.local.Databases;
import io.points.local.LocalPostgres;
import io.points.local.Ports;
import io.points.local.Progress;
import io.points.local.Stack;
import io.points.local.Wiring;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * The drill of docs/operations.md: billing-service's database is lost with its volume, and restored from a base backup and the
 * archived log on another server, while the other services go on. It says how much was lost and how long it took.
 */
class RestoreIT {
    /** In a cluster the log is archived every five minutes; here nobody has so long. */
    private static final Duration ARCHIVED_EVERY = Duration.ofSeconds(5);

    private static final Duration LONGEST_LOSS = ARCHIVED_EVERY.plusSeconds(10);
    private static final Duration LONGEST_RESTORE = Duration.ofMinutes(2);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final int ENTRIES_BETWEEN = 10;
    private static final int AWARDS = 10;
    private static final String ENTRIES = "select count(*) from platform_billing_logs";

    /** Billing has a server of its own, as in a cluster. */
    private final class BillingElsewhere implements Wiring {
        @Override
        public Map<String, String> environment(String instance) {
            return instance.equals(BILLING.module())
                    ? Map.of("POINTS_DB_PORT", Integer.toString(server.port()))
                    : Map.of();
        }
    }

    private final Path folder;
    private final Path archive;
    private LocalPostgres server;

    RestoreIT() throws IOException {
        folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "stack")), "restore")
                .toAbsolutePath();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        // The server may run as somebody else than we.
        archive = Files.createDirectory(folder.resolve("archive"));
        Files.setPosixFilePermissions(archive, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    @Test
    void oneDatabaseComesBackWhileTheOthersGoOn() throws Exception {
        var first = new LocalPostgres(folder.resolve("billing-db"), 0, true);
        var second = new LocalPostgres(folder.resolve("billing-db-2"), 0, true);
        server = first;
        var stack = new Stack(folder.resolve("stack"), Ports.free(), Progress.SILENT, new BillingElsewhere());
        try (first;
                second;
                stack) {
            first.start();
            archiveItsLog(first);
            Databases.provision(first.superuserJdbcUrl(), stack.passwords());
            stack.start();
            drill(stack, first, second);
        }
    }

    private void drill(Stack stack, LocalPostgres first, LocalPostgres second) throws Exception {
        var client = new Client(stack);
        var tenant = Tenant.ready(client, Tenant.TRITON, "triton-manager", 2, 1_000);
        try (var allocations = new Allocations(client, tenant)) {
            var lost = new Books(stack, Map.of(BILLING, first));
            awaitMoreEntries(lost);
            backUp(first, second.folder().resolve("data"));
            awaitMoreEntries(lost);
            long archived = awaitArchived(first, lost);
            awaitMoreEntries(lost);

            long written = lost.number(BILLING, ENTRIES);
            var lostAt = Instant.now();
            first.kill();
            stack.service(BILLING).close();
            delete(first.folder());

            int before = allocations.made();
            var awards = new Awards(client).start(Awards.orders(AWARDS, List.of(tenant)), 2);
            restore(second);
            server = second;
            var books = new Books(stack, Map.of(BILLING, second));
            var recoveredAfter = Duration.between(lostAt, Instant.now());
            var loss = Duration.between(lastCommit(second), lostAt);
            long recovered = books.number(BILLING, ENTRIES);
            readFromTheBeginning(stack);
            Awards.finish(awards);
            int meanwhile = allocations.made() - before;
            stack.service(BILLING).start();
            var serves = Duration.between(lostAt, Instant.now());

            awaitMoreEntries(books);
            allocations.finish();
            var promises = new Promises(stack, books);
            promises.awaitRest();
            var equal = Duration.between(lostAt, Instant.now());
            promises.check();
            assertEquals(allocations.made() + 1, books.number(BILLING, ENTRIES));
            assertEquals(
                    AWARDS, books.number(DISTRIBUTION, "select count(*) from distributions where state = 'COMPLETED'"));

            System.out.printf(
                    Locale.ROOT,
                    "Billing's database came back as of %.1f s before its loss, without %d of %d entries, which were read"
                            + " again: recovered after %.1f s, billing serves after %.1f s, books equal after %.1f s; meanwhile"
                            + " %d allocations and %d awards%n",
                    loss.toMillis() / 1e3,
                    written - recovered,
                    written,
                    recoveredAfter.toMillis() / 1e3,
                    serves.toMillis() / 1e3,
                    equal.toMillis() / 1e3,
                    meanwhile,
                    AWARDS);
            assertTrue(recovered >= archived, () -> recovered + " entries recovered, " + archived + " archived");
            assertTrue(recovered < written, "nothing was lost: this proves nothing");
            assertTrue(loss.compareTo(LONGEST_LOSS) < 0, loss::toString);
            assertTrue(serves.compareTo(LONGEST_RESTORE) < 0, serves::toString);
            assertTrue(meanwhile > 0, "allocation-service did not go on");
        }
    }

    /** Whoever allocates all the time, each allocation once. */
    private static final class Allocations implements AutoCloseable {
        private final ExecutorService thread = Executors.newSingleThreadExecutor();
        private final AtomicInteger made = new AtomicInteger();
        private final Future<?> all;
        private volatile boolean over;

        Allocations(Client client, Tenant tenant) {
            all = thread.submit(() -> {
                while (!over) {
                    var answer = client.post(
                            ALLOCATION,
                            "admin",
                            "/api/platform/allocations/allocate",
                            UUID.randomUUID().toString(),
                            Map.of(
                                    "tenant_id",
                                    tenant.id(),
                                    "amount",
                                    5,
                                    "currency",
                                    "INR",
                                    "reference_note",
                                    "Drill"));
                    assertEquals(201, answer.status(), answer::toString);
                    made.incrementAndGet();
                }
                return null;
            });
        }

        int made() {
            return made.get();
        }

        /** Ends them, and fails if one of them was not made. */
        void finish() throws Exception {
            over = true;
            all.get();
        }

        @Override
        public void close() {
            over = true;
            thread.shutdown();
        }
    }

    private static void awaitMoreEntries(Books books) {
        long before = books.number(BILLING, ENTRIES);
        Awaitility.await().atMost(LONGEST_WAIT).until(() -> books.number(BILLING, ENTRIES) >= before + ENTRIES_BETWEEN);
    }

    /** Waits until all that is there now is in the archive, and says how many entries those are. */
    private long awaitArchived(LocalPostgres server, Books books) throws SQLException {
        long entries = books.number(BILLING, ENTRIES);
        var segment = text(server, "select pg_walfile_name(pg_current_wal_lsn())");
        Awaitility.await().atMost(LONGEST_WAIT).until(() -> Files.exists(archive.resolve(segment)));
        return entries;
    }

    private void archiveItsLog(LocalPostgres server) throws SQLException {
        try (var connection = superuser(server);
                var statement = connection.createStatement()) {
            statement.execute("alter system set archive_mode = on");
            statement.execute("alter system set archive_timeout = " + ARCHIVED_EVERY.toSeconds());
            statement.execute("alter system set archive_command = 'cp \"%p\" \"" + archive + "/%f.part\" && mv \""
                    + archive + "/%f.part\" \"" + archive + "/%f\"'");
        }
        server.restart();
    }

    /** A base backup as PostgreSQL's manual has it, of the running server. */
    private static void backUp(LocalPostgres server, Path to) throws SQLException, IOException {
        try (var connection = superuser(server);
                var statement = connection.createStatement()) {
            statement.execute("select pg_backup_start('drill', true)");
            Files.createDirectories(to);
            Files.walkFileTree(
                    server.folder().resolve("data"), new Copy(server.folder().resolve("data"), to));
            try (var stopped = statement.executeQuery("select labelfile from pg_backup_stop(true)")) {
                stopped.next();
                Files.writeString(to.resolve("backup_label"), stopped.getString(1));
            }
        }
        Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwx------"));
        Files.copy(server.folder().resolve("superuser.properties"), to.resolveSibling("superuser.properties"));
    }

    /** All but the log, which is archived, and what belongs to the running process. What vanishes meanwhile is in the log. */
    private static final class Copy extends SimpleFileVisitor<Path> {
        private final Path from;
        private final Path to;

        Copy(Path from, Path to) {
            this.from = from;
            this.to = to;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            Files.createDirectories(to.resolve(from.relativize(folder)));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            var relative = from.relativize(file);
            if (!relative.startsWith("pg_wal") && !relative.toString().startsWith("postmaster.")) {
                try {
                    Files.copy(file, to.resolve(relative));
                } catch (NoSuchFileException e) {
                    return FileVisitResult.CONTINUE;
                }
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }
    }

    /** To the end of what was archived. */
    private void restore(LocalPostgres server) throws IOException {
        var data = server.folder().resolve("data");
        Files.writeString(
                data.resolve("postgresql.auto.conf"),
                "archive_mode = off\nrestore_command = 'cp \"" + archive + "/%f\" \"%p\"'\n",
                StandardOpenOption.APPEND);
        Files.createFile(data.resolve("recovery.signal"));
        server.start();
        Awaitility.await().atMost(LONGEST_RESTORE).until(() -> text(server, "select pg_is_in_recovery()")
                .equals("f"));
    }

    private static Instant lastCommit(LocalPostgres server) throws SQLException {
        return OffsetDateTime.parse(text(server, "select to_json(pg_last_xact_replay_timestamp()) #>> '{}'"))
                .toInstant();
    }

    /** While its group has no member. */
    private static void readFromTheBeginning(Stack stack) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", stack.kafka().bootstrap()))) {
            var group = BILLING.module();
            // Whoever has not taken leave is a member until its session ends, after 10 s.
            Awaitility.await().atMost(LONGEST_WAIT).until(() -> admin.describeConsumerGroups(List.of(group))
                    .all()
                    .get()
                    .get(group)
                    .members()
                    .isEmpty());
            var beginning =
                    admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().keySet().stream()
                            .collect(Collectors.toMap(partition -> partition, partition -> new OffsetAndMetadata(0)));
            admin.alterConsumerGroupOffsets(group, beginning).all().get();
        }
    }

    private static String text(LocalPostgres server, String query) throws SQLException {
        try (var connection = superuser(server);
                var answer = connection.createStatement().executeQuery(query)) {
            answer.next();
            return answer.getString(1);
        }
    }

    private static Connection superuser(LocalPostgres server) throws SQLException {
        return DriverManager.getConnection(server.superuserJdbcUrl());
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
