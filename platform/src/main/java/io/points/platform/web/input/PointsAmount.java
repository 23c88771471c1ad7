package io.points.platform.web.input;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** An amount of points that one request may move: 1 … 10^12. */
@NotNull
@Min(1)
@Max(PointsAmount.MAX)
@ReportAsSingleViolation
@Constraint(validatedBy = {})
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
public @interface PointsAmount {

    long MAX = 1_000_000_000_000L;

    String message() default "must be a whole number of points from 1 to 1000000000000";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
