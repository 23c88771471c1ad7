package io.points.platform.persistence;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready as long as the database answers. A service that is merely busy has committed something a moment ago and stays
 * ready: were it taken out of service, the others would get its load on top of theirs.
 */
@Readiness
@ApplicationScoped
class DatabaseReadiness implements AsyncHealthCheck {

    private static final Duration A_MOMENT = Duration.ofMillis(1_500);

    private final Pool pool;
    private final LastCommit lastCommit;

    DatabaseReadiness(Pool pool, LastCommit lastCommit) {
        this.pool = pool;
        this.lastCommit = lastCommit;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        if (lastCommit.isWithin(A_MOMENT)) {
            return Uni.createFrom().item(response(true));
        }
        return pool.query("select 1")
                .execute()
                .ifNoItem()
                .after(A_MOMENT)
                .fail()
                .replaceWith(() -> response(true))
                .onFailure()
                .recoverWithItem(() -> response(false));
    }

    private static HealthCheckResponse response(boolean up) {
        return HealthCheckResponse.named("database").status(up).build();
    }
}
