package io.points.allocation.tenant;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.ZoneId;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A region of the IANA's time zones, or UTC. Neither an abbreviation, which can mean several, nor an offset, which knows of no
 * summer time.
 */
@Constraint(validatedBy = TimeZoneId.Validator.class)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
public @interface TimeZoneId {

    /** What a region's name looks like. */
    String PATTERN = "^(UTC|(?!Etc/|SystemV/)[A-Z][A-Za-z_]*(/[A-Z][A-Za-z0-9_+-]*){1,2})$";

    String message() default "must be a region of the IANA's time zones, such as Asia/Kolkata, or UTC";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Null is left to {@code @NotNull}. */
    class Validator implements ConstraintValidator<TimeZoneId, String> {

        private static final Pattern REGION = Pattern.compile(PATTERN);

        @Override
        public boolean isValid(@Nullable String id, ConstraintValidatorContext context) {
            return id == null
                    || REGION.matcher(id).matches()
                            && (id.equals("UTC") || ZoneId.getAvailableZoneIds().contains(id));
        }
    }
}
