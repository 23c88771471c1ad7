package io.points.allocation.tenant;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A price as text: an exact decimal in the currency's major unit. Null is left to {@code @NotNull}. */
@Pattern(regexp = "[0-9]{1,9}(\\.[0-9]{1,8})?")
@ReportAsSingleViolation
@Constraint(validatedBy = {})
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
public @interface PricePerPoint {

    String message() default "must be a decimal such as \"1.25\" with at most 9 digits before and 8 after the point";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
