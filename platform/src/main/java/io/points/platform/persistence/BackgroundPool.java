package io.points.platform.persistence;

import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Where the {@link Background} connections come from. */
@Singleton
class BackgroundPool {

    /** @param requests is made when it is first used, and the other one with it */
    @Produces
    @Singleton
    @Background
    Pool background(Pool requests, PoolFactory pools) {
        requests.size();
        return new Pool(pools.background());
    }
}
