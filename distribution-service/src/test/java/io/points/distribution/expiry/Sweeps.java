package io.points.distribution.expiry;

import io.points.distribution.Given;
import io.points.testing.Tables;
import io.quarkus.arc.Arc;
import java.time.Instant;

/** Sweeps of what lapses, for tests of other packages. */
public final class Sweeps {

    private Sweeps() {}

    /** Goes through the wallets of the tenant, and of all others that are due, as if it were that moment. */
    public static void at(Instant moment, Given given) {
        Tables.asApp(connection -> {
            try (var sql = connection.createStatement()) {
                return sql.execute("update expiry_rounds set due_at = now() where tenant_id = '" + given.tenant + "'");
            }
        });
        Arc.container()
                .instance(ExpiryRound.class)
                .get()
                .look(() -> moment)
                .await()
                .indefinitely();
    }
}
