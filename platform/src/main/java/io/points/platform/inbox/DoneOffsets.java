package io.points.platform.inbox;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The processed offset of each assigned partition, and which of them are uncommitted. Offsets never decrease: one that
 * could not be committed is restored only if no newer one was taken since, and a partition that is no longer assigned
 * is dropped.
 */
final class DoneOffsets {

    /** By assigned partition: the offset last taken for a commit; null if none was. */
    private final Map<TopicPartition, @Nullable Long> taken = new HashMap<>();

    private final Map<TopicPartition, Long> waiting = new HashMap<>();

    synchronized void assigned(Collection<TopicPartition> partitions) {
        partitions.forEach(it -> taken.putIfAbsent(it, null));
    }

    /** @param next the offset of the first unprocessed record */
    synchronized void done(TopicPartition partition, long next) {
        if (taken.containsKey(partition)) {
            waiting.merge(partition, next, Math::max);
        }
    }

    /** The offsets to commit. */
    synchronized Map<TopicPartition, OffsetAndMetadata> take() {
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        waiting.forEach((partition, next) -> {
            offsets.put(partition, new OffsetAndMetadata(next));
            taken.put(partition, next);
        });
        waiting.clear();
        return offsets;
    }

    /** The commit failed: the offsets are uncommitted again. */
    synchronized void putBack(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) -> {
            var newest = taken.get(partition);
            if (newest != null && newest == offset.offset()) {
                waiting.putIfAbsent(partition, newest);
            }
        });
    }

    /** These partitions were revoked. */
    synchronized void revoked(Collection<TopicPartition> partitions) {
        taken.keySet().removeAll(partitions);
        waiting.keySet().removeAll(partitions);
    }
}
