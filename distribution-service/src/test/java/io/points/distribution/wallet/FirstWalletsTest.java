package io.points.distribution.wallet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.distribution.DistributionServiceTest;
import io.points.platform.outbox.Transactions;
import io.points.testing.PointsTestResource;
import io.points.testing.Rivals;
import jakarta.inject.Inject;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@DistributionServiceTest
class FirstWalletsTest {

    private final UUID tenant = UUID.randomUUID();

    @Inject
    Transactions transactions;

    @Inject
    Wallets wallets;

    /** Else the one who opens the first could wait, over a third, for the one who holds the second. */
    @Test
    void whoeverWaitsToOpenAWalletHoldsNoOther() throws SQLException {
        var first = new Wallet.Key(tenant, new UUID(1, 1), WalletKind.EARNED);
        var second = new Wallet.Key(tenant, new UUID(2, 2), WalletKind.EARNED);
        lock(second);
        try (var rival = DriverManager.getConnection(
                        PointsTestResource.surroundings().appJdbcUrl());
                var sql = rival.createStatement()) {
            rival.setAutoCommit(false);
            sql.execute("insert into wallets (tenant_id, user_id, kind) values ('%s', '%s', 'earned')"
                    .formatted(tenant, first.userId()));
            var both = transactions
                    .write(tx -> wallets.lock(tx, List.of(second, first)))
                    .subscribeAsCompletionStage();
            Rivals.awaitBlocked();
            sql.execute("select from wallets where tenant_id = '%s' and user_id = '%s' for update nowait"
                    .formatted(tenant, second.userId()));
            rival.commit();
            assertEquals(2, both.orTimeout(10, TimeUnit.SECONDS).join().size());
        }
    }

    private void lock(Wallet.Key key) {
        transactions.write(tx -> wallets.lock(tx, List.of(key))).await().indefinitely();
    }
}
