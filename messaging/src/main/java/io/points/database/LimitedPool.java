package io.points.database;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The pool of connections, with the limits that Quarkus has no properties for. Vert.x by itself lets any number of
 * requests wait, each for 30 s.
 */
@Singleton
class LimitedPool implements PgPoolCreator {

    /** About what a pool of 16 serves within {@link #LONGEST_WAIT_SECONDS}; who would wait longer need not begin to. */
    private static final int LONGEST_QUEUE = 1_000;

    private static final int LONGEST_WAIT_SECONDS = 3;

    @Override
    public Pool create(Input input) {
        var limits = input.poolOptions()
                .setMaxWaitQueueSize(LONGEST_QUEUE)
                .setConnectionTimeout(LONGEST_WAIT_SECONDS)
                .setConnectionTimeoutUnit(TimeUnit.SECONDS);
        var servers = List.<SqlConnectOptions>copyOf(input.pgConnectOptionsList());
        for (var server : servers) {
            server.setConnectTimeout((int) TimeUnit.SECONDS.toMillis(LONGEST_WAIT_SECONDS))
                    .setTcpKeepAlive(true);
        }
        return PgBuilder.pool()
                .with(limits)
                .connectingTo(servers)
                .using(input.vertx())
                .build();
    }
}
