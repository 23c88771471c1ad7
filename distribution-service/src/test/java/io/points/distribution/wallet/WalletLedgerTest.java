package io.points.distribution.wallet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.distribution.DistributionServiceTest;
import io.points.distribution.Given;
import io.points.testing.PointsTestResource;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

@DistributionServiceTest
class WalletLedgerTest {

    private static final String UNIQUE_VIOLATION = "23505";

    /** Whatever state the saga believes in, the database does not credit a distribution twice. */
    @Test
    void aDistributionHasOneEntryInAWallet() throws SQLException {
        try (var given = Given.tenant();
                var app = DriverManager.getConnection(
                        PointsTestResource.surroundings().appJdbcUrl());
                var sql = app.createStatement()) {
            given.budget(5);
            var again = """
                    insert into wallet_ledger (tenant_id, user_id, kind, entry_number, amount, balance_after,
                           distribution_id, event_id, created_at)
                    select tenant_id, user_id, kind, entry_number + 1, amount, balance_after + amount,
                           distribution_id, gen_random_uuid(), now()
                    from wallet_ledger where tenant_id = '%s'""".formatted(given.tenant);
            var refusal = assertThrows(SQLException.class, () -> sql.execute(again));
            assertEquals(UNIQUE_VIOLATION, refusal.getSQLState());
            assertTrue(refusal.getMessage().contains("one_entry_per_distribution_and_wallet"), refusal.getMessage());
        }
    }
}
