package io.points.distribution.limit;

import io.points.contract.PointsSource;
import io.points.distribution.member.MemberRole;
import io.points.distribution.rule.Giving;
import io.points.distribution.rule.GivingKind;
import io.points.distribution.rule.GivingRules;
import io.points.distribution.rule.Rule;
import io.points.distribution.rule.RuleJson;
import io.points.distribution.rule.Subject;
import io.points.platform.outbox.Tx;
import io.points.platform.persistence.Columns;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Distributions that are counted in a window and did not happen, or were taken back. */
@ApplicationScoped
class CountedForNothing {

    private static final String ALL = "where d.counted_on is not null"
            + " and (d.state in ('REJECTED', 'CANCELLED', 'COMPENSATED') or d.reversed_by is not null)";

    /** With the rules that it was judged by: they say where it is counted. What a batch gives came out of the batch's department. */
    private static final String NEXT = """
            select d.id, d.tenant_id, d.kind, d.source, d.from_user_id, d.to_user_id, d.amount, d.counted_on, l.rules,
                   coalesce(d.department_id, whole.department_id) as department_id
            from distributions d left join policy_logs l on l.tenant_id = d.tenant_id and l.revision = d.policy_revision
            left join distributions whole on whole.id = d.debit_id
            """ + ALL + " order by d.id limit $1";

    private static final String LINES = "select to_user_id, amount from batch_lines where batch_id = $1";

    private static final String LOCK =
            "select d.id from distributions d " + ALL + " and d.id = any($1) order by d.id for update";

    private final RuleJson json;

    CountedForNothing(RuleJson json) {
        this.json = json;
    }

    /**
     * One of them.
     *
     * @param day in whose windows it is counted
     */
    record Counted(UUID id, LocalDate day, Giving giving, List<Rule> rules) {

        Set<Subject> subjects() {
            return GivingRules.subjects(rules, giving);
        }

        List<Tallies.Key> keys() {
            return subjects().stream()
                    .map(subject -> new Tallies.Key(giving.tenantId(), subject))
                    .toList();
        }
    }

    /** Some of them; one that has many receivers comes by itself. */
    Uni<List<Counted>> next(Tx tx, int most) {
        return tx.query(NEXT, most).chain(rows -> {
            var single = new ArrayList<Counted>();
            for (var row : rows) {
                if (row.getUUID("to_user_id") == null) {
                    return single.isEmpty() ? batch(tx, row) : Uni.createFrom().item(single);
                }
                single.add(counted(row, List.of(new Giving.Part(row.getUUID("to_user_id"), row.getLong("amount")))));
            }
            return Uni.createFrom().item(single);
        });
    }

    private Uni<List<Counted>> batch(Tx tx, Row row) {
        return tx.query(LINES, row.getUUID("id")).map(lines -> {
            var parts = new ArrayList<Giving.Part>();
            lines.forEach(line -> parts.add(new Giving.Part(line.getUUID("to_user_id"), line.getLong("amount"))));
            return List.of(counted(row, parts));
        });
    }

    private Counted counted(Row row, List<Giving.Part> parts) {
        var kind = "delegation".equals(row.getString("kind")) ? GivingKind.DELEGATION : GivingKind.AWARD;
        var source = "budget".equals(row.getString("source")) ? PointsSource.BUDGET : PointsSource.POOL;
        // In whose windows it is counted does not depend on the role.
        return new Counted(
                row.getUUID("id"),
                row.getLocalDate("counted_on"),
                new Giving(
                                row.getUUID("tenant_id"),
                                row.getUUID("from_user_id"),
                                MemberRole.MANAGER,
                                source,
                                kind,
                                parts)
                        .outOf(row.getUUID("department_id")),
                json.read(row.getString("rules")));
    }

    /** Which of them are still counted; nobody else takes them off until the commit. */
    Uni<Set<UUID>> lock(Tx tx, List<Counted> found) {
        return tx.query(LOCK, Columns.uuids(found, Counted::id)).map(rows -> {
            var still = new HashSet<UUID>();
            rows.forEach(row -> still.add(row.getUUID("id")));
            return still;
        });
    }

    /** They are counted nowhere any more. */
    Uni<Void> takenOff(Tx tx, Set<UUID> ids) {
        return tx.query("update distributions set counted_on = null where id = any($1)", (Object)
                        ids.toArray(UUID[]::new))
                .replaceWithVoid();
    }
}
