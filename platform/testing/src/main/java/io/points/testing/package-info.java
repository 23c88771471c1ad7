/** Test set-up that all services share: real PostgreSQL and Kafka, tokens, and what every service must pass. */
@NullMarked
package io.points.testing;

import org.jspecify.annotations.NullMarked;
