package io.points.platform.money;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a whole number of an answer that may be beyond 2^53, where JavaScript, jq and many others lose digits without a word: next
 * to it stands the same as a text, under its name with {@code _text}. Whoever writes JSON over HTTP sees to it, and the OpenAPI documents
 * say it.
 */
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface AlsoText {

    /** What the text's name ends with. */
    String SUFFIX = "_text";
}
