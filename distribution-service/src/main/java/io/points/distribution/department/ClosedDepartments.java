package io.points.distribution.department;

import io.points.contract.Envelope;
import io.points.distribution.department.EnvelopeReturns.Emptied;
import io.points.platform.outbox.Tx;
import io.points.platform.persistence.Columns;
import io.points.platform.web.caller.Role;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Empties the envelopes of closed departments: when they are closed, and whenever something has come back to them. */
@ApplicationScoped
class ClosedDepartments {

    private static final String CLOSE = """
            update departments set closed_by = $3, emptied_entry = null where tenant_id = $1 and department_id = $2
            """;

    /** A transfer that is under way is waited for: what it leaves is known by the next entry. */
    private static final String NOT_EMPTY = """
            select d.tenant_id, d.department_id, d.closed_by, b.balance, b.entry_number
            from departments d
            join department_balances b on b.tenant_id = d.tenant_id and b.department_id = d.department_id
            where d.closed and d.closed_by is not null and b.balance > 0 and b.entry_number > coalesce(d.emptied_entry, 0)
              and not exists (select from distributions t
                              where t.tenant_id = d.tenant_id and t.department_id = d.department_id
                                and t.created_at >= d.updated_at and t.kind = 'transfer' and t.state = 'REQUESTED')
            """;

    private static final String OF_ONE = NOT_EMPTY + "and d.tenant_id = $1 and d.department_id = $2";

    private static final String LOCK_NEXT =
            NOT_EMPTY + "order by d.tenant_id, d.department_id limit $1 for update of d skip locked";

    private static final String EMPTIED = """
            update departments d set emptied_entry = n.entry_number
            from unnest($1::uuid[], $2::uuid[], $3::bigint[]) as n (tenant_id, department_id, entry_number)
            where d.tenant_id = n.tenant_id and d.department_id = n.department_id
            """;

    private final EnvelopeReturns envelopes;

    ClosedDepartments(EnvelopeReturns envelopes) {
        this.envelopes = envelopes;
    }

    /** Has what is in the envelope go back, now and later. The department is locked, and saved as closed. */
    Uni<Void> close(Tx tx, Department.Key department, Envelope.Actor actor) {
        return tx.query(CLOSE, department.tenantId(), department.departmentId(), UUID.fromString(actor.id()))
                .chain(() -> tx.query(OF_ONE, department.tenantId(), department.departmentId()))
                .chain(found -> empty(tx, found, actor.traceparent()))
                .replaceWithVoid();
    }

    /**
     * Has go back what has come into closed departments' envelopes.
     *
     * @return of how many departments
     */
    Uni<Integer> emptyNext(Tx tx, int most) {
        return tx.query(LOCK_NEXT, most).chain(found -> empty(tx, found, null));
    }

    private Uni<Integer> empty(Tx tx, RowSet<Row> found, @Nullable String traceparent) {
        if (found.rowCount() == 0) {
            return Uni.createFrom().item(0);
        }
        var emptied = new ArrayList<Emptied>();
        var entries = new ArrayList<Long>();
        found.forEach(row -> {
            var department = new Department.Key(row.getUUID("tenant_id"), row.getUUID("department_id"));
            var by = new Envelope.Actor(row.getUUID("closed_by").toString(), Role.MANAGER, traceparent);
            emptied.add(new Emptied(department, row.getLong("balance"), by));
            entries.add(row.getLong("entry_number"));
        });
        return tx.query(
                        EMPTIED,
                        Columns.uuids(emptied, one -> one.department().tenantId()),
                        Columns.uuids(emptied, one -> one.department().departmentId()),
                        Columns.longs(entries, entry -> entry))
                .chain(() -> envelopes.returnAll(tx, emptied))
                .replaceWith(emptied.size());
    }
}
