package io.points.platform.inbox;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * How far each partition that this instance reads is done, and what of that is not committed. No offset ever goes back: what
 * could not be committed is put back only if nothing newer was taken since, and nothing is kept of a partition that another
 * instance may read by now.
 */
final class DoneOffsets {

    /** Of each partition that is assigned: what was taken to be committed last; null if nothing was. */
    private final Map<TopicPartition, @Nullable Long> taken = new HashMap<>();

    private final Map<TopicPartition, Long> waiting = new HashMap<>();

    synchronized void assigned(Collection<TopicPartition> partitions) {
        partitions.forEach(it -> taken.putIfAbsent(it, null));
    }

    /** @param next the offset of the first record that is not done */
    synchronized void done(TopicPartition partition, long next) {
        if (taken.containsKey(partition)) {
            waiting.merge(partition, next, Math::max);
        }
    }

    /** What is to be committed. */
    synchronized Map<TopicPartition, OffsetAndMetadata> take() {
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        waiting.forEach((partition, next) -> {
            offsets.put(partition, new OffsetAndMetadata(next));
            taken.put(partition, next);
        });
        waiting.clear();
        return offsets;
    }

    /** What was taken could not be committed, and waits again. */
    synchronized void putBack(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) -> {
            var newest = taken.get(partition);
            if (newest != null && newest == offset.offset()) {
                waiting.putIfAbsent(partition, newest);
            }
        });
    }

    /** Somebody else reads them from now on. */
    synchronized void revoked(Collection<TopicPartition> partitions) {
        taken.keySet().removeAll(partitions);
        waiting.keySet().removeAll(partitions);
    }
}
