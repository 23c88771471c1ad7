package io.points.allocation.stats;

import io.points.contract.Ids;
import io.points.platform.time.BusinessTime;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.TreeMap;
import java.util.UUID;

/** Adds up all tenants in one statement: their own rows, and of what was moved only the rows of two months. */
@ApplicationScoped
class PlatformSummaries {

    /** Ids of allocations begin with their time, so a month is a range of the key. */
    static final String SUM_UP = """
            select pools.*, moved.*, alerts.kinds, alerts.counts,
                   (select count(*)::int from adjustments where state = 'proposed' and account = 'pool') as proposed,
                   (select count(*)::int from proposals where state = 'proposed') as proposals
            from (select count(*)::int as tenants, (count(*) filter (where status = 'suspended'))::int as suspended,
                         least(1152921504606846976, coalesce(sum(points_allocation_balance), 0))::bigint as balance
                  from tenants) pools
            cross join (
                select least(1152921504606846976, coalesce(sum(amount) filter (where kind = 'allocation' and id >= $2), 0))::bigint
                           as allocated,
                       least(1152921504606846976, coalesce(sum(amount) filter (where kind = 'allocation' and id < $2), 0))::bigint
                           as allocated_before,
                       least(1152921504606846976, coalesce(sum(amount) filter (where kind = 'clawback' and id >= $2), 0))::bigint
                           as clawed_back,
                       least(1152921504606846976, coalesce(sum(amount) filter (where kind = 'clawback' and id < $2), 0))::bigint
                           as clawed_back_before
                from allocation_logs where id >= $1) moved
            cross join (
                select coalesce(array_agg(kind order by kind), '{}') as kinds, coalesce(array_agg(n order by kind), '{}') as counts
                from (select kind, count(*) as n from business_alerts where state = 'open' group by kind) open) alerts
            """;

    private final Pool database;

    PlatformSummaries(Pool database) {
        this.database = database;
    }

    Uni<PlatformSummary> sumUp() {
        var now = BusinessTime.now();
        var month = LocalDate.ofInstant(now, ZoneOffset.UTC).withDayOfMonth(1);
        return database.preparedQuery(SUM_UP)
                .execute(Tuple.of(first(month.minusMonths(1)), first(month)))
                .map(rows -> summary(rows.iterator().next(), now));
    }

    /** Not above any id that was made on that day or later. */
    private static UUID first(LocalDate day) {
        return Ids.first(day.atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    private static PlatformSummary summary(Row row, Instant now) {
        var kinds = row.getArrayOfStrings("kinds");
        var counts = row.getArrayOfLongs("counts");
        var open = new TreeMap<String, Integer>();
        for (int i = 0; i < kinds.length; i++) {
            open.put(kinds[i], Math.toIntExact(counts[i]));
        }
        return new PlatformSummary(
                now,
                row.getInteger("tenants"),
                row.getInteger("suspended"),
                row.getLong("balance"),
                row.getLong("allocated"),
                row.getLong("allocated_before"),
                row.getLong("clawed_back"),
                row.getLong("clawed_back_before"),
                open,
                row.getInteger("proposed"),
                row.getInteger("proposals"));
    }
}
