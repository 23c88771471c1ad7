package io.points.distribution.department;

import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.contract.MemberEvent.DepartmentChanged;
import io.points.platform.outbox.Tx;
import io.points.platform.persistence.Columns;
import io.points.platform.time.BusinessTime;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
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

    private static final String ALL = SELECT + " where d.tenant_id = $1 order by d.department_id";

    private static final String LOCK_ALL = ALL + " for update";

    private static final String SAVE = """
            insert into departments (tenant_id, department_id, name, parent_id, revision, closed, created_at, updated_at)
            select $1::uuid, department_id, name, parent_id, revision, closed, $7::timestamptz, $7::timestamptz
            from unnest($2::uuid[], $3::text[], $4::uuid[], $5::bigint[], $6::boolean[])
                 as n (department_id, name, parent_id, revision, closed)
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

    /** A tenant's departments at this moment. */
    Uni<Map<UUID, Department>> all(Tx tx, UUID tenantId) {
        return tx.query(ALL, tenantId).map(Departments::read);
    }

    /**
     * Writes departments of one tenant, and publishes that they are so.
     *
     * @param managers who gives from a department; nothing of those of which that was not said
     */
    Uni<Void> save(
            Tx tx, List<Department> changed, Map<UUID, ? extends Collection<UUID>> managers, Envelope.Actor actor) {
        if (changed.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var now = BusinessTime.now();
        changed.forEach(
                department -> tx.send(Ids.next(now), changed(department, managers.get(department.id())), now, actor));
        return tx.query(
                        SAVE,
                        changed.get(0).key().tenantId(),
                        Columns.uuids(changed, Department::id),
                        Columns.texts(changed, Department::name),
                        Columns.uuids(changed, Department::parentId),
                        Columns.longs(changed, Department::revision),
                        Columns.booleans(changed, Department::closed),
                        now.atOffset(ZoneOffset.UTC))
                .replaceWithVoid();
    }

    private static DepartmentChanged changed(Department department, @Nullable Collection<UUID> managers) {
        return new DepartmentChanged(
                department.key().tenantId(),
                department.id(),
                department.revision(),
                department.parentId(),
                department.closed(),
                managers == null ? null : List.copyOf(new TreeSet<>(managers)));
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
