package io.points.distribution.department;

import io.points.platform.money.AlsoText;
import io.vertx.mutiny.sqlclient.Row;
import java.util.List;
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
        long revision) {

    static DepartmentView of(Row row) {
        return new DepartmentView(
                row.getUUID("department_id"),
                row.getString("name"),
                row.getUUID("parent_id"),
                row.getBoolean("closed"),
                row.getLong("balance"),
                row.getLong("given_in_month"),
                List.of(row.getArrayOfUUIDs("manager_ids")),
                row.getLong("revision"));
    }
}
