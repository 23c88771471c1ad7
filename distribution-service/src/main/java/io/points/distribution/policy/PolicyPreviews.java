package io.points.distribution.policy;

import io.points.contract.DistributionKind;
import io.points.contract.PointsSource;
import io.points.distribution.member.MemberRole;
import io.points.distribution.rule.Giving;
import io.points.distribution.rule.GivingKind;
import io.points.distribution.rule.Rule;
import io.points.distribution.rule.RuleLookback;
import io.points.distribution.rule.RuleLookback.Past;
import io.points.ledger.dates.ExpiryTerms;
import io.points.ledger.dates.LocalDays;
import io.points.ledger.dates.Lookback;
import io.points.ledger.dates.Lookback.Credited;
import io.points.platform.time.BusinessTime;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Looks up what a policy would have done. */
@ApplicationScoped
class PolicyPreviews {

    /** More would take longer than anybody waits. */
    private static final long MOST = 100_000;

    /** Ids follow the time of the request; an award of a large batch may arrive a while later. */
    private static final String CREDITED = """
            select (updated_at at time zone $4)::date as day, count(*)::integer as credits, sum(amount)::bigint as points
            from (select updated_at, amount from distributions
                  where tenant_id = $1 and id >= $2 and id < $3 and kind = $6 and state = 'COMPLETED'
                  order by id desc limit $5) as newest
            group by 1
            """;

    /** Each is judged by each rule. */
    private static final int MOST_JUDGED = 20_000;

    private static final String GIVEN = """
            select newest.*, coalesce(newest.department_id, whole.department_id) as out_of, m.role
            from (select id, tenant_id, kind, source, from_user_id, to_user_id, amount, department_id, debit_id, created_at
                  from distributions
                  where tenant_id = $1 and id >= $2 and kind in ('award', 'delegation') and state = 'COMPLETED'
                    and reversed_by is null
                  order by id desc limit $3) as newest
            left join distributions whole on whole.id = newest.debit_id
            left join members m on m.tenant_id = newest.tenant_id and m.user_id = newest.from_user_id
            order by newest.id
            """;

    /** An award is taken back by itself, or with its batch, which is one. What it is about is what had not been taken back before. */
    private static final String UNDONE = """
            with batches_undone as (
                select u.batch_id, u.amount + u.missing as points, u.created_at
                from batches b join batch_undos u on u.batch_id = b.id
                where b.tenant_id = $1 and u.state <> 'REFUSED' and u.created_at >= $2),
            with_a_batch as (
                select r.id from batches_undone u
                join batch_lines l on l.batch_id = u.batch_id
                join distributions d on d.id = l.distribution_id
                join distributions r on r.id = d.reversed_by and r.created_at >= u.created_at),
            undone as (
                select points from batches_undone
                union all
                select r.amount + coalesce(r.missing, 0) from distributions r
                where r.tenant_id = $1 and r.id >= $3 and r.kind = 'reversal' and r.created_at >= $2
                  and not exists (select from with_a_batch w where w.id = r.id))
            select count(*)::integer as undos, (count(*) filter (where points > $4))::integer as by_two from undone
            """;

    private final Policies policies;
    private final Pool database;

    PolicyPreviews(Policies policies, Pool database) {
        this.policies = policies;
        this.database = database;
    }

    Uni<PolicyPreview> of(UUID tenantId, PolicyView policy) {
        var dated =
                ofDates(tenantId, policy).chain(preview -> withUndos(tenantId, preview, policy.undoApprovalAbove()));
        var rules = policy.rules();
        return rules.isEmpty()
                ? dated
                : dated.chain(preview -> past(tenantId, preview.from()).chain(past -> found(rules, past)
                        .map(found -> preview.with(found, past.size() < MOST_JUDGED))));
    }

    /** @param above from how many points on taking back takes two people; null: it never does */
    private Uni<PolicyPreview> withUndos(UUID tenantId, PolicyPreview preview, @Nullable Long above) {
        var from = preview.from();
        return database.preparedQuery(UNDONE)
                .execute(Tuple.from(Arrays.asList(
                        tenantId, from.atStartOfDay().atOffset(ZoneOffset.UTC), Lookback.firstIdOf(from), above)))
                .map(rows -> {
                    var found = rows.iterator().next();
                    return preview.withUndos(found.getInteger("undos"), found.getInteger("by_two"));
                });
    }

    /** On another thread: it may take a second. */
    private static Uni<List<PolicyPreview.OfRule>> found(List<Rule> rules, List<Past> past) {
        return Uni.createFrom()
                .item(() -> RuleLookback.found(rules, past))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .map(found -> IntStream.range(0, rules.size())
                        .mapToObj(i -> new PolicyPreview.OfRule(
                                rules.get(i).id(),
                                found.get(i).awards(),
                                found.get(i).points(),
                                found.get(i).alerts()))
                        .toList());
    }

    private Uni<List<Past>> past(UUID tenantId, LocalDate from) {
        return policies.find(tenantId).chain(found -> database.preparedQuery(GIVEN)
                .execute(Tuple.of(tenantId, Lookback.firstIdOf(from), MOST_JUDGED))
                .map(rows -> {
                    var past = new ArrayList<Past>(rows.size());
                    rows.forEach(row -> past.add(past(tenantId, row, found.days())));
                    return past;
                }));
    }

    private static Past past(UUID tenantId, Row row, LocalDays days) {
        var at = row.getOffsetDateTime("created_at").toInstant();
        return new Past(
                at,
                days.dayOf(at),
                Giving.of(
                                tenantId,
                                row.getUUID("from_user_id"),
                                role(row),
                                source(row),
                                "award".equals(row.getString("kind")) ? GivingKind.AWARD : GivingKind.DELEGATION,
                                row.getUUID("to_user_id"),
                                row.getLong("amount"))
                        .outOf(row.getUUID("out_of"))
                        .asked(row.getUUID("id"), false));
    }

    private static PointsSource source(Row row) {
        return "pool".equals(row.getString("source")) ? PointsSource.POOL : PointsSource.BUDGET;
    }

    /** As which it was given: not everybody who gives is in the directory, or has the role any more. */
    private static MemberRole role(Row row) {
        if (source(row) == PointsSource.BUDGET) {
            return MemberRole.LEAD;
        }
        var role = row.getString("role");
        return role == null ? MemberRole.MANAGER : MemberRole.of(role);
    }

    private Uni<PolicyPreview> ofDates(UUID tenantId, PolicyView policy) {
        var now = BusinessTime.now();
        return policies.find(tenantId).chain(found -> {
            var days = found.days();
            var today = days.dayOf(now);
            var earned = policy.earned();
            var budgets = policy.budgets();
            return credited(tenantId, DistributionKind.DELEGATION, budgets.expires(), today, days)
                    .map(delegated -> BudgetsPreview.of(budgets, today, delegated, areAll(delegated)))
                    .chain(ofBudgets -> credited(tenantId, DistributionKind.AWARD, earned.expires(), today, days)
                            .map(awarded -> PolicyPreview.of(earned, today, awarded, areAll(awarded), ofBudgets)));
        });
    }

    private static boolean areAll(List<Credited> credited) {
        return credited.stream().mapToInt(Credited::credits).sum() < MOST;
    }

    /** What was credited on the days of which something would have lapsed. */
    private Uni<List<Credited>> credited(
            UUID tenantId, DistributionKind kind, @Nullable ExpiryTerms expires, LocalDate today, LocalDays days) {
        var span = expires == null ? null : Lookback.span(expires.expiry(), today);
        if (span == null) {
            return Uni.createFrom().item(List.of());
        }
        return database.preparedQuery(CREDITED)
                .execute(Tuple.from(List.of(
                        tenantId,
                        Lookback.firstIdOf(span.first().minusDays(2)),
                        Lookback.firstIdOf(span.last().plusDays(2)),
                        days.zone().getId(),
                        MOST,
                        kind.word())))
                .map(rows -> {
                    var credited = new ArrayList<Credited>(rows.size());
                    rows.forEach(row -> credited.add(
                            new Credited(row.getLocalDate("day"), row.getInteger("credits"), row.getLong("points"))));
                    return credited;
                });
    }
}
