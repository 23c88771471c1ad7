/**
 * One way to write: a transaction that takes its messages along. Messages reach Kafka only from rows of the same
 * commit, never from beside it.
 */
@NullMarked
package io.points.platform.outbox;

import org.jspecify.annotations.NullMarked;
