package io.points.audit;

import io.points.testing.Api;
import io.points.testing.BadInput;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Set;

@QuarkusTest
class BadInputTest extends BadInput {

    @Override
    protected Api api() {
        return Routes.api();
    }

    @Override
    protected Set<String> queriesForThePlatform() {
        return Set.of("tenant_id");
    }

    @Override
    protected void settle() {
        AuditTables.awaitAllPosted();
        super.settle();
    }
}
