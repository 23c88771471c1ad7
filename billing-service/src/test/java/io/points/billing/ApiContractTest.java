package io.points.billing;

import io.points.testing.ApiContract;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class ApiContractTest extends ApiContract {}
