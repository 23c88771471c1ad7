package io.points.allocation.expiry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.points.platform.persistence.SqlGauges;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** How many points of pools have lapsed, and whether any are overdue. */
@ApplicationScoped
class ExpiryMetrics {

    /** A day is over when it is over in all time zones that the tenant has had. */
    private static final String OVERDUE = """
            select 'points_expiry_overdue_seconds' as name, null::text as tag, null::text as of,
                   greatest(0, coalesce(extract(epoch from now() - min(over_at)), 0))::float8 as value
            from (select max((t.next_expiry + 1)::timestamp at time zone coalesce(s.time_zone, 'UTC')) as over_at
                  from (select id, next_expiry from tenants
                        where next_expiry is not null and next_expiry <= (now() at time zone 'UTC')::date
                        union all
                        select tenant_id, next_expiry from department_pools
                        where next_expiry is not null and next_expiry <= (now() at time zone 'UTC')::date) t
                  left join tenant_settings_logs s on s.tenant_id = t.id
                  group by t.id, t.next_expiry) as due
            """;

    private final SqlGauges figures;
    private final Counter pool;

    ExpiryMetrics(MeterRegistry metrics, SqlGauges figures) {
        this.figures = figures;
        pool = metrics.counter("points_expired_points", "account", "pool");
    }

    void start(@Observes StartupEvent event) {
        figures.show(OVERDUE, "points_expiry_overdue_seconds");
    }

    void poolExpired(long points) {
        pool.increment(points);
    }
}
