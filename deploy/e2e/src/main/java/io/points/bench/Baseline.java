package io.points.bench;

import io.points.local.LocalPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the system is compared with: a monolith that does all of an award in one SQL transaction under the lock of the
 * pool's row. The same server, the same durability, no HTTP, no token, no message.
 */
final class Baseline {

    private static final String DATABASE = "monolith";
    private static final int WALLETS = 10_000;

    private static final String[] TABLES = {
        "create table pools (id uuid primary key, balance bigint not null check (balance >= 0), version bigint not null)",
        """
        create table wallets (tenant_id uuid, user_id uuid, balance bigint not null check (balance >= 0),
            entry_number bigint not null, primary key (tenant_id, user_id))
        """,
        """
        create table distribution_logs (id uuid primary key, tenant_id uuid not null, from_user_id uuid not null,
            to_user_id uuid not null, amount bigint not null, description text not null, at timestamptz not null)
        """,
        "create index on distribution_logs (tenant_id, at desc)",
        """
        create table ledger (tenant_id uuid, user_id uuid, entry_number bigint, amount bigint not null,
            balance_after bigint not null, distribution_id uuid not null unique, at timestamptz not null,
            primary key (tenant_id, user_id, entry_number))
        """,
        """
        create table audit_log (id bigint generated always as identity primary key, tenant_id uuid not null,
            type text not null, distribution_id uuid not null, body text not null, at timestamptz not null)
        """,
        """
        create table feed (id bigint generated always as identity primary key, tenant_id uuid not null,
            user_id uuid not null, amount bigint not null, distribution_id uuid not null, at timestamptz not null)
        """,
        "create index on feed (tenant_id, user_id, id desc)",
    };

    private final LocalPostgres postgres;
    private final UUID tenant = UUID.randomUUID();
    private final UUID[] receivers = new UUID[WALLETS];
    private final AtomicLong next = new AtomicLong();

    Baseline(LocalPostgres postgres) {
        this.postgres = postgres;
    }

    void prepare() throws SQLException {
        try (var server = DriverManager.getConnection(postgres.superuserJdbcUrl());
                var statement = server.createStatement()) {
            statement.execute("create database " + DATABASE);
        }
        try (var connection = connect();
                var statement = connection.createStatement()) {
            for (var table : TABLES) {
                statement.execute(table);
            }
            connection.commit();
            try (var pool = connection.prepareStatement("insert into pools values (?, 1000000000, 0)");
                    var wallet = connection.prepareStatement("insert into wallets values (?, ?, 0, 0)")) {
                pool.setObject(1, tenant);
                pool.execute();
                for (int i = 0; i < WALLETS; i++) {
                    receivers[i] = UUID.randomUUID();
                    wallet.setObject(1, tenant);
                    wallet.setObject(2, receivers[i]);
                    wallet.addBatch();
                }
                wallet.executeBatch();
            }
            connection.commit();
        }
    }

    private Connection connect() throws SQLException {
        var url = postgres.superuserJdbcUrl().replaceFirst("/postgres(?=[?]|$)", "/" + DATABASE);
        var connection = DriverManager.getConnection(url);
        connection.setAutoCommit(false);
        return connection;
    }

    /** That many clients, each with a connection of its own, for so long. */
    Sample run(int clients, Duration time) throws SQLException {
        var threads = Executors.newFixedThreadPool(clients);
        var connections = new ArrayList<Connection>();
        try {
            for (int i = 0; i < clients; i++) {
                connections.add(connect());
            }
            var sample = new Sample();
            long end = System.nanoTime() + time.toNanos();
            var tasks = new ArrayList<Callable<Void>>();
            for (var connection : connections) {
                tasks.add(() -> awardUntil(end, connection, sample));
            }
            for (var task : threads.invokeAll(tasks)) {
                task.get();
            }
            return sample;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdown();
            for (var connection : connections) {
                connection.close();
            }
        }
    }

    private Void awardUntil(long end, Connection connection, Sample sample) throws SQLException {
        try (var transaction = new OneAward(connection)) {
            while (System.nanoTime() < end) {
                long began = System.nanoTime();
                transaction.run(tenant, receivers[(int) (next.getAndIncrement() % WALLETS)]);
                synchronized (sample) {
                    sample.completed(began);
                }
            }
        }
        return null;
    }
}
