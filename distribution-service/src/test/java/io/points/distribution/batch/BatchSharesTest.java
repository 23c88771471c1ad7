package io.points.distribution.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.distribution.batch.BatchShares.Open;
import io.points.distribution.batch.BatchShares.PendingBatch;
import io.points.distribution.batch.BatchShares.Share;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BatchSharesTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final UUID one = tenant(1);
    private final UUID other = tenant(2);

    @Test
    void aLoneTenantBeginsAllThatOneTransactionTakes() {
        assertEquals(List.of(250), receivers(BatchShares.shares(List.of(each(one, 0)), Map.of())));
    }

    @Test
    void tenantsShareWhatOneTransactionTakes() {
        assertEquals(List.of(125, 125), receivers(BatchShares.shares(List.of(each(one, 0), each(other, 1)), Map.of())));
    }

    @Test
    void whoseTurnWasLongestAgoIsFirst() {
        var shares = BatchShares.shares(List.of(each(one, 5), each(other, 3)), Map.of());
        assertEquals(List.of(other, one), tenants(shares));
    }

    @Test
    void moreTenantsThanOneTransactionServesTakeTurns() {
        var waiting = new ArrayList<PendingBatch>();
        for (int i = 0; i < 100; i++) {
            waiting.add(each(tenant(i), i));
        }
        var shares = BatchShares.shares(waiting, Map.of());
        assertEquals(25, shares.size());
        assertTrue(shares.stream().allMatch(share -> share.receivers() == BatchShares.LEAST));
        assertEquals(waiting.subList(0, 25).stream().map(PendingBatch::tenantId).toList(), tenants(shares));
    }

    @Test
    void aTenantWithTooManyOpenSagasWaitsForThemAloneWhateverBecameOfThem() {
        var stuck = Map.of(one, new Open(500, 0, 0, 0));
        assertEquals(List.of(other), tenants(BatchShares.shares(List.of(each(one, 0), each(other, 1)), stuck)));
        var almost = Map.of(one, new Open(499, 0, 0, 0));
        assertEquals(List.of(1), receivers(BatchShares.shares(List.of(each(one, 0)), almost)));
    }

    @Test
    void whatIsPastItsDeadlineTakesNoRoomFromOthers() {
        var stuck = new HashMap<UUID, Open>();
        for (int i = 10; i < 30; i++) {
            stuck.put(tenant(i), new Open(500, 0, 0, 0));
        }
        assertEquals(List.of(250), receivers(BatchShares.shares(List.of(each(one, 0)), stuck)));
    }

    @Test
    void whileTooMuchIsOpenOnlyThoseWithNothingOpenBegin() {
        var busy = Map.of(one, new Open(400, 400, 0, 0), tenant(9), new Open(600, 600, 0, 0));
        var shares = BatchShares.shares(List.of(each(one, 0), each(other, 1)), busy);
        assertEquals(List.of(other), tenants(shares));
        assertEquals(List.of(10), receivers(shares));
    }

    @Test
    void theLastOfTheRoomIsNotExceeded() {
        var busy = Map.of(one, new Open(100, 100, 0, 0), tenant(9), new Open(897, 897, 0, 0));
        assertEquals(List.of(3), receivers(BatchShares.shares(List.of(each(one, 0)), busy)));
    }

    @Test
    void aWholeBatchBeginsIfAllOfItHasRoom() {
        var open = Map.of(tenant(9), new Open(0, 0, 4_000, 4_000));
        assertEquals(List.of(10_000), receivers(BatchShares.shares(List.of(whole(one, 0, 10_000)), open)));
        var full = Map.of(tenant(9), new Open(0, 0, 10_000, 10_000));
        assertEquals(List.of(), BatchShares.shares(List.of(whole(one, 0, 11)), full));
    }

    @Test
    void aTenantsOwnWholeBatchesNeverHaveMoreReceiversThanTheLargest() {
        var own = Map.of(one, new Open(0, 0, 4_000, 4_000));
        assertEquals(List.of(6_000), receivers(BatchShares.shares(List.of(whole(one, 0, 6_000)), own)));
        assertEquals(List.of(), BatchShares.shares(List.of(whole(one, 0, 6_001)), own));
    }

    @Test
    void wholeBatchesThatBeginTogetherShareTheRoom() {
        var waiting = List.of(whole(one, 0, 6_000), whole(other, 1, 4_000), whole(tenant(3), 2, 11));
        assertEquals(List.of(one, other), tenants(BatchShares.shares(waiting, Map.of())));
    }

    @Test
    void aLargeWholeBatchIsNotOvertaken() {
        var open = Map.of(tenant(9), new Open(0, 0, 9_999, 9_999));
        var waiting = List.of(whole(one, 0, 10_000), whole(other, 1, 11));
        assertEquals(List.of(one), tenants(BatchShares.shares(waiting, open)));
    }

    @Test
    void aSmallWholeBatchOfATenantWithNothingOpenWaitsForNobody() {
        var full = Map.of(tenant(9), new Open(0, 0, 10_000, 10_000), other, new Open(0, 0, 1, 1));
        var waiting = List.of(whole(other, 0, 10), whole(one, 1, 10));
        assertEquals(List.of(one), tenants(BatchShares.shares(waiting, full)));
    }

    /** However many it has asked for before: what counts is when something of its batches was begun last. */
    @Test
    void aTenantThatHadItsTurnComesAfterOneThatAskedBefore() {
        var open = Map.of(tenant(9), new Open(0, 0, 9_999, 9_999));
        var waiting = List.of(whole(one, 5, 10_000), whole(other, 4, 20));
        assertEquals(List.of(other), tenants(BatchShares.shares(waiting, open)));
    }

    @Test
    void soManyWholeBatchesBeginAtOnce() {
        var waiting = new ArrayList<PendingBatch>();
        for (int i = 0; i < 100; i++) {
            waiting.add(whole(tenant(i), i, 1));
        }
        assertEquals(25, BatchShares.shares(waiting, Map.of()).size());
    }

    @Test
    void whoGetsNothingCrowdsNobodyOut() {
        var waiting = new ArrayList<PendingBatch>();
        var busy = new HashMap<UUID, Open>();
        for (int i = 10; i < 40; i++) {
            waiting.add(each(tenant(i), i));
            busy.put(tenant(i), new Open(40, 40, 0, 0));
        }
        waiting.add(each(one, 60));
        var shares = BatchShares.shares(waiting, busy);
        assertEquals(List.of(one), tenants(shares));
        assertEquals(List.of(BatchShares.LEAST), receivers(shares));
    }

    @Test
    void whoGetsNothingOfTheLastRoomCrowdsNobodyOut() {
        var waiting = new ArrayList<PendingBatch>();
        var busy = new HashMap<UUID, Open>();
        for (int i = 10; i < 43; i++) {
            waiting.add(each(tenant(i), i));
            busy.put(tenant(i), new Open(30, 30, 0, 0));
        }
        waiting.add(each(one, 60));
        assertEquals(List.of(tenant(10), one), tenants(BatchShares.shares(waiting, busy)));
    }

    @Test
    void aTenantWhoseWholeBatchIsStuckHoldsUpNobodyElse() {
        var stuck = Map.of(one, new Open(0, 0, 10_000, 0));
        var waiting = List.of(whole(one, 0, 5), whole(other, 1, 10_000));
        assertEquals(List.of(other), tenants(BatchShares.shares(waiting, stuck)));
    }

    @Test
    void wholeAndSingleOnesDoNotWaitForEachOther() {
        var busy = Map.of(tenant(9), new Open(1_000, 1_000, 0, 0), one, new Open(1, 1, 0, 0));
        assertEquals(
                List.of(10_000), receivers(BatchShares.shares(List.of(each(one, 0), whole(one, 0, 10_000)), busy)));
    }

    private static PendingBatch each(UUID tenant, int turn) {
        return new PendingBatch(UUID.randomUUID(), tenant, Batch.Mode.EACH, 10_000, NOON.plusSeconds(turn));
    }

    private static PendingBatch whole(UUID tenant, int turn, int receivers) {
        return new PendingBatch(
                UUID.randomUUID(), tenant, Batch.Mode.ALL_OR_NOTHING, receivers, NOON.plusSeconds(turn));
    }

    private static UUID tenant(int number) {
        return new UUID(0, number);
    }

    private static List<UUID> tenants(List<Share> shares) {
        return shares.stream().map(share -> share.batch().tenantId()).toList();
    }

    private static List<Integer> receivers(List<Share> shares) {
        return shares.stream().map(Share::receivers).toList();
    }
}
