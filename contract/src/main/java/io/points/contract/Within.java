package io.points.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Between which values a number of a message lies; of a list, its length. Every number of every message says so, by this or by
 * an annotation that has it: whoever writes is held to it as well as whoever reads, and {@code docs/asyncapi.yaml} shows it.
 */
@Target({ElementType.RECORD_COMPONENT, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@interface Within {

    /** What one request moves at most: 10^12 points. */
    long MOST_MOVED = 1_000_000_000_000L;

    /** 2^53 - 1: what a tenant holds at most, for a sum beyond it could not be read by every JSON reader. */
    long MOST = (1L << 53) - 1;

    long min();

    long max();

    /** Points that one request moves. */
    @Within(min = 1, max = MOST_MOVED)
    @Target(ElementType.RECORD_COMPONENT)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Amount {}

    /** Points that are held, or a count that may be 0. */
    @Within(min = 0, max = MOST)
    @Target(ElementType.RECORD_COMPONENT)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Held {}

    /** A number that counts from 1: of an entry, a revision. */
    @Within(min = 1, max = MOST)
    @Target(ElementType.RECORD_COMPONENT)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Numbered {}

    /** A sum of either sign. */
    @Within(min = -MOST, max = MOST)
    @Target(ElementType.RECORD_COMPONENT)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Signed {}

    /** Whatever somebody asked for, or stands in tables that may have been tampered with; nothing is added up from it. */
    @Within(min = Long.MIN_VALUE, max = Long.MAX_VALUE)
    @Target(ElementType.RECORD_COMPONENT)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Any {}
}
