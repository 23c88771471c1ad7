package io.points.platform.persistence;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** How large the append-only tables are, by PostgreSQL's own statistics: a count of rows would read them. */
@ApplicationScoped
class TableMetrics {

    private static final String SIZES = """
            select f.name, 'table' as tag, relname::text as of, f.value
            from pg_stat_user_tables,
                 lateral (values ('points_table_rows', n_live_tup::float8),
                                 ('points_table_size_bytes', pg_total_relation_size(relid)::float8)) as f (name, value)
            where relname ~ '_(log|logs|ledger)$'
            """;

    private final SqlGauges figures;

    TableMetrics(SqlGauges figures) {
        this.figures = figures;
    }

    void start(@Observes StartupEvent event) {
        figures.show(SIZES, "points_table_rows", "points_table_size_bytes");
    }
}
