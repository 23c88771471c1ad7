package io.points.platform.outbox;

import org.jspecify.annotations.Nullable;

/**
 * What became of a row that was to be published.
 *
 * @param failure why the brokers may not have it; null if they have it
 */
record Sent(OutboxRow row, @Nullable Throwable failure) {

    long position() {
        return row.position();
    }

    boolean isDone() {
        return failure == null;
    }

    boolean failedForEver() {
        return failure != null && KafkaSender.isForEver(failure);
    }
}
