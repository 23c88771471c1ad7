package io.points.allocation;

import io.points.testing.Api;
import io.points.testing.TenantRouteMatrix;
import java.util.UUID;

@AllocationServiceTest
class RouteMatrixTest extends TenantRouteMatrix {

    @Override
    protected Api api() {
        return Routes.api();
    }

    @Override
    protected Neighbour neighbour() {
        return new Neighbour(Routes.api(), UUID.randomUUID());
    }
}
