package io.points.allocation;

import io.points.testing.ApiContract;

@AllocationServiceTest
class ApiContractTest extends ApiContract {}
