/**
 * The only way to write: a transaction that includes its messages. Messages are published to Kafka only from rows of the same
 * commit, never outside it.
 */
@NullMarked
package io.points.platform.outbox;

import org.jspecify.annotations.NullMarked;
