package io.points.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.contract.Topic;
import io.points.local.Service;
import io.points.testing.Replays;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ReplayTest extends AuditServiceTest {

    private final Replays replays = new Replays(kafka, Service.AUDIT, new Story(tenant).allocated(50));

    @Test
    void aReplayedEventIsRecordedOnceAsOneOfItsOwnTopic() {
        replays.replayTheGoodOneTwice();
        assertEquals(List.of(Topic.POOL_EVENTS), records().getList("items.topic"));
    }

    @Test
    void aBadOneComesBack() {
        replays.aBadOneComesBack();
        assertEquals(List.of(), records().getList("items"));
    }

    @Test
    void onlyItsOwnReplaysAreRead() {
        replays.onlyItsOwnAreRead();
    }
}
