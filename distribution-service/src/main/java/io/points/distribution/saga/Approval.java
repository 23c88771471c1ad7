package io.points.distribution.saga;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a distribution needs before it is given: its points are out of the pool, or the budget, and wait.
 *
 * @param levels how many people must approve it, 1 to 3
 * @param hours how long it waits for them, 1 to 720; then it goes back, for nobody's silence is a yes
 * @param rule of the tenant's policy that wants it; null if a version took it that did not keep that
 */
public record Approval(int levels, int hours, @Nullable String rule) {

    /** As a row says; null if it needs none. */
    public static @Nullable Approval of(Row row) {
        var levels = row.getInteger("approval_levels");
        return levels == null
                ? null
                : new Approval(levels, row.getInteger("approval_hours"), row.getString("approval_rule"));
    }

    /** When it goes back, unless all have approved it. */
    public Instant until(Instant heldSince) {
        return heldSince.plus(Duration.ofHours(hours));
    }
}
