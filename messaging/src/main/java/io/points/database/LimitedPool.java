package io.points.database;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/**
 * The pool of connections, with the limits that Quarkus has no properties for. Vert.x by itself lets any number of
 * requests wait, each for 30 s. The pool's own limit on that wait is off: in Vert.x 4.5.25 a wait that has timed out while
 * its connection was being opened still gets the connection, and nobody gives it back, so that after a freeze the pool
 * stays empty for ever (vertx-sql-client, pull request 1620). Callers have limits of their own.
 */
@Singleton
class LimitedPool implements PgPoolCreator {

    /**
     * What 16 connections serve within the time that a request has, even on a slow day. In a longer queue everybody would
     * be served too late, and the service would be busy with answers that nobody waits for.
     */
    private static final int LONGEST_QUEUE = 256;

    private static final int NO_LIMIT = 0;
    private static final int LONGEST_CONNECT_MS = 3_000;

    /**
     * Every statement of ours finds its rows by a key. Left alone, PostgreSQL plans those with arrays anew each time, for
     * longer than they run; and a plan that it made while a table was all but empty reads the whole table until statistics
     * are taken again, when it has long grown.
     */
    private static final Map<String, String> PLANS = Map.of(
            "plan_cache_mode", "force_generic_plan",
            "enable_seqscan", "off",
            "enable_hashjoin", "off",
            "enable_mergejoin", "off");

    @Override
    public Pool create(Input input) {
        var limits = input.poolOptions().setMaxWaitQueueSize(LONGEST_QUEUE).setConnectionTimeout(NO_LIMIT);
        var servers = List.<SqlConnectOptions>copyOf(input.pgConnectOptionsList());
        for (var server : servers) {
            server.setConnectTimeout(LONGEST_CONNECT_MS).setTcpKeepAlive(true);
            PLANS.forEach(server::addProperty);
        }
        return PgBuilder.pool()
                .with(limits)
                .connectingTo(servers)
                .using(input.vertx())
                .withConnectHandler(Silence::watch)
                .build();
    }
}
