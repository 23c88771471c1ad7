package io.points.distribution;

import io.points.testing.Api;
import io.points.testing.DocumentedInput;

@DistributionServiceTest
class DocumentedInputTest extends DocumentedInput {

    @Override
    protected Api api() {
        try (var given = Given.tenant()) {
            return Routes.of(given);
        }
    }
}
