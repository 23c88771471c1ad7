package io.points.audit;

import io.points.testing.Api;
import io.points.testing.DocumentedInput;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class DocumentedInputTest extends DocumentedInput {

    @Override
    protected Api api() {
        return Routes.api();
    }
}
