package io.points.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How long a text of a message is at most, in characters (code points, as JSON Schema and PostgreSQL count them), and what it looks
 * like. Without it, a text has at most {@value #USUAL}. No text holds U+0000, which PostgreSQL cannot store.
 */
@Target({ElementType.RECORD_COMPONENT, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@interface Text {

    /** What a request's texts may have. */
    int USUAL = 2_000;

    int max() default USUAL;

    /** A regular expression for the whole text, as ECMA-262 and Java have it in common; empty if it may be anything. */
    String pattern() default "";

    /** What a text that does not match is not, for people. */
    String what() default "";

    /** A code as ISO 4217 has them; whether there is such a currency is for whoever bills in it. */
    @Text(max = 3, pattern = "[A-Z]{3}", what = "a currency of ISO 4217")
    @Target(ElementType.RECORD_COMPONENT)
    @Retention(RetentionPolicy.RUNTIME)
    @interface CurrencyCode {}

    /** A decimal without sign and exponent, up to 12 digits on either side of the point. */
    @Text(max = 25, pattern = "[0-9]{1,12}(\\.[0-9]{1,12})?", what = "a price per point")
    @Target(ElementType.RECORD_COMPONENT)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Price {}

    /** A region of the IANA's time zones; whether there is such a region is for whoever goes by it. */
    @Text(max = 40, pattern = "UTC|[A-Z][A-Za-z_]*(/[A-Z][A-Za-z0-9_+-]*)+", what = "a time zone, such as Asia/Kolkata")
    @Target(ElementType.RECORD_COMPONENT)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Zone {}

    /** A period of a tenant's calendar: a day, a week of ISO 8601, a month, a quarter, or a year. */
    @Text(
            max = 10,
            pattern = "[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?|-W(0[1-9]|[1-4][0-9]|5[0-3])|-Q[1-4])?",
            what = "a period, such as 2026-11")
    @Target(ElementType.RECORD_COMPONENT)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Period {}

    /** An order number or a cost centre. */
    @Text(max = 100)
    @Target(ElementType.RECORD_COMPONENT)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Reference {}

    /** How long after their credit points can be used. */
    @Text(max = 6, pattern = "P[1-9][0-9]{0,3}[DMY]", what = "a time, such as P90D")
    @Target(ElementType.RECORD_COMPONENT)
    @Retention(RetentionPolicy.RUNTIME)
    @interface ExpiryAfter {}

    /** On which day they lapse then. */
    @Text(max = 9, pattern = "day|month_end", what = "a way to round")
    @Target(ElementType.RECORD_COMPONENT)
    @Retention(RetentionPolicy.RUNTIME)
    @interface ExpiryRound {}

    /** A day of each year. */
    @Text(max = 5, pattern = "[01][0-9]-[0-3][0-9]", what = "a day of the year, such as 12-31")
    @Target(ElementType.RECORD_COMPONENT)
    @Retention(RetentionPolicy.RUNTIME)
    @interface YearDay {}
}
