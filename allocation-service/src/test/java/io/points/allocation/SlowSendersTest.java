package io.points.allocation;

import io.points.testing.Api;
import io.points.testing.SlowSenders;

@AllocationServiceTest
class SlowSendersTest extends SlowSenders {

    @Override
    protected Api api() {
        return Routes.api();
    }
}
