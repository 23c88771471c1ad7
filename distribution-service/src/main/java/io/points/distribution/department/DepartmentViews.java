package io.points.distribution.department;

import io.points.distribution.rule.RuleJson;
import io.points.platform.time.BusinessTime;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A tenant's departments with their figures. */
@ApplicationScoped
class DepartmentViews {

    private static final String ALL = """
            select d.department_id, d.name, d.parent_id, d.closed, d.revision, coalesce(b.balance, 0) as balance,
                   coalesce(g.points, 0) as given_in_month, coalesce(m.user_ids, '{}') as manager_ids,
                   p.rules
            from departments d
            left join department_balances b on b.tenant_id = d.tenant_id and b.department_id = d.department_id
            left join (select department_id, least(sum(amount), 9007199254740991)::bigint as points from distributions
                       where tenant_id = $1 and department_id is not null and created_at >= $2
                         and kind in ('delegation', 'award', 'batch') and state in ('COMPLETED', 'HELD')
                       group by department_id) g on g.department_id = d.department_id
            left join (select department_id, array_agg(user_id order by user_id) as user_ids
                       from members, unnest(gives_from) as department_id
                       where tenant_id = $1 and gives_from is not null
                       group by department_id) m on m.department_id = d.department_id
            left join policies p on p.tenant_id = d.tenant_id
            where d.tenant_id = $1
            order by d.name, d.department_id
            """;

    private final Pool database;
    private final RuleJson json;

    DepartmentViews(Pool database, RuleJson json) {
        this.database = database;
        this.json = json;
    }

    /** By their names. */
    Uni<List<DepartmentView>> all(UUID tenantId) {
        var month = BusinessTime.now().atOffset(ZoneOffset.UTC).toLocalDate().withDayOfMonth(1);
        return database.preparedQuery(ALL)
                .execute(Tuple.of(tenantId, month.atStartOfDay().atOffset(ZoneOffset.UTC)))
                .map(rows -> {
                    var views = new ArrayList<DepartmentView>(rows.rowCount());
                    if (rows.rowCount() > 0) {
                        var rules = json.read(rows.iterator().next().getString("rules"));
                        rows.forEach(row -> views.add(DepartmentView.of(row, rules)));
                    }
                    return views;
                });
    }
}
