package io.points.distribution;

import io.points.testing.ApiContract;

@DistributionServiceTest
class ApiContractTest extends ApiContract {}
