package io.points.billing.movement;

import io.points.billing.Period;
import io.points.billing.Price;
import io.points.billing.entry.Billable;
import io.points.contract.Envelope;
import io.points.platform.outbox.Tx;
import io.points.platform.persistence.Columns;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** The movements in their tables. Whoever writes holds the tenants' locks. */
@ApplicationScoped
class MovementRows {

    /** The log and its sums in one statement, so that they cannot differ. */
    private static final String INSERT = """
            with fresh as (
                insert into movement_log (event_id, tenant_id, flow, points, billing_period, occurred_at, subject,
                       pool_version, balance_after, currency, unit_price, description, actor_id, actor_role, traceparent,
                       adjusted_by)
                select event, tenant, flow, points, period, time, subject, version, balance, currency, price::numeric,
                       description, actor, role, trace, adjusted
                from unnest($1::uuid[], $2::uuid[], $3::text[], $4::bigint[], $5::date[], $6::timestamptz[], $7::uuid[],
                            $8::bigint[], $9::bigint[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[],
                            $15::text[], $16::bigint[])
                  as m (event, tenant, flow, points, period, time, subject, version, balance, currency, price,
                        description, actor, role, trace, adjusted)
                on conflict do nothing
                returning event_id, tenant_id, billing_period, flow, points),
            summed as (
                insert into period_flows as f (tenant_id, billing_period, flow, points)
                select tenant_id, billing_period, flow, sum(points) from fresh
                group by tenant_id, billing_period, flow order by tenant_id, billing_period, flow
                on conflict (tenant_id, billing_period, flow) do update set points = f.points + excluded.points),
            moved as (
                update billing_tenants t set points_moved = t.points_moved + n.points
                from (select tenant_id, sum(points) as points from fresh group by tenant_id) n
                where t.tenant_id = n.tenant_id and n.points > 0)
            select event_id from fresh
            """;

    private static final String COUNT_KNOWN =
            "select count(*) as known from movement_log where event_id = any($1::uuid[])";

    /**
     * Versions without a gap keep their distance to their row numbers; where the next version is missing, nothing is looked at.
     *
     * <p>Versions that are never published are entries written by SQL; an adjustment compensates for them. It does so
     * when all that is known up to it comes to exactly what the pool then held: as long as anything else is missing, it does
     * not. The sum begins at the adjustment before, and is made only where versions before the adjustment are missing, when
     * something comes that belongs into it.
     */
    private static final String ADVANCE = """
            with asked as (
                select t.tenant_id, t.contiguous_version, n.version
                from unnest($1::uuid[], $2::bigint[]) as n (tenant_id, version)
                join billing_tenants t on t.tenant_id = n.tenant_id),
            without_gap as (
                select b.tenant_id, b.asked, coalesce(
                    case when exists (select from movement_log m
                                      where m.tenant_id = b.tenant_id and m.pool_version = b.contiguous_version + 1)
                    then (select max(pool_version)
                          from (select pool_version, pool_version - row_number() over (order by pool_version) as distance
                                from movement_log m
                                where m.tenant_id = b.tenant_id and m.pool_version > b.contiguous_version) ahead
                          where distance = b.contiguous_version) end, contiguous_version) as version
                from (select tenant_id, contiguous_version, version as asked from asked) b),
            made_up_for as (
                select w.tenant_id, max(a.pool_version) as version
                from without_gap w
                join movement_log a on a.tenant_id = w.tenant_id and a.flow = 'adjusted'
                     and a.pool_version > w.version and a.pool_version >= w.asked
                left join lateral (
                     select pool_version, balance_after from movement_log
                     where tenant_id = w.tenant_id and flow = 'adjusted' and pool_version <= w.version
                     order by pool_version desc limit 1) earlier on true
                cross join lateral (
                     select coalesce(sum(case when flow in ('clawed_back', 'distributed') then -points else points end), 0)
                            as points
                     from movement_log where tenant_id = w.tenant_id and pool_version <= a.pool_version
                       and pool_version > coalesce(earlier.pool_version, 0)) since
                where a.balance_after = coalesce(earlier.balance_after, 0) + since.points
                group by w.tenant_id),
            begun as (
                select a.tenant_id, a.contiguous_version, coalesce(m.version, w.version) as version
                from asked a join without_gap w on w.tenant_id = a.tenant_id
                left join made_up_for m on m.tenant_id = a.tenant_id),
            reached as (
                select tenant_id, contiguous_version, coalesce(
                    case when exists (select from movement_log m
                                      where m.tenant_id = b.tenant_id and m.pool_version = b.version + 1)
                    then (select max(pool_version)
                          from (select pool_version, pool_version - row_number() over (order by pool_version) as distance
                                from movement_log m
                                where m.tenant_id = b.tenant_id and m.pool_version > b.version) ahead
                          where distance = b.version) end, version) as version
                from begun b)
            update billing_tenants t set contiguous_version = n.version
            from reached n
            where t.tenant_id = n.tenant_id and n.version > n.contiguous_version
            returning t.tenant_id, n.contiguous_version as before, n.version as reached
            """;

    private static final String CLAWBACKS = """
            select m.event_id, m.tenant_id, m.points, m.billing_period, m.occurred_at, m.pool_version, m.currency,
                   m.unit_price, m.description, m.actor_id, m.actor_role, m.traceparent
            from unnest($1::uuid[], $2::bigint[], $3::bigint[]) as s (tenant_id, before, reached)
            join movement_log m on m.tenant_id = s.tenant_id and m.pool_version > s.before and m.pool_version <= s.reached
            where m.flow = 'clawed_back' and m.currency is not null
            order by m.tenant_id, m.pool_version
            """;

    /** Versions of a pool that have no gap any more: those after {@code before}, up to {@code reached}. */
    record Stretch(UUID tenantId, long before, long reached) {}

    /** @return the ids of those that were not known */
    Uni<Set<UUID>> insert(Tx tx, List<Counted> movements) {
        return tx.query(
                        INSERT,
                        Columns.uuids(movements, it -> it.movement().eventId()),
                        Columns.uuids(movements, it -> it.movement().tenantId()),
                        Columns.texts(movements, it -> it.movement().flow().word()),
                        Columns.longs(movements, it -> it.movement().points()),
                        Columns.of(
                                LocalDate[]::new, movements, it -> it.period().firstDay()),
                        Columns.times(movements, it -> it.movement().envelope().time()),
                        Columns.uuids(movements, it -> it.movement().subject()),
                        Columns.longs(movements, it -> it.movement().poolVersion()),
                        Columns.longs(movements, it -> it.movement().balanceAfter()),
                        bills(movements, it -> it.price().currency().code()),
                        bills(movements, it -> it.price().perPoint().toPlainString()),
                        bills(movements, Movement.Bill::description),
                        Columns.texts(movements, it -> it.movement().envelope().actorId()),
                        Columns.texts(movements, it -> it.movement().envelope().actorRole()),
                        Columns.texts(movements, it -> it.movement().envelope().traceparent()),
                        Columns.longs(movements, it -> it.movement().adjustedBy()))
                .map(rows -> {
                    var fresh = new HashSet<UUID>();
                    rows.forEach(row -> fresh.add(row.getUUID("event_id")));
                    return fresh;
                });
    }

    Uni<Long> countKnown(Tx tx, Collection<UUID> eventIds) {
        return tx.query(COUNT_KNOWN, (Object) eventIds.toArray(UUID[]::new))
                .map(rows -> rows.iterator().next().getLong("known"));
    }

    /**
     * Notes how far each pool is known without a gap that counts.
     *
     * @param fresh of each tenant, the lowest version that was not known before
     */
    Uni<List<Stretch>> advance(Tx tx, Map<UUID, Long> fresh) {
        var tenants = fresh.keySet().toArray(UUID[]::new);
        return tx.query(ADVANCE, tenants, Stream.of(tenants).map(fresh::get).toArray(Long[]::new))
                .map(rows -> {
                    var stretches = new ArrayList<Stretch>();
                    rows.forEach(row -> stretches.add(
                            new Stretch(row.getUUID("tenant_id"), row.getLong("before"), row.getLong("reached"))));
                    return stretches;
                });
    }

    /** The clawbacks on these stretches, in the order of each pool. */
    Uni<List<Billable>> clawbacks(Tx tx, List<Stretch> stretches) {
        if (stretches.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return tx.query(
                        CLAWBACKS,
                        Columns.uuids(stretches, Stretch::tenantId),
                        Columns.longs(stretches, Stretch::before),
                        Columns.longs(stretches, Stretch::reached))
                .map(rows -> {
                    var due = new ArrayList<Billable>();
                    rows.forEach(row -> due.add(clawback(row)));
                    return due;
                });
    }

    private static Billable clawback(Row row) {
        return new Billable(
                row.getUUID("event_id"),
                row.getUUID("tenant_id"),
                row.getLong("pool_version"),
                row.getLong("points"),
                row.getOffsetDateTime("occurred_at").toInstant(),
                Period.of(row.getLocalDate("billing_period")),
                new Price(row.getBigDecimal("unit_price"), Price.currency(row.getString("currency"))),
                row.getString("description"),
                null,
                null,
                new Envelope.Actor(
                        row.getString("actor_id"), row.getString("actor_role"), row.getString("traceparent")));
    }

    private static Object bills(List<Counted> movements, Function<Movement.Bill, String> value) {
        return Columns.texts(movements, it -> {
            var bill = it.movement().bill();
            return bill == null ? null : value.apply(bill);
        });
    }
}
