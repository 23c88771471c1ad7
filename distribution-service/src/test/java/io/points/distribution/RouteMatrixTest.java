package io.points.distribution;

import io.points.testing.Api;
import io.points.testing.TenantRouteMatrix;

@DistributionServiceTest
class RouteMatrixTest extends TenantRouteMatrix {

    @Override
    protected Api api() {
        try (var given = Given.tenant()) {
            return Routes.of(given);
        }
    }

    @Override
    protected Neighbour neighbour() {
        try (var given = Given.tenant()) {
            return new Neighbour(Routes.of(given), given.employee);
        }
    }
}
