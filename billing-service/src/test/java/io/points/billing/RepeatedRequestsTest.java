package io.points.billing;

import io.points.testing.Api;
import io.points.testing.RepeatedRequests;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class RepeatedRequestsTest extends RepeatedRequests {

    @Override
    protected Api api() {
        return Routes.api();
    }
}
