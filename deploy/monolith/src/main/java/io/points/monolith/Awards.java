package io.points.monolith;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * An award in one transaction of four statements: key, wallet, pool, and all that is only written. The pool's row, which
 * everybody wants, is locked as late as can be.
 */
@ApplicationScoped
class Awards {

    private static final int UNPROCESSABLE = 422;

    private static final String KEY =
            "insert into idempotency_keys (caller, key, fingerprint) values ($1, $2, $3) on conflict do nothing";

    private static final String KNOWN =
            "select fingerprint, answer from idempotency_keys where caller = $1 and key = $2";

    private static final String WALLET = "update wallets set balance = balance + $3, entry_number = entry_number + 1"
            + " where tenant_id = $1 and user_id = $2 returning balance, entry_number";

    private static final String POOL = "update pools set balance = balance - $2, version = version + 1"
            + " where tenant_id = $1 and balance >= $2 returning balance, version, audit_size, audit_hash";

    private static final String WRITTEN = """
            with d as (insert into distributions (id, tenant_id, from_user_id, to_user_id, amount, description)
                       values ($1, $2, $3, $4, $5, $6)),
                 p as (insert into pool_ledger (tenant_id, version, amount, balance_after, distribution_id)
                       values ($2, $7, -$5, $8, $1)),
                 w as (insert into wallet_ledger (tenant_id, user_id, entry_number, amount, balance_after, distribution_id)
                       values ($2, $4, $9, $5, $10, $1)),
                 f as (insert into feed (tenant_id, user_id, amount, distribution_id) values ($2, $4, $5, $1), ($2, $3, $5, $1)),
                 o as (insert into outbox (tenant_id, type, payload) values ($2, 'PointsAwarded', $11)),
                 a as (insert into audit_log (tenant_id, number, type, data, hash) values ($2, $12, 'PointsAwarded', $11, $13)),
                 h as (update pools set audit_size = $12, audit_hash = $13 where tenant_id = $2)
            update idempotency_keys set answer = $11 where caller = $3 and key = $14
            """;

    private final Pool pool;

    Awards(Pool pool) {
        this.pool = pool;
    }

    /** Its own tables, if they are not there. */
    void start(@Observes StartupEvent event) {
        pool.query("select to_regclass('pools') is not null")
                .execute()
                .chain(rows -> rows.iterator().next().getBoolean(0)
                        ? Uni.createFrom().voidItem()
                        : pool.query(schema()).execute().replaceWithVoid())
                .await()
                .indefinitely();
    }

    private static String schema() {
        try (var schema = Awards.class.getResourceAsStream("/schema.sql")) {
            return new String(schema.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return the answer, as JSON */
    Uni<String> award(UUID tenant, UUID giver, String key, AwardResource.Award award) {
        var fingerprint = Buffer.buffer(sha256(award.toString().getBytes(StandardCharsets.UTF_8)));
        return pool.withTransaction(connection -> run(connection, KEY, giver, key, fingerprint)
                .chain(inserted -> inserted.rowCount() == 0
                        ? known(connection, giver, key, fingerprint)
                        : move(connection, tenant, giver, key, award)));
    }

    private static Uni<String> known(SqlConnection connection, UUID giver, String key, Buffer fingerprint) {
        return run(connection, KNOWN, giver, key).map(rows -> {
            var row = rows.iterator().next();
            if (!row.getBuffer("fingerprint").equals(fingerprint)) {
                throw new ClientErrorException("The key stands for another request", UNPROCESSABLE);
            }
            return row.getString("answer");
        });
    }

    private static Uni<String> move(
            SqlConnection connection, UUID tenant, UUID giver, String key, AwardResource.Award award) {
        return run(connection, WALLET, tenant, award.toUserId(), award.amount())
                .map(rows -> only(rows, "There is no such member"))
                .chain(wallet -> run(connection, POOL, tenant, award.amount())
                        .map(rows -> only(rows, "The pool does not hold that many points"))
                        .chain(source -> write(connection, tenant, giver, key, award, wallet, source)));
    }

    private static Uni<String> write(
            SqlConnection connection,
            UUID tenant,
            UUID giver,
            String key,
            AwardResource.Award award,
            Row wallet,
            Row source) {
        var id = UUID.randomUUID();
        var answer = "{\"distribution_id\":\"" + id + "\",\"state\":\"COMPLETED\",\"to_user_id\":\"" + award.toUserId()
                + "\",\"amount\":" + award.amount() + ",\"pool_balance\":" + source.getLong("balance") + "}";
        long number = source.getLong("audit_size") + 1;
        var hash = Buffer.buffer(sha256(
                source.getBuffer("audit_hash").copy().appendString(answer).getBytes()));
        return run(
                        connection,
                        WRITTEN,
                        id,
                        tenant,
                        giver,
                        award.toUserId(),
                        award.amount(),
                        award.description(),
                        source.getLong("version"),
                        source.getLong("balance"),
                        wallet.getLong("entry_number"),
                        wallet.getLong("balance"),
                        answer,
                        number,
                        hash,
                        key)
                .replaceWith(answer);
    }

    private static Row only(RowSet<Row> rows, String otherwise) {
        if (rows.rowCount() != 1) {
            throw new ClientErrorException(otherwise, Response.Status.CONFLICT);
        }
        return rows.iterator().next();
    }

    private static Uni<RowSet<Row>> run(SqlConnection connection, String sql, Object... values) {
        return connection.preparedQuery(sql).execute(Tuple.from(values));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
