package io.points.allocation;

import io.points.testing.Api;
import io.points.testing.BadInput;

@AllocationServiceTest
class BadInputTest extends BadInput {

    @Override
    protected Api api() {
        return Routes.api();
    }
}
