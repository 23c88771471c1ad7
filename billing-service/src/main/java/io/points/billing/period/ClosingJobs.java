package io.points.billing.period;

import io.points.billing.Period;
import io.points.billing.period.ClosingJob.Outcome;
import io.points.billing.period.PeriodRules.Refusal;
import io.points.billing.period.PeriodRules.Refused;
import io.points.billing.period.PeriodService.Wish;
import io.points.contract.Envelope;
import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Closing jobs in their tables. */
@ApplicationScoped
class ClosingJobs {

    private static final String COLUMNS =
            "j.job_id, j.billing_period, j.reason, j.soft_close, j.created_by, j.actor_role, j.traceparent, j.created_at";

    /** Until the transaction ends, nobody else begins a job. */
    private static final String LOCK = "select pg_advisory_xact_lock(hashtext('points: closing jobs'))";

    private static final String RUNNING = """
            select j.job_id from closing_jobs j
            where j.billing_period = $1
              and exists (select from closing_job_tenants t where t.job_id = j.job_id and t.outcome is null)
            limit 1
            """;

    private static final String INSERT = """
            insert into closing_jobs (job_id, billing_period, reason, soft_close, created_by, actor_role, traceparent, created_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8)
            """;

    private static final String INSERT_TENANTS = """
            insert into closing_job_tenants (job_id, tenant_id)
            select $1, t.tenant_id from billing_tenants t
            where least(t.since, (select min(billing_period) from period_flows f where f.tenant_id = t.tenant_id)) <= $2
            """;

    /** Who has failed waits until all others had their turn. Another instance has whoever is locked. */
    private static final String NEXT = "select t.tenant_id, " + COLUMNS + """
            \sfrom closing_job_tenants t join closing_jobs j using (job_id)
            where t.outcome is null order by t.failures, t.job_id, t.tenant_id limit 1
            for no key update of t skip locked
            """;

    private static final String DECIDE = """
            update closing_job_tenants set outcome = $3, refusal = $4, detail = $5, decided_at = now()
            where job_id = $1 and tenant_id = $2 and outcome is null
            """;

    private static final String FAIL = """
            update closing_job_tenants set failures = failures + 1,
                   outcome = case when failures + 1 >= $3 then 'failed' end,
                   decided_at = case when failures + 1 >= $3 then now() end
            where job_id = $1 and tenant_id = $2 and outcome is null
            """;

    private static final String FIND = "select " + COLUMNS + " from closing_jobs j where j.job_id = $1";

    private static final String COUNT = """
            select outcome, refusal, count(*)::integer as tenants from closing_job_tenants where job_id = $1 group by outcome, refusal
            """;

    private static final String RESULTS = """
            select tenant_id, outcome, refusal, detail from closing_job_tenants
            where job_id = $1 and ($2::uuid is null or tenant_id > $2) and ($3::text is null or outcome = $3)
            order by tenant_id limit $4
            """;

    /** A tenant whose turn it is. */
    record Turn(ClosingJob job, UUID tenantId) {}

    /** The job that closes this month and has tenants left; null if none does. No other begins before the transaction ends. */
    Uni<@Nullable UUID> running(Tx tx, Period period) {
        return tx.query(LOCK)
                .chain(locked -> tx.query(RUNNING, period.firstDay()))
                .map(rows -> {
                    for (var row : rows) {
                        return row.getUUID("job_id");
                    }
                    return null;
                });
    }

    Uni<Void> insert(Tx tx, ClosingJob job) {
        var wish = job.wish();
        return tx.query(
                        INSERT,
                        job.id(),
                        job.period().firstDay(),
                        wish.reason(),
                        job.softClose(),
                        wish.by(),
                        wish.actor().role(),
                        wish.actor().traceparent(),
                        job.createdAt().atOffset(ZoneOffset.UTC))
                .chain(() -> tx.query(INSERT_TENANTS, job.id(), job.period().firstDay()))
                .replaceWithVoid();
    }

    /** Locks the next tenant for this transaction; null if there is none that nobody else has. */
    Uni<@Nullable Turn> next(Tx tx) {
        return tx.query(NEXT).map(rows -> {
            for (var row : rows) {
                return new Turn(job(row), row.getUUID("tenant_id"));
            }
            return null;
        });
    }

    Uni<Void> decide(Tx tx, UUID job, ClosingResult result) {
        var refused = result.refused();
        return tx.query(
                        DECIDE,
                        job,
                        result.tenantId(),
                        word(result.outcome()),
                        refused == null ? null : refused.refusal().slug(),
                        refused == null ? null : refused.detail())
                .replaceWithVoid();
    }

    /** @param most after so many failures it is given up */
    Uni<Void> fail(Tx tx, Turn turn, int most) {
        return tx.query(FAIL, turn.job().id(), turn.tenantId(), most).replaceWithVoid();
    }

    Uni<@Nullable ClosingJob> find(Tx tx, UUID id) {
        return tx.query(FIND, id).map(rows -> {
            for (var row : rows) {
                return job(row);
            }
            return null;
        });
    }

    Uni<ClosingCounts> count(Tx tx, UUID job) {
        return tx.query(COUNT, job).map(rows -> {
            var counts = ClosingCounts.NONE;
            for (var row : rows) {
                counts = counts.with(
                        outcome(row.getString("outcome")), row.getString("refusal"), row.getInteger("tenants"));
            }
            return counts;
        });
    }

    /**
     * In the order of the tenants' ids.
     *
     * @param outcome of those that are wanted; null for all
     */
    Uni<List<ClosingResult>> results(Tx tx, UUID job, @Nullable Outcome outcome, @Nullable UUID after, int atMost) {
        return tx.query(RESULTS, job, after, word(outcome), atMost).map(rows -> {
            var results = new ArrayList<ClosingResult>(rows.rowCount());
            rows.forEach(row -> {
                var refusal = row.getString("refusal");
                results.add(new ClosingResult(
                        row.getUUID("tenant_id"),
                        outcome(row.getString("outcome")),
                        refusal == null ? null : new Refused(Refusal.of(refusal), row.getString("detail"))));
            });
            return results;
        });
    }

    private static ClosingJob job(Row row) {
        var by = row.getUUID("created_by");
        return new ClosingJob(
                row.getUUID("job_id"),
                Period.of(row.getLocalDate("billing_period")),
                new Wish(
                        by,
                        row.getString("reason"),
                        new Envelope.Actor(by.toString(), row.getString("actor_role"), row.getString("traceparent"))),
                row.getBoolean("soft_close"),
                row.getOffsetDateTime("created_at").toInstant());
    }

    private static @Nullable String word(@Nullable Outcome outcome) {
        return outcome == null ? null : outcome.word();
    }

    private static @Nullable Outcome outcome(@Nullable String word) {
        return word == null ? null : Outcome.valueOf(word.toUpperCase(Locale.ROOT));
    }
}
