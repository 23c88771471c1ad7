package io.points.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TopicTest {

    @Test
    void aReplayTopicCarriesTheRecordsOfItsTopic() {
        var replays = Topic.replays(Topic.POOL_EVENTS, "audit-service");
        assertEquals("allocation.pool.events.v1.audit-service.replay", replays);
        assertTrue(Topic.isReplays(replays));
        assertEquals(Topic.POOL_EVENTS, Topic.original(replays));
    }

    @Test
    void whatMayStandOnATopicIsKnown() {
        assertEquals(Set.of(AuditEvent.RecordsSealed.class), Topic.messages(Topic.AUDIT_CHECKPOINTS));
        var ofPools = Topic.messages(Topic.POOL_EVENTS);
        assertTrue(ofPools.containsAll(Set.of(PoolEvent.PoolDebited.class, BalanceEvent.BalanceAttested.class)));
        assertFalse(ofPools.contains(AuditEvent.RecordsSealed.class));
        var replays = Topic.replays(Topic.POOL_EVENTS, "audit-service");
        assertThrows(IllegalArgumentException.class, () -> Topic.messages(replays));
    }

    @Test
    void whatEachServiceReadsIsKnown() {
        assertEquals(
                List.of("allocation-service", "distribution-service", "billing-service", "audit-service"),
                Topic.groups());
        assertEquals(List.of(Topic.POOL_EVENTS), Topic.readBy("distribution-service"));
        assertEquals(
                List.of(Topic.POOL_EVENTS, Topic.WALLET_EVENTS, Topic.AUDIT_COUNTS), Topic.readBy("billing-service"));
        assertThrows(IllegalArgumentException.class, () -> Topic.readBy("finance-ledger"));
    }

    @Test
    void anyOtherTopicCarriesItsOwn() {
        assertFalse(Topic.isReplays(Topic.POOL_EVENTS));
        assertEquals(Topic.POOL_EVENTS, Topic.original(Topic.POOL_EVENTS));
        var letters = Topic.deadLetters(Topic.POOL_EVENTS, "audit-service");
        assertEquals("allocation.pool.events.v1.audit-service.dlq", letters);
        assertEquals(letters, Topic.original(letters));
        assertEquals("a.replay", Topic.original("a.replay"));
        assertEquals(".a.replay", Topic.original(".a.replay"), "a topic has a name");
        assertEquals("t", Topic.original("t.a.replay"));
    }
}
