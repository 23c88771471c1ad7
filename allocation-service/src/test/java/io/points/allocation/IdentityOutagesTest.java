package io.points.allocation;

import io.points.testing.Api;
import io.points.testing.IdentityOutages;

@AllocationServiceTest
class IdentityOutagesTest extends IdentityOutages {

    @Override
    protected Api api() {
        return Routes.api();
    }
}
