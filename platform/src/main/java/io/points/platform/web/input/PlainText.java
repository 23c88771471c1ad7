package io.points.platform.web.input;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Text that every part of the system can hold: not blank, not too long, no U+0000, no half of a surrogate pair, which no UTF-8 has
 * anyway. The API documents state the same {@link #PATTERN} and length.
 */
@Constraint(validatedBy = PlainText.Validator.class)
@Target({
    ElementType.FIELD,
    ElementType.PARAMETER,
    ElementType.METHOD,
    ElementType.TYPE_USE,
    ElementType.RECORD_COMPONENT
})
@Retention(RetentionPolicy.RUNTIME)
public @interface PlainText {

    /** The longest text where nothing else is said, in characters (code points). */
    int MAX = 2_000;

    /**
     * No U+0000, and at least one character that is no white space. Which characters those are is spelled out, for {@code \s} means
     * others in each language.
     */
    String PATTERN =
            "^[^\\u0000]*[^\\u0000\\u0009-\\u000d\\u001c-\\u0020\\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff]"
                    + "[^\\u0000]*$";

    /** The longest text, in characters (code points). */
    int max() default MAX;

    /** False lets the text be absent. */
    boolean required() default true;

    String message() default "is not plain text";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Says what exactly is wrong. */
    class Validator implements ConstraintValidator<PlainText, String> {

        private static final Pattern PLAIN = Pattern.compile(PATTERN);

        private int max;
        private boolean required;

        @Override
        public void initialize(PlainText rule) {
            max = rule.max();
            required = rule.required();
        }

        @Override
        public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
            var fault = fault(text, required, max);
            if (fault == null) {
                return true;
            }
            context.disableDefaultConstraintViolation();
            context.buildConstraintViolationWithTemplate(fault).addConstraintViolation();
            return false;
        }

        /** What is wrong with the text; null if nothing is. */
        public static @Nullable String fault(@Nullable String text, boolean required, int max) {
            if (text == null) {
                return required ? "is required" : null;
            }
            if (!PLAIN.matcher(text).find()) {
                return text.indexOf('\0') >= 0 ? "must not contain the character U+0000" : "must not be blank";
            }
            if (text.codePointCount(0, text.length()) > max) {
                return "must not be longer than " + max + " characters";
            }
            return hasLoneSurrogate(text) ? "must not contain half of a surrogate pair" : null;
        }

        private static boolean hasLoneSurrogate(String text) {
            return text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
        }
    }
}
