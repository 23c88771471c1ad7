package io.points.platform.persistence;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The connections, in two pools: one for requests, and one for what must go on however many requests wait. Each has a queue of
 * its own, so that slow reads can take neither connections nor places from consumers. Both have the limits that Quarkus has no properties for. Vert.x by itself lets any number of
 * requests wait, each for 30 s. The pool's own limit on that wait is off: in Vert.x 4.5.25 a wait that has timed out while
 * its connection was being opened still gets the connection, and nobody gives it back, so that after a freeze the pool
 * stays empty for ever (vertx-sql-client, pull request 1620). Callers have limits of their own.
 */
@Singleton
class PoolFactory implements PgPoolCreator {

    /**
     * What 16 connections serve within the time that a request has, even on a slow day. In a longer queue everybody would
     * be served too late, and the service would be busy with answers that nobody waits for.
     */
    private static final int LONGEST_QUEUE = 256;

    /** Of eight connections so many are for the background; of few, two at least. */
    private static final int BACKGROUND_EIGHTHS = 3;

    private static final int LEAST_FOR_BACKGROUND = 2;

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

    private volatile @Nullable Pool background;

    @Override
    public Pool create(Input input) {
        int all = input.poolOptions().getMaxSize();
        int forBackground = forBackground(all);
        background = pool(input, forBackground);
        return pool(input, Math.max(1, all - forBackground));
    }

    /** How many of so many connections. */
    static int forBackground(int all) {
        return Math.min(Math.max(1, all - 1), Math.max(LEAST_FOR_BACKGROUND, all * BACKGROUND_EIGHTHS / 8));
    }

    /** That of the background, once the other one is made. */
    Pool background() {
        var made = background;
        if (made == null) {
            throw new IllegalStateException("The pool for requests must be created first");
        }
        return made;
    }

    @PreDestroy
    void close() {
        var made = background;
        if (made != null) {
            made.close();
        }
    }

    private static Pool pool(Input input, int connections) {
        var limits = new PoolOptions(input.poolOptions())
                .setMaxSize(connections)
                .setMaxWaitQueueSize(LONGEST_QUEUE)
                .setConnectionTimeout(NO_LIMIT);
        var servers = List.<SqlConnectOptions>copyOf(input.pgConnectOptionsList());
        for (var server : servers) {
            server.setConnectTimeout(LONGEST_CONNECT_MS).setTcpKeepAlive(true);
            PLANS.forEach(server::addProperty);
        }
        return new HeardPool(PgBuilder.pool()
                .with(limits)
                .connectingTo(servers)
                .using(input.vertx())
                .withConnectHandler(IdleConnectionReaper::watch)
                .build());
    }
}
