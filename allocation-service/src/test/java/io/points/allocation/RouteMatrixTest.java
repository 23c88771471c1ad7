package io.points.allocation;

import io.points.testing.Api;
import io.points.testing.RouteMatrix;

@AllocationServiceTest
class RouteMatrixTest extends RouteMatrix {

    @Override
    protected Api api() {
        return Routes.api();
    }
}
