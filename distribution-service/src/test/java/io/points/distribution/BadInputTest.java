package io.points.distribution;

import io.points.testing.Api;
import io.points.testing.BadInput;

@DistributionServiceTest
class BadInputTest extends BadInput {

    @Override
    protected Api api() {
        try (var given = Given.tenant()) {
            return Routes.of(given);
        }
    }

    @Override
    protected void settle() {
        Given.nothingFallsDue();
        super.settle();
    }
}
