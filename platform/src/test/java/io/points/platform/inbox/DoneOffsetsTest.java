package io.points.platform.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DoneOffsetsTest {

    private static final TopicPartition ONE = new TopicPartition("t", 1);
    private static final TopicPartition TWO = new TopicPartition("t", 2);

    private final DoneOffsets offsets = new DoneOffsets();

    @BeforeEach
    void assign() {
        offsets.assigned(List.of(ONE, TWO));
    }

    @Test
    void whatIsDoneIsTakenOnce() {
        offsets.done(ONE, 5);
        offsets.done(ONE, 7);
        offsets.done(TWO, 3);

        assertEquals(Map.of(ONE, at(7), TWO, at(3)), offsets.take());
        assertEquals(Map.of(), offsets.take());
    }

    @Test
    void whatCouldNotBeCommittedWaitsAgain() {
        offsets.done(ONE, 5);
        var failed = offsets.take();

        offsets.putBack(failed);

        assertEquals(failed, offsets.take());
    }

    @Test
    void whatIsNewerIsKept() {
        offsets.done(ONE, 5);
        var failed = offsets.take();
        offsets.done(ONE, 6);

        offsets.putBack(failed);

        assertEquals(Map.of(ONE, at(6)), offsets.take());
    }

    /** The newer one may be committed by now; the older one would undo that. */
    @Test
    void whatIsOlderThanTheLastTakenIsNotPutBack() {
        offsets.done(ONE, 5);
        var failed = offsets.take();
        offsets.done(ONE, 6);
        offsets.take();

        offsets.putBack(failed);

        assertEquals(Map.of(), offsets.take());
    }

    @Test
    void nothingIsPutBackOfAPartitionThatWasRevoked() {
        offsets.done(ONE, 5);
        offsets.done(TWO, 3);
        var failed = offsets.take();
        offsets.revoked(List.of(ONE));

        offsets.putBack(failed);
        offsets.done(ONE, 9);

        assertEquals(Map.of(TWO, at(3)), offsets.take());
    }

    @Test
    void aPartitionThatComesBackBeginsAnew() {
        offsets.done(ONE, 5);
        var failed = offsets.take();
        offsets.revoked(List.of(ONE));
        offsets.assigned(List.of(ONE));

        offsets.putBack(failed);
        assertEquals(Map.of(), offsets.take());

        offsets.done(ONE, 4);
        assertEquals(Map.of(ONE, at(4)), offsets.take());
    }

    private static OffsetAndMetadata at(long offset) {
        return new OffsetAndMetadata(offset);
    }
}
