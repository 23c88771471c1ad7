package io.points.audit.seal;

import io.points.platform.persistence.SqlGauges;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** What waits to be sealed, and the time of the last seal, from the tables: so also if no instance seals. */
@ApplicationScoped
class SealingMetrics {

    private static final String SEALING = """
            select f.name, null::text as tag, null::text as of, f.value
            from (select (select recorded_at from audit_log
                          where sequence = (select min(sequence) from audit_unsealed)) as oldest,
                         (select signed_at from audit_checkpoint_log
                          where tenant_id = (select tenant_id from audit_leaf_log order by sequence desc limit 1)
                          order by tree_size desc limit 1) as signed) as s,
                 lateral (values ('points_audit_unsealed_age_seconds',
                                  greatest(0, coalesce(extract(epoch from now() - oldest), 0))::float8),
                                 ('points_audit_last_checkpoint_timestamp_seconds', extract(epoch from signed)::float8))
                     as f (name, value)
            where f.value is not null
            """;

    private final SqlGauges figures;

    SealingMetrics(SqlGauges figures) {
        this.figures = figures;
    }

    void start(@Observes StartupEvent event) {
        figures.show(SEALING, "points_audit_unsealed_age_seconds", "points_audit_last_checkpoint_timestamp_seconds");
    }
}
