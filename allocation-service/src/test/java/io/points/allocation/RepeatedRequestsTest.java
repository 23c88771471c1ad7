package io.points.allocation;

import io.points.testing.Api;
import io.points.testing.RepeatedRequests;

@AllocationServiceTest
class RepeatedRequestsTest extends RepeatedRequests {

    @Override
    protected Api api() {
        return Routes.api();
    }
}
