package io.points.allocation.alert;

import io.points.allocation.alert.Alerts.Finding;
import io.points.allocation.alert.RefusedCalls.Caller;
import io.points.contract.Envelope;
import io.points.platform.outbox.Tx;
import io.points.platform.persistence.Columns;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.UUID;

/** Merges the refused calls that the instances have counted. Few rows are kept, so all are read and written. */
@ApplicationScoped
class RefusedCallsCheck {

    private static final String READ = "select caller, tenant_id, refused_at from refused_calls";

    private static final String CLEAR = "delete from refused_calls";

    private static final String WRITE = """
            insert into refused_calls (caller, tenant_id, refused_at)
            select * from unnest($1::text[], $2::uuid[], $3::timestamptz[])
            """;

    private static final String QUIET = """
            select id from business_alerts where kind = 'refused_calls' and over_at is null and cause <> all($1)
            """;

    private final Alerts alerts;
    private final AlertsConfig.RefusedCalls config;

    RefusedCallsCheck(Alerts alerts, AlertsConfig config) {
        this.alerts = alerts;
        this.config = config.refusedCalls();
    }

    /** Whoever calls holds the lock of the round. */
    Uni<Void> check(Tx tx, RefusedCalls heard, Instant now) {
        return known(tx).chain(known -> {
            known.addAll(heard);
            known.forget(config.window(), now);
            return write(tx, known)
                    .chain(() -> alerts.raise(
                            tx,
                            known.suspects(config.window()).stream()
                                    .map(this::finding)
                                    .toList(),
                            now,
                            Envelope.Actor.SYSTEM))
                    .chain(() -> endQuietOnes(tx, known, now));
        });
    }

    private Uni<RefusedCalls> known(Tx tx) {
        return tx.query(READ).map(rows -> {
            var known = new RefusedCalls(config.limit());
            rows.forEach(row -> known.add(
                    new Caller(row.getString("caller"), row.getUUID("tenant_id")),
                    row.getOffsetDateTime("refused_at").toInstant()));
            return known;
        });
    }

    private static Uni<Void> write(Tx tx, RefusedCalls known) {
        var callers = new ArrayList<String>();
        var tenants = new ArrayList<UUID>();
        var times = new ArrayList<OffsetDateTime>();
        known.each((caller, at) -> {
            callers.add(caller.name());
            tenants.add(caller.tenantId());
            times.add(at.atOffset(ZoneOffset.UTC));
        });
        return Tx.together(
                tx.query(CLEAR),
                tx.query(
                        WRITE,
                        callers.toArray(String[]::new),
                        tenants.toArray(UUID[]::new),
                        times.toArray(OffsetDateTime[]::new)));
    }

    private Finding finding(RefusedCalls.Suspect suspect) {
        var figures = new LinkedHashMap<String, Long>();
        figures.put("refusals", (long) config.limit());
        figures.put("within_seconds", suspect.within().toSeconds());
        figures.put("window_seconds", config.window().toSeconds());
        return new Finding(
                suspect.caller().tenantId(),
                AlertKind.REFUSED_CALLS,
                suspect.caller().name(),
                figures);
    }

    private Uni<Void> endQuietOnes(Tx tx, RefusedCalls known, Instant now) {
        return tx.query(QUIET, Columns.texts(known.callers(), Caller::name)).chain(rows -> {
            var quiet = new ArrayList<UUID>();
            for (Row row : rows) {
                quiet.add(row.getUUID("id"));
            }
            return alerts.end(tx, quiet, now);
        });
    }
}
