/**
 * The only way to consume: a poll of Kafka records becomes one transaction. A bad record alone becomes one of the group's dead
 * letters; an outage is retried; nothing is acknowledged before its effect is committed.
 */
@NullMarked
package io.points.platform.inbox;

import org.jspecify.annotations.NullMarked;
