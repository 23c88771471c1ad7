package io.points.distribution.batch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Which batches begin how much next. No tenant waits for another tenant's sagas for longer than a saga's deadline, whatever
 * has become of those: what is past its deadline takes room from its own tenant alone. Plain Java.
 */
final class BatchShares {

    /** Single awards that begin at once, of all tenants together. */
    static final int AT_A_TIME = 250;

    /** While as many sagas are open within their deadlines, for whatever request, single awards of batches wait … */
    static final int MOST_OPEN = 1_000;

    /** … and while a tenant has as many open, past their deadlines or not, those of its batches. */
    static final int MOST_OPEN_OF_TENANT = 500;

    /** A tenant that has nothing open begins as many, whatever others have open. */
    static final int LEAST = 10;

    /** Batches of one mode that begin at once. */
    static final int BATCHES_AT_A_TIME = AT_A_TIME / LEAST;

    /**
     * While all-or-nothing batches that are open within their deadlines have as many receivers, others wait, so that each comes
     * to its end in time. A tenant's own have as many at most, past their deadlines or not.
     */
    static final int MOST_OPEN_OF_WHOLE = Batch.MOST_RECEIVERS;

    private BatchShares() {}

    /**
     * The oldest batch of its tenant and mode of which something is yet to be begun.
     *
     * @param lastTurn when something of the tenant's batches of this mode was begun last; if none ever was, when it was asked
     *     for
     */
    record PendingBatch(UUID id, UUID tenantId, Batch.Mode mode, int receivers, Instant lastTurn) {}

    /**
     * How many receivers of a tenant wait for the end of their saga.
     *
     * @param single by a distribution of their own
     * @param singleInTime those of them whose deadline has not passed
     * @param whole by that of an all-or-nothing batch
     * @param wholeInTime those of them whose deadline has not passed
     */
    record Open(long single, long singleInTime, long whole, long wholeInTime) {
        static final Open NOTHING = new Open(0, 0, 0, 0);
    }

    /** So many receivers of a batch, from where it stands, begin now. */
    record Share(PendingBatch batch, int receivers) {}

    /** @param open by tenant; a tenant that is not in it has nothing open */
    static List<Share> shares(List<PendingBatch> waiting, Map<UUID, Open> open) {
        var inTurn = waiting.stream()
                .sorted(Comparator.comparing(PendingBatch::lastTurn).thenComparing(PendingBatch::id))
                .toList();
        var shares = new ArrayList<Share>();
        shares.addAll(whole(inTurn, open));
        shares.addAll(single(inTurn, open));
        return shares;
    }

    /**
     * Nobody is overtaken for being large: whatever room there is lets the next begin, however large. Whoever has filled the own
     * room is passed over, and whoever is small and has nothing open needs none.
     */
    private static List<Share> whole(List<PendingBatch> inTurn, Map<UUID, Open> open) {
        var shares = new ArrayList<Share>();
        long room = MOST_OPEN_OF_WHOLE
                - open.values().stream().mapToLong(Open::wholeInTime).sum();
        for (var batch : ofMode(Batch.Mode.ALL_OR_NOTHING, inTurn)) {
            long own = of(batch, open).whole();
            var fits = own + batch.receivers() <= MOST_OPEN_OF_WHOLE;
            var isLeast = own == 0 && batch.receivers() <= LEAST;
            if (shares.size() < BATCHES_AT_A_TIME && fits && (room > 0 || isLeast)) {
                shares.add(new Share(batch, batch.receivers()));
                room -= batch.receivers();
            }
        }
        return shares;
    }

    private static List<Share> single(List<PendingBatch> inTurn, Map<UUID, Open> open) {
        var shares = new ArrayList<Share>();
        long room =
                MOST_OPEN - open.values().stream().mapToLong(Open::singleInTime).sum();
        var mayHaveSome = room > 0;
        var candidates = ofMode(Batch.Mode.EACH, inTurn).stream()
                .filter(batch -> of(batch, open).single() < (mayHaveSome ? MOST_OPEN_OF_TENANT : 1))
                .toList();
        for (var batch : candidates) {
            long own = of(batch, open).single();
            long fair = Math.min(AT_A_TIME / Math.min(candidates.size(), BATCHES_AT_A_TIME), MOST_OPEN_OF_TENANT - own);
            long share = Math.min(fair, Math.max(room, own == 0 ? LEAST : 0));
            if (share > 0 && shares.size() < BATCHES_AT_A_TIME) {
                shares.add(new Share(batch, (int) share));
                room -= share;
            }
        }
        return shares;
    }

    private static List<PendingBatch> ofMode(Batch.Mode mode, List<PendingBatch> inTurn) {
        return inTurn.stream().filter(batch -> batch.mode() == mode).toList();
    }

    private static Open of(PendingBatch batch, Map<UUID, Open> open) {
        return open.getOrDefault(batch.tenantId(), Open.NOTHING);
    }
}
