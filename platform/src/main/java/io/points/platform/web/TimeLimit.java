package io.points.platform.web;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** A resource whose answers come {@link InTime}, or are a 503. Every resource is one. */
@InterceptorBinding
@Target({TYPE, METHOD})
@Retention(RUNTIME)
public @interface TimeLimit {

    /** True for a request that waits on purpose, and sees to the limits of its other parts itself. */
    @Nonbinding
    boolean waits() default false;
}
