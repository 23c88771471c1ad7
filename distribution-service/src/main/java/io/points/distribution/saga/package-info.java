/** Distributions: the saga's rules in plain Java, and around them HTTP, Kafka and SQL. */
@NullMarked
package io.points.distribution.saga;

import org.jspecify.annotations.NullMarked;
