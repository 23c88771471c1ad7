package io.points.platform.web.input;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** An ISO 4217 code of a currency that has a minor unit and is in force today, UTC. */
@Constraint(validatedBy = CurrencyCode.Validator.class)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
public @interface CurrencyCode {

    String message() default "must be an ISO 4217 currency code such as INR";

    /** True if contracts from before the currency was withdrawn may still use it. */
    boolean orWithdrawn() default false;

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Null is left to {@code @NotNull}. */
    class Validator implements ConstraintValidator<CurrencyCode, String> {

        private boolean orWithdrawn;

        @Override
        public void initialize(CurrencyCode constraint) {
            orWithdrawn = constraint.orWithdrawn();
        }

        @Override
        public boolean isValid(@Nullable String code, ConstraintValidatorContext context) {
            if (code == null) {
                return true;
            }
            var known = io.points.platform.money.Currency.find(code).orElse(null);
            var today =
                    LocalDate.ofInstant(context.getClockProvider().getClock().instant(), ZoneOffset.UTC);
            if (known == null || orWithdrawn || known.isInForce(today)) {
                return known != null;
            }
            context.disableDefaultConstraintViolation();
            context.buildConstraintViolationWithTemplate(
                            "was withdrawn from ISO 4217 on " + known.withdrawn() + ": nothing new is agreed in it")
                    .addConstraintViolation();
            return false;
        }
    }
}
