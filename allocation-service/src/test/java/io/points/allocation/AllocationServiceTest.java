package io.points.allocation;

import io.points.testing.PointsTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A test of the running allocation-service against real PostgreSQL and Kafka. */
@QuarkusTest
@QuarkusTestResource(
        value = PointsTestResource.class,
        initArgs = @ResourceArg(name = PointsTestResource.SERVICE, value = "ALLOCATION"))
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface AllocationServiceTest {}
