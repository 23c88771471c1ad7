/** Envelopes and ids: what the outbox writes and the inbox reads. */
@NullMarked
package io.points.messaging;

import org.jspecify.annotations.NullMarked;
