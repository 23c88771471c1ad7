/**
 * Background work, in one way. {@link io.points.platform.background.Schedule} says when a turn begins: every so often, never two at
 * once, none once the service stops. {@link io.points.platform.background.Rounds} gives the work its name, and shows when it last
 * succeeded. The turn is {@link io.points.platform.background.Round#run}: slice after slice, each usually one transaction with
 * a time limit of its own, until one says that there is no more. What follows a call as well as the clock (the outbox, batches)
 * has a {@code wake()}, and the schedule calls that.
 *
 * <p>{@link io.points.platform.background.Loop} is a round without a name, {@link io.points.platform.background.Offload} what must
 * not be done on an event loop. No other timer goes off again and again: a test of the architecture looks for them.
 */
@NullMarked
package io.points.platform.background;

import org.jspecify.annotations.NullMarked;
