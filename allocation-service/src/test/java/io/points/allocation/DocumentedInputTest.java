package io.points.allocation;

import io.points.testing.Api;
import io.points.testing.DocumentedInput;

@AllocationServiceTest
class DocumentedInputTest extends DocumentedInput {

    @Override
    protected Api api() {
        return Routes.api();
    }
}
