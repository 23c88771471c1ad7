package io.points.audit;

import io.points.testing.Api;
import io.points.testing.RouteMatrix;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class RouteMatrixTest extends RouteMatrix {

    @Override
    protected Api api() {
        return Routes.api();
    }
}
