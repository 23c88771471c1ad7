package io.points.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a component that may be null only because messages of older versions lack it. Whoever writes is held to give it, and
 * {@code docs/asyncapi.yaml} has it as required; whoever reads takes the old messages too, for events are kept for ever.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
@interface Always {}
