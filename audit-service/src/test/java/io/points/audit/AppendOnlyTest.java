package io.points.audit;

import io.points.contract.Account;
import io.points.contract.BalanceEvent.AttestedBalance;
import io.points.contract.BalanceEvent.BalanceAttested;
import io.points.contract.PoolEvent.TenantSuspended;
import io.points.testing.AppendOnly;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AppendOnlyTest extends AuditServiceTest {

    @Test
    void logsAndLedgersRefuseChange() throws SQLException {
        send(new TenantSuspended(tenant, 2));
        send(new BalanceAttested(tenant, Account.POOL, List.of(new AttestedBalance(tenant, 0, 1, 0))));
        awaitPosted();
        AuditTables.awaitAllPosted();
        AppendOnly.check(Set.of("audit_log", "audit_leaf_log", "audit_checkpoint_log", "audit_alert_log"));
    }
}
