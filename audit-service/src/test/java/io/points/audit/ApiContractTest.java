package io.points.audit;

import io.points.testing.ApiContract;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class ApiContractTest extends ApiContract {}
