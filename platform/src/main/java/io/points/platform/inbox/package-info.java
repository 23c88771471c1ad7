/**
 * One way to read: a batch of Kafka records becomes one transaction. A bad record goes to the group's dead letters
 * alone; an outage is waited out; nothing is acknowledged before its effect is committed.
 */
@NullMarked
package io.points.platform.inbox;

import org.jspecify.annotations.NullMarked;
