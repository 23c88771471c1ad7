package io.points.distribution.department;

import io.points.platform.outbox.Tx;
import io.points.platform.persistence.Columns;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The repository of departments. */
@ApplicationScoped
public class Departments {

    private static final String SELECT =
            "select d.tenant_id, d.department_id, d.name, d.parent_id, d.revision, d.closed from departments d";

    private static final String FIND = SELECT + """
             join unnest($1::uuid[], $2::uuid[]) as k (tenant_id, department_id)
               on k.tenant_id = d.tenant_id and k.department_id = d.department_id
            """;

    private static final String LOCK_ALL = SELECT + " where d.tenant_id = $1 order by d.department_id for update";

    private static final String SAVE = """
            insert into departments (tenant_id, department_id, name, parent_id, revision, closed, created_at, updated_at)
            values ($1, $2, $3, $4, $5, $6, $7, $7)
            on conflict (tenant_id, department_id) do update set name = excluded.name, parent_id = excluded.parent_id,
                   revision = excluded.revision, closed = excluded.closed, updated_at = excluded.updated_at
            """;

    /** Those that exist of the departments that are named; without any, nothing is looked for. */
    public Uni<Map<Department.Key, Department>> find(Tx tx, Collection<Department.Key> named) {
        if (named.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return tx.query(
                        FIND,
                        Columns.uuids(named, Department.Key::tenantId),
                        Columns.uuids(named, Department.Key::departmentId))
                .map(rows -> {
                    var found = new HashMap<Department.Key, Department>();
                    rows.forEach(row -> found.put(department(row).key(), department(row)));
                    return found;
                });
    }

    /** Which department a request names; null if it names none. */
    public static Department.@Nullable Key key(UUID tenantId, @Nullable UUID departmentId) {
        return departmentId == null ? null : new Department.Key(tenantId, departmentId);
    }

    /** Locks a tenant's departments, in the order of their ids: their tree stays as it is until the commit. */
    Uni<Map<UUID, Department>> lockAll(Tx tx, UUID tenantId) {
        return tx.query(LOCK_ALL, tenantId).map(Departments::read);
    }

    Uni<Void> save(Tx tx, Department department, Instant now) {
        return tx.query(
                        SAVE,
                        department.key().tenantId(),
                        department.id(),
                        department.name(),
                        department.parentId(),
                        department.revision(),
                        department.closed(),
                        now.atOffset(ZoneOffset.UTC))
                .replaceWithVoid();
    }

    private static Map<UUID, Department> read(RowSet<Row> rows) {
        var found = new LinkedHashMap<UUID, Department>();
        rows.forEach(row -> found.put(row.getUUID("department_id"), department(row)));
        return found;
    }

    private static Department department(Row row) {
        return new Department(
                new Department.Key(row.getUUID("tenant_id"), row.getUUID("department_id")),
                row.getString("name"),
                row.getUUID("parent_id"),
                row.getLong("revision"),
                row.getBoolean("closed"));
    }
}
