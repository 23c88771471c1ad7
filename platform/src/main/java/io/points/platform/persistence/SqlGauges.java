package io.points.platform.persistence;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.points.platform.background.Schedule;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Gauges of what stands in the database. Every instance shows the same, so an alert takes the greatest; nothing is shown
 * while the database does not answer, rather than what was true before.
 */
@ApplicationScoped
public class SqlGauges {

    private static final Logger LOG = Logger.getLogger(SqlGauges.class);
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(5);

    private final Pool pool;
    private final MeterRegistry metrics;
    private final Schedule schedule;
    private final Duration every;

    SqlGauges(
            @Background Pool pool,
            MeterRegistry metrics,
            Schedule schedule,
            @ConfigProperty(name = "points.figures.every") Duration every) {
        this.pool = pool;
        this.metrics = metrics;
        this.schedule = schedule;
        this.every = every;
    }

    /**
     * Exports the result of a statement, updated regularly.
     *
     * @param sql cheap, for every instance runs it every few seconds; gives rows of {@code name}, the gauge's; {@code tag} and
     *     {@code of}, which tell its rows apart, or null; and {@code value}, a float8
     * @param names of all its gauges
     */
    public void show(String sql, String... names) {
        start(sql, names);
    }

    /**
     * As {@link #show}, of gauges that must be 0: each has an alerting rule, and one for when nobody shows it any more. Tests of
     * the manifests hold every gauge that is asked for here to that.
     */
    public void guard(String sql, String... names) {
        start(sql, names);
    }

    private void start(String sql, String... names) {
        var gauges = new LinkedHashMap<String, SqlGauge>();
        for (var name : names) {
            gauges.put(name, new SqlGauge(name, metrics));
        }
        schedule.every(every, Duration.ZERO, () -> look(sql, gauges));
    }

    private Uni<Void> look(String sql, Map<String, SqlGauge> gauges) {
        return pool.query(sql)
                .execute()
                .ifNoItem()
                .after(LONGEST_LOOK)
                .fail()
                // Before the failure's handler: what cannot be shown, a null say, must not leave older figures
                // standing.
                .invoke(rows -> show(rows, gauges))
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(failure -> {
                    LOG.debugf("SQL gauges could not be read: %s", failure);
                    gauges.values().forEach(SqlGauge::showNothing);
                    return Uni.createFrom().voidItem();
                });
    }

    private static void show(RowSet<Row> rows, Map<String, SqlGauge> gauges) {
        var byName = new HashMap<String, Map<Tags, Double>>();
        for (var row : rows) {
            var tag = row.getString("tag");
            byName.computeIfAbsent(row.getString("name"), name -> new HashMap<>())
                    .put(
                            tag == null ? Tags.empty() : Tags.of(tag, row.getString("of")),
                            Objects.requireNonNull(row.getDouble("value"), "a figure is null"));
        }
        gauges.forEach((name, gauge) -> gauge.show(byName.getOrDefault(name, Map.of())));
    }
}
