package io.points.distribution;

import io.points.testing.Api;
import io.points.testing.RepeatedRequests;

@DistributionServiceTest
class RepeatedRequestsTest extends RepeatedRequests {

    @Override
    protected Api api() {
        try (var given = Given.tenant()) {
            return Routes.of(given);
        }
    }

    @Override
    protected void settle() {
        Given.nothingFallsDue();
        Given.awaitAllBegun();
        super.settle();
    }
}
