package io.points.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.audit.seal.Inside;
import io.points.testing.SideBySide;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Several instances seal at the same time, the running service beside them: no tree gets two leaves in one place. */
@QuarkusTest
class TwoSealersTest extends AuditServiceTest {

    private static final int TURNS = 30;
    private static final int RECORDS = 7;

    @Inject
    Inside inside;

    @Test
    void noTreeIsForked() {
        var tenants = List.of(tenant, UUID.randomUUID(), UUID.randomUUID());
        var auditors = tenants.stream().map(Auditor::new).toList();
        Stream.of(inside.anotherSealer(), inside.anotherSealer())
                .map(sealer -> SideBySide.begin(() -> sealWhileRecordsCome(sealer, tenants)))
                .toList()
                .forEach(CompletableFuture::join);

        int size = 2 * TURNS * RECORDS;
        for (int i = 0; i < tenants.size(); i++) {
            var id = tenants.get(i);
            AuditTables.awaitSealed(id);
            assertEquals(
                    IntStream.range(0, size).mapToObj(String::valueOf).toList(),
                    AuditTables.column("select leaf_index from audit_leaf_log where tenant_id = '" + id
                            + "' order by leaf_index"));
            auditors.get(i).saveCheckpoint();
            var verdict = auditors.get(i).verify();
            assertTrue(verdict.isGood(), verdict.toString());
            assertEquals(size, verdict.records());
        }
    }

    @Test
    void whoComesWhileAnotherIsAtItSealsNothing() throws SQLException {
        var sealer = inside.anotherSealer();
        try (var other = AuditTables.owner();
                var sql = other.createStatement()) {
            other.setAutoCommit(false);
            sql.execute("select pg_advisory_xact_lock(hashtext('audit_leaf_log'))");
            AuditTables.insert(tenant, RECORDS);
            assertEquals(0, sealer.get().await().indefinitely());
            assertEquals(
                    List.of("0"),
                    AuditTables.column("select count(*) from audit_leaf_log where tenant_id = '" + tenant + "'"));
            other.rollback();
        }
        AuditTables.awaitSealed(tenant);
    }

    private static void sealWhileRecordsCome(Supplier<Uni<Integer>> sealer, List<UUID> tenants) {
        for (int i = 0; i < TURNS; i++) {
            tenants.forEach(id -> AuditTables.insert(id, RECORDS));
            sealer.get().await().indefinitely();
        }
    }
}
