package io.points.distribution.department;

import io.points.distribution.rule.Rule;
import io.points.distribution.rule.RuleDepartments;
import io.points.platform.money.AlsoText;
import io.vertx.mutiny.sqlclient.Row;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A department over HTTP.
 *
 * @param parentId the department that it is part of; null if of none
 * @param balance points in its envelope, as far as the pool's events have been consumed
 * @param givenInMonth points given from it in this month, UTC: what was refused or undone does not count
 * @param managerIds who gives from it, and from nothing but such departments
 * @param rules the ids of the policy's rules that name it
 */
@Schema(name = "Department")
record DepartmentView(
        UUID departmentId,
        String name,
        @Nullable UUID parentId,
        boolean closed,
        long balance,
        @AlsoText long givenInMonth,
        List<UUID> managerIds,
        List<String> rules,
        long revision) {

    /** @param rules the policy's */
    static DepartmentView of(Row row, List<Rule> rules) {
        var id = row.getUUID("department_id");
        return new DepartmentView(
                id,
                row.getString("name"),
                row.getUUID("parent_id"),
                row.getBoolean("closed"),
                row.getLong("balance"),
                row.getLong("given_in_month"),
                List.of(row.getArrayOfUUIDs("manager_ids")),
                RuleDepartments.naming(rules, Set.of(id)),
                row.getLong("revision"));
    }
}
