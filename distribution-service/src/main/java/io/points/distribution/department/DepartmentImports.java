package io.points.distribution.department;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.distribution.department.ImportPlan.Effect;
import io.points.distribution.department.ImportPlan.Outcome;
import io.points.distribution.department.ImportRules.Known;
import io.points.distribution.department.ImportRules.Person;
import io.points.distribution.member.Members;
import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
import io.points.platform.persistence.Columns;
import io.points.platform.time.BusinessTime;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.Problem.FieldError;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Makes and moves many departments, says who gives from them and who belongs to them: all that a file says, or nothing. */
@ApplicationScoped
class DepartmentImports {

    /** Those of whom the file tells, and all who give from some departments only. */
    private static final String PEOPLE = """
            select user_id, role = 'manager' and active as may_manage, belongs_to, gives_from from members
            where tenant_id = $1 and user_id = any(array(
                select unnest($2::uuid[])
                union select s.user_id from members s where s.tenant_id = $1 and s.gives_from is not null))
            order by user_id
            """;

    private static final String LOCK_PEOPLE = PEOPLE + "for update";

    private static final String GIVE_FROM = """
            update members m set gives_from = n.scope
            from (select u.user_id, array_agg(p.department_id) filter (where p.department_id is not null) as scope
                  from unnest($2::uuid[]) as u (user_id)
                  left join unnest($3::uuid[], $4::uuid[]) as p (user_id, department_id) on p.user_id = u.user_id
                  group by u.user_id) n
            where m.tenant_id = $1 and m.user_id = n.user_id
            """;

    private final Transactions transactions;
    private final Departments departments;
    private final DepartmentService service;
    private final Members members;

    DepartmentImports(Transactions transactions, Departments departments, DepartmentService service, Members members) {
        this.transactions = transactions;
        this.departments = departments;
        this.service = service;
        this.members = members;
    }

    /**
     * What came of an import, or would.
     *
     * @param lines of a dry run, each; null of an import
     */
    @Schema(name = "DepartmentImportResult")
    record Result(
            int created,
            int moved,
            int changed,
            int unchanged,
            int refused,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<Line> lines) {

        private static Result of(ImportPlan plan, @Nullable List<Line> lines) {
            return new Result(
                    plan.count(Effect.CREATED),
                    plan.count(Effect.MOVED),
                    plan.count(Effect.CHANGED),
                    plan.count(Effect.UNCHANGED),
                    plan.count(Effect.REFUSED),
                    lines);
        }
    }

    /**
     * What would become of one line.
     *
     * @param column the cell at fault; null if the line is not refused
     * @param message what is wrong with it; null if the line is not refused
     */
    @Schema(name = "DepartmentImportLine")
    record Line(
            int line,
            ImportPlan.Effect effect,
            @Nullable String column,
            @Nullable String message) {

        private static Line of(Outcome outcome) {
            var fault = outcome.fault();
            return new Line(
                    outcome.line(),
                    outcome.effect(),
                    fault == null ? null : fault.column(),
                    fault == null ? null : fault.why());
        }
    }

    /** A plan, and who gives from where before it. */
    private record Planned(ImportPlan plan, Map<UUID, Set<UUID>> scopes) {}

    /** What would come of it at this moment. Writes nothing. */
    Uni<Result> check(UUID tenantId, List<ImportRow> rows, Envelope.Actor actor) {
        return transactions.write(tx -> service.requireUnscoped(tx, tenantId, actor)
                .chain(() -> departments.all(tx, tenantId))
                .chain(all -> plan(tx, PEOPLE, tenantId, all, rows))
                .map(Planned::plan)
                .map(plan ->
                        Result.of(plan, plan.outcomes().stream().map(Line::of).toList())));
    }

    /** Does what the lines say, or is a 400 that names those that cannot be. */
    Uni<Result> apply(Tx tx, UUID tenantId, List<ImportRow> rows, Envelope.Actor actor) {
        return departments.lockAll(tx, tenantId).chain(all -> service.requireUnscoped(tx, tenantId, actor)
                .chain(() -> plan(tx, LOCK_PEOPLE, tenantId, all, rows))
                .chain(planned -> {
                    var plan = planned.plan();
                    requireAll(plan);
                    return departments
                            .save(tx, plan.departments(), plan.managers(), actor)
                            .chain(() -> giveFrom(tx, tenantId, planned))
                            .chain(() -> members.moveTo(tx, tenantId, plan.moved(), actor))
                            .replaceWith(Result.of(plan, null));
                }));
    }

    private static void requireAll(ImportPlan plan) {
        var refused = plan.refused();
        if (!refused.isEmpty()) {
            throw Problem.badRequest(refused.stream()
                            .map(one -> new FieldError(
                                    "line " + one.line() + ", " + one.fault().column(),
                                    one.fault().why()))
                            .toList())
                    .exception();
        }
    }

    private static Uni<Planned> plan(
            Tx tx, String sql, UUID tenantId, Map<UUID, Department> all, List<ImportRow> rows) {
        var named = rows.stream()
                .flatMap(row -> Stream.concat(
                        Stream.ofNullable(row.member()),
                        Stream.ofNullable(row.managers()).flatMap(Collection::stream)))
                .distinct()
                .toList();
        return tx.query(sql, tenantId, Columns.uuids(named, id -> id)).map(found -> {
            var scopes = scopes(found);
            var now = BusinessTime.now();
            var known = new Known(all, managers(scopes), people(found));
            return new Planned(ImportRules.plan(tenantId, known, rows, () -> Ids.next(now)), scopes);
        });
    }

    private static Map<UUID, Person> people(RowSet<Row> found) {
        var people = new HashMap<UUID, Person>();
        found.forEach(row -> people.put(
                row.getUUID("user_id"), new Person(row.getBoolean("may_manage"), row.getUUID("belongs_to"))));
        return people;
    }

    /** The departments that each gives from, of those who give from some only. */
    private static Map<UUID, Set<UUID>> scopes(RowSet<Row> found) {
        var scopes = new TreeMap<UUID, Set<UUID>>();
        for (var row : found) {
            var scope = row.getArrayOfUUIDs("gives_from");
            if (scope != null) {
                scopes.put(row.getUUID("user_id"), new TreeSet<>(List.of(scope)));
            }
        }
        return scopes;
    }

    private static Map<UUID, Set<UUID>> managers(Map<UUID, Set<UUID>> scopes) {
        var managers = new HashMap<UUID, Set<UUID>>();
        scopes.forEach((user, scope) -> scope.forEach(department ->
                managers.computeIfAbsent(department, id -> new TreeSet<>()).add(user)));
        return managers;
    }

    private static Uni<Void> giveFrom(Tx tx, UUID tenantId, Planned planned) {
        var scopes = planned.scopes();
        var changed = new TreeSet<UUID>();
        planned.plan().managers().forEach((department, wanted) -> {
            scopes.forEach((user, scope) -> {
                if (!wanted.contains(user) && scope.remove(department)) {
                    changed.add(user);
                }
            });
            wanted.forEach(user -> {
                if (scopes.computeIfAbsent(user, id -> new TreeSet<>()).add(department)) {
                    changed.add(user);
                }
            });
        });
        if (changed.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var users = new ArrayList<UUID>();
        var from = new ArrayList<UUID>();
        changed.forEach(user -> scopes.get(user).forEach(department -> {
            users.add(user);
            from.add(department);
        }));
        return tx.query(
                        GIVE_FROM,
                        tenantId,
                        changed.toArray(UUID[]::new),
                        users.toArray(UUID[]::new),
                        from.toArray(UUID[]::new))
                .replaceWithVoid();
    }
}
