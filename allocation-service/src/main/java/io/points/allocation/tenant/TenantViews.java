package io.points.allocation.tenant;

import io.points.platform.outbox.Tx;
import io.points.platform.web.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Read models of tenants, each with the contract in force. */
@ApplicationScoped
public class TenantViews {

    private static final String FIND = "select * from tenants_and_contracts where id = $1";

    private final Pool database;

    TenantViews(Pool database) {
        this.database = database;
    }

    /** @return fails with a 404 problem if there is no such tenant */
    public Uni<TenantView> find(UUID id) {
        return database.preparedQuery(FIND).execute(Tuple.of(id)).map(TenantViews::only);
    }

    /** The tenant as this transaction leaves it. */
    static Uni<TenantView> find(Tx tx, UUID id) {
        return tx.query(FIND, id).map(TenantViews::only);
    }

    private static TenantView only(RowSet<Row> rows) {
        if (rows.rowCount() == 0) {
            throw Problem.notFound("tenant").exception();
        }
        return TenantView.of(rows.iterator().next());
    }
}
