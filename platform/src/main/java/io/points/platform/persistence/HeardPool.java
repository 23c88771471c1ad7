package io.points.platform.persistence;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.pgclient.PgPool;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PrepareOptions;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.Query;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * A pool whose connections log what the server says unasked, such as that it ends one because its transaction stood still for
 * too long. Vert.x would print it, past the log. Whoever uses the connection learns of its end by the next statement. Quarkus 3.34 wants a {@link PgPool}, which Vert.x has deprecated.
 */
@SuppressWarnings("deprecation")
final class HeardPool implements PgPool {

    private static final Logger LOG = Logger.getLogger(HeardPool.class);

    private final Pool pool;

    HeardPool(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Future<SqlConnection> getConnection() {
        return pool.getConnection().map(connection -> connection.exceptionHandler(HeardPool::log));
    }

    private static void log(Throwable said) {
        LOG.warnf("A database connection that was in use failed: %s", said);
    }

    @Override
    public void getConnection(Handler<AsyncResult<SqlConnection>> handler) {
        getConnection().onComplete(handler);
    }

    @Override
    public Query<RowSet<Row>> query(String sql) {
        return pool.query(sql);
    }

    @Override
    public PreparedQuery<RowSet<Row>> preparedQuery(String sql) {
        return pool.preparedQuery(sql);
    }

    @Override
    public PreparedQuery<RowSet<Row>> preparedQuery(String sql, PrepareOptions options) {
        return pool.preparedQuery(sql, options);
    }

    @Override
    public void close(Handler<AsyncResult<Void>> handler) {
        pool.close(handler);
    }

    @Override
    public Future<Void> close() {
        return pool.close();
    }

    @Override
    public PgPool connectHandler(Handler<SqlConnection> handler) {
        pool.connectHandler(handler);
        return this;
    }

    @Override
    public PgPool connectionProvider(Function<Context, Future<SqlConnection>> provider) {
        pool.connectionProvider(provider);
        return this;
    }

    @Override
    public int size() {
        return pool.size();
    }
}
