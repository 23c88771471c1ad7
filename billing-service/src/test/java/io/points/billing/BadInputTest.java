package io.points.billing;

import io.points.testing.Api;
import io.points.testing.BadInput;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class BadInputTest extends BadInput {

    @Override
    protected Api api() {
        return Routes.api();
    }

    /** Closings of all tenants go on after their answer. */
    @Override
    protected void settle() {
        Routes.awaitClosings();
        super.settle();
    }
}
