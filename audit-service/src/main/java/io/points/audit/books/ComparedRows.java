package io.points.audit.books;

import io.points.contract.Account;
import io.points.contract.AuditEvent.AlertRaised;
import io.points.platform.outbox.Tx;
import io.points.platform.persistence.Columns;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.ToLongFunction;

/** What is compared, in its tables. */
@ApplicationScoped
class ComparedRows {

    /**
     * An owner's transaction ends within seconds, and clocks agree to a second: what it told of so long before it attested a
     * balance, the balance has, whatever its number. What it told of later, the balance has if its number is not beyond the
     * attested one.
     */
    private static final Duration IN_DOUBT = Duration.ofMinutes(1);

    private static final String WAITING = """
            select attested.*, compared.entry_number as compared_number, compared.entries, compared.balance,
                   compared.attested_at as compared_at, compared.stored_difference, compared.sum_difference,
                   compared.missing_entries, told.entries as told_entries, told.points as told_points, told.mends
            from audit_attestations attested
            left join audit_balances compared using (tenant_id, account, holder_id)
            left join lateral (
                select count(*) as entries, coalesce(sum(entry.amount), 0) as points,
                       coalesce(bool_or(entry.mends), false) as mends
                from audit_entries entry
                where entry.tenant_id = attested.tenant_id and entry.account = attested.account
                  and entry.holder_id = attested.holder_id
                  and (entry.entry_number <= greatest(attested.entry_number, compared.entry_number)
                       or entry.told_at < attested.attested_at - make_interval(secs => $6))) told on true
            where (attested.tenant_id, attested.account, attested.holder_id) > ($1::uuid, $2::text, $3::uuid)
              and attested.tenant_id <> all($5::uuid[])
            order by attested.tenant_id, attested.account, attested.holder_id limit $4
            """;

    private static final String NEXT = """
            select tenant_id, account, holder_id from audit_attestations
            where (tenant_id, account, holder_id) > ($1::uuid, $2::text, $3::uuid) and tenant_id <> all($4::uuid[])
            order by tenant_id, account, holder_id limit 1
            """;

    private static final String DONE = """
            delete from audit_attestations attested
            using unnest($1::uuid[], $2::text[], $3::uuid[]) as done (tenant_id, account, holder_id)
            where attested.tenant_id = done.tenant_id and attested.account = done.account
              and attested.holder_id = done.holder_id
            """;

    /** The same that {@link #WAITING} counts. */
    private static final String COUNTED = """
            delete from audit_entries entry
            using unnest($1::uuid[], $2::text[], $3::uuid[], $4::bigint[], $5::timestamptz[])
              as done (tenant_id, account, holder_id, entry_number, attested_at)
            where entry.tenant_id = done.tenant_id and entry.account = done.account and entry.holder_id = done.holder_id
              and (entry.entry_number <= done.entry_number
                   or entry.told_at < done.attested_at - make_interval(secs => $6))
            """;

    private static final String COMPARED = """
            insert into audit_balances (tenant_id, account, holder_id, entry_number, entries, balance, attested_at,
                                        stored_difference, sum_difference, missing_entries)
            select * from unnest($1::uuid[], $2::text[], $3::uuid[], $4::bigint[], $5::bigint[], $6::bigint[],
                                 $7::timestamptz[], $8::bigint[], $9::bigint[], $10::bigint[])
            on conflict (tenant_id, account, holder_id) do update
               set entry_number = excluded.entry_number, entries = excluded.entries, balance = excluded.balance,
                   attested_at = excluded.attested_at, stored_difference = excluded.stored_difference,
                   sum_difference = excluded.sum_difference, missing_entries = excluded.missing_entries
            """;

    private static final String ALERT = """
            insert into audit_alert_log (alert_id, tenant_id, kind, account, holder_id, entry_number, expected_balance,
                                         stored_balance, sum_of_entries, missing_entries, attestation_id, raised_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            """;

    /**
     * An attested balance with all that it is compared with.
     *
     * @param before as it was compared the last time
     * @param told what events told since
     */
    record Case(Attested attested, Compared before, Compared.Told told) {}

    /** A balance, and what is known of it from now on. */
    record Result(Attested.Key key, Compared now) {}

    /**
     * Attested balances that wait, of those that come after one.
     *
     * @param leftOut tenants of which none is wanted
     */
    Uni<List<Case>> waiting(Tx tx, Attested.Key after, int most, UUID[] leftOut) {
        return tx.query(WAITING, after.tenantId(), after.account().word(), after.holderId(), most, leftOut, inDoubt())
                .map(ComparedRows::cases);
    }

    /** The first of them. */
    Uni<Optional<Attested.Key>> next(Tx tx, Attested.Key after, UUID[] leftOut) {
        return tx.query(NEXT, after.tenantId(), after.account().word(), after.holderId(), leftOut)
                .map(rows -> rows.rowCount() == 0
                        ? Optional.empty()
                        : Optional.of(key(rows.iterator().next())));
    }

    /** Takes attestations out that say nothing any more. */
    Uni<Void> done(Tx tx, List<Attested.Key> keys) {
        return tx.query(DONE, arguments(keys)).replaceWithVoid();
    }

    /** Keeps what came of comparing, and forgets the entries that are counted in it. */
    Uni<Void> keep(Tx tx, List<Result> outcomes) {
        var keys = arguments(outcomes.stream().map(Result::key).toList());
        var numbers = numbers(outcomes, Compared::entryNumber);
        var attested = Columns.times(outcomes, outcome -> outcome.now().at());
        return Tx.together(
                tx.query(COUNTED, keys[0], keys[1], keys[2], numbers, attested, inDoubt()),
                tx.query(
                        COMPARED,
                        keys[0],
                        keys[1],
                        keys[2],
                        numbers,
                        numbers(outcomes, Compared::entries),
                        numbers(outcomes, Compared::balance),
                        attested,
                        numbers(outcomes, now -> now.known().stored()),
                        numbers(outcomes, now -> now.known().sum()),
                        numbers(outcomes, now -> now.known().missingEntries())));
    }

    Uni<Void> raise(Tx tx, AlertRaised alert, Instant now) {
        return tx.query(
                        ALERT,
                        alert.alertId(),
                        alert.tenantId(),
                        alert.kind(),
                        alert.account().word(),
                        alert.holderId(),
                        alert.entryNumber(),
                        alert.expectedBalance(),
                        alert.storedBalance(),
                        alert.sumOfEntries(),
                        alert.missingEntries(),
                        alert.attestationId(),
                        now.atOffset(ZoneOffset.UTC))
                .replaceWithVoid();
    }

    /** In seconds. */
    private static double inDoubt() {
        return IN_DOUBT.toMillis() / 1e3;
    }

    private static Object[] arguments(List<Attested.Key> keys) {
        return new Object[] {
            Columns.uuids(keys, Attested.Key::tenantId),
            Columns.texts(keys, key -> key.account().word()),
            Columns.uuids(keys, Attested.Key::holderId)
        };
    }

    private static Object numbers(List<Result> outcomes, ToLongFunction<Compared> number) {
        return Columns.longs(outcomes, outcome -> number.applyAsLong(outcome.now()));
    }

    private static List<Case> cases(RowSet<Row> rows) {
        var cases = new ArrayList<Case>(rows.rowCount());
        rows.forEach(row -> cases.add(new Case(
                new Attested(
                        key(row),
                        row.getUUID("event_id"),
                        row.getLong("entry_number"),
                        row.getLong("stored_balance"),
                        row.getLong("sum_of_entries"),
                        row.getOffsetDateTime("attested_at").toInstant()),
                before(row),
                new Compared.Told(
                        row.getLong("told_entries"),
                        row.getBigDecimal("told_points").longValueExact(),
                        row.getBoolean("mends")))));
        return cases;
    }

    private static Attested.Key key(Row row) {
        return new Attested.Key(
                row.getUUID("tenant_id"), Account.of(row.getString("account")), row.getUUID("holder_id"));
    }

    private static Compared before(Row row) {
        return row.getOffsetDateTime("compared_at") == null
                ? Compared.NEVER
                : new Compared(
                        row.getLong("compared_number"),
                        row.getLong("entries"),
                        row.getLong("balance"),
                        row.getOffsetDateTime("compared_at").toInstant(),
                        new Difference(
                                row.getLong("stored_difference"),
                                row.getLong("sum_difference"),
                                row.getLong("missing_entries")));
    }
}
