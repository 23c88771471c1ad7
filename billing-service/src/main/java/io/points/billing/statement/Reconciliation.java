package io.points.billing.statement;

import io.points.billing.Flow;
import io.points.billing.Period;
import io.points.billing.Place;
import io.points.billing.Price;
import io.points.billing.counted.AuditComparison;
import io.points.billing.invoice.BillingDocument;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Billing entries against the pool's events, by id, and both against what audit-service has counted. Each difference is named;
 * there should be none.
 *
 * @param agrees true if there is no difference
 * @param events allocations and clawbacks that have been consumed
 * @param entries billing entries
 * @param eventPoints what the events moved, signed
 * @param entryPoints what the entries bill, signed
 * @param contiguousVersion all movements of the pool up to this version are known, but for those that nobody will ever tell
 * @param adjusted what adjustments of the pool have made up for
 * @param audit what audit-service has counted, and whether it is the same
 */
record Reconciliation(
        UUID tenantId,
        boolean agrees,
        int events,
        long entries,
        long eventPoints,
        long entryPoints,
        long contiguousVersion,
        Adjusted adjusted,
        List<Difference> differences,
        AuditComparison audit) {

    /**
     * One thing that does not agree.
     *
     * @param kind {@code waiting}, {@code missing_entry}, {@code unknown_event}, {@code points}, {@code amount},
     *     {@code pool_balance}, {@code totals}, {@code statement} or {@code audit}
     * @param eventId the event it is about; null for what is about all of them
     */
    @Schema(name = "ReconciliationDifference")
    record Difference(
            @Schema(
                    enumeration = {
                        "waiting",
                        "missing_entry",
                        "unknown_event",
                        "points",
                        "amount",
                        "pool_balance",
                        "totals",
                        "statement",
                        "audit"
                    })
            String kind,

            @Nullable UUID eventId,
            String detail) {}

    /**
     * The adjustments of the pool up to the contiguous version. They are not billed.
     *
     * @param adjustments how many there are
     * @param untoldEntries entries of the pool's ledger before them that no event told of
     * @param points by how much the balance that the newest one told differs from what the movements up to it come to; 0 if it
     *     brought the pool back to them, as it should
     */
    @Schema(name = "AdjustedEntries")
    record Adjusted(long adjustments, long untoldEntries, long points) {

        static final Adjusted NEVER = new Adjusted(0, 0, 0);
    }

    /** An allocation or a clawback that has been consumed. {@code points} is positive for either. */
    record Event(Flow flow, long points, long poolVersion, BigDecimal unitPrice, String currency) {

        long signedPoints() {
            return flow.at(Place.PLATFORM) * points;
        }

        BigInteger cost() {
            return new Price(unitPrice, Price.currency(currency)).amountMinor(points);
        }
    }

    /**
     * What was billed for an event, all its lines together. {@code points} is signed.
     *
     * @param movedMinor what the reversals and rebookings of late entries come to: 0, for they are of the same amounts
     */
    record Lines(long count, long points, BigInteger amountMinor, BigInteger movedMinor) {

        /** Of an event whose lines were never moved. */
        Lines(long count, long points, BigInteger amountMinor) {
            this(count, points, amountMinor, BigInteger.ZERO);
        }
    }

    /** An event's id with the consumed event, or null, and the entry billed for it, or null. */
    record Pair(
            UUID eventId, @Nullable Event event, @Nullable Lines lines) {}

    /**
     * What the books say in sum.
     *
     * @param contiguousVersion all movements of the pool up to this version are known
     * @param movedPoints sum of the pool's movements up to that version; of those since the newest adjustment, and what it told
     * @param balance of the pool, as the event of that version told it; 0 if there is none
     * @param months points of each flow, by month
     * @param amounts months whose balance counts another amount than their entries come to
     */
    record Totals(
            long contiguousVersion,
            long movedPoints,
            long balance,
            List<MonthTotals> months,
            List<AmountTotals> amounts,
            Adjusted adjusted) {

        /** Of a pool that was never adjusted. */
        Totals(long contiguousVersion, long movedPoints, long balance, List<MonthTotals> months) {
            this(contiguousVersion, movedPoints, balance, months, List.of(), Adjusted.NEVER);
        }
    }

    /** What the entries of a month come to in a currency, and what the balance in money counts of it: in minor units. */
    record AmountTotals(Period period, String currency, BigInteger booked, BigInteger summed) {}

    /**
     * Points of each flow in a month; what comes to 0 may be absent.
     *
     * @param logged in the log of movements, and by the late entries that were moved into the month or out of it
     * @param summed the same, as statements count them
     */
    record MonthTotals(Period period, Map<Flow, Long> logged, Map<Flow, Long> summed) {

        private boolean agree() {
            return withoutZeros(logged).equals(withoutZeros(summed));
        }

        private static Map<Flow, Long> withoutZeros(Map<Flow, Long> points) {
            return points.entrySet().stream()
                    .filter(it -> it.getValue() != 0)
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        }
    }

    /** A closed month: its statement as it was closed, and as the tables give it now. */
    record ClosedMonth(Statement closed, Statement now) {

        /**
         * @param figures of the month, as the tables give them now
         * @param how the month was closed, which statements of older versions do not say
         * @param documents that the tables have of the month
         */
        static ClosedMonth of(Statement closed, Statement figures, Closing how, List<BillingDocument> documents) {
            var now = figures.with(
                    closed.tenantName(),
                    closed.issuer(),
                    closed.taxNote(),
                    closed.prepayments() == null ? null : figures.prepayments());
            return new ClosedMonth(
                    closed,
                    closed.revision() == null ? now : now.closed(how, closed.documents() == null ? null : documents));
        }
    }

    static Reconciliation of(
            UUID tenantId, List<Pair> pairs, Totals totals, List<ClosedMonth> months, AuditComparison audit) {
        var differences = new ArrayList<Difference>();
        pairs.forEach(pair -> compare(pair, totals.contiguousVersion(), differences));
        compare(totals, differences);
        months.forEach(month -> compare(month, differences));
        audit.differences().forEach(detail -> differences.add(new Difference("audit", null, detail)));
        var events = pairs.stream().map(Pair::event).filter(it -> it != null).toList();
        var lines = pairs.stream().map(Pair::lines).filter(it -> it != null).toList();
        return new Reconciliation(
                tenantId,
                differences.isEmpty(),
                events.size(),
                lines.stream().mapToLong(Lines::count).sum(),
                events.stream().mapToLong(Event::signedPoints).sum(),
                lines.stream().mapToLong(Lines::points).sum(),
                totals.contiguousVersion(),
                totals.adjusted(),
                List.copyOf(differences),
                audit);
    }

    private static void compare(Pair pair, long contiguous, List<Difference> differences) {
        var event = pair.event();
        var lines = pair.lines();
        if (event == null) {
            differences.add(new Difference("unknown_event", pair.eventId(), "it was billed, and never heard of"));
        } else if (lines == null) {
            differences.add(
                    event.flow() == Flow.CLAWED_BACK && event.poolVersion() > contiguous
                            ? new Difference(
                                    "waiting",
                                    pair.eventId(),
                                    "it is version %s of the pool; version %s has not been consumed"
                                            .formatted(event.poolVersion(), contiguous + 1))
                            : new Difference("missing_entry", pair.eventId(), "it was heard of, and not billed"));
        } else {
            compare(pair.eventId(), event, lines, differences);
        }
    }

    private static void compare(UUID eventId, Event event, Lines lines, List<Difference> differences) {
        if (event.signedPoints() != lines.points()) {
            differences.add(new Difference(
                    "points",
                    eventId,
                    "it moved %s points, %s were billed".formatted(event.signedPoints(), lines.points())));
        }
        if (event.flow() == Flow.ALLOCATED && !event.cost().equals(lines.amountMinor())) {
            differences.add(new Difference(
                    "amount",
                    eventId,
                    "it costs %s in minor units, %s were billed".formatted(event.cost(), lines.amountMinor())));
        }
        if (lines.movedMinor().signum() != 0) {
            differences.add(new Difference(
                    "amount",
                    eventId,
                    "its reversals and rebookings come to %s in minor units".formatted(lines.movedMinor())));
        }
    }

    private static void compare(ClosedMonth month, List<Difference> differences) {
        if (!month.closed().equals(month.now())) {
            differences.add(new Difference(
                    "statement",
                    null,
                    "the tables no longer give the statement with which %s was closed"
                            .formatted(month.closed().period())));
        }
    }

    private static void compare(Totals totals, List<Difference> differences) {
        if (totals.movedPoints() != totals.balance()) {
            differences.add(new Difference(
                    "pool_balance",
                    null,
                    "the movements up to version %s come to %s points, the pool held %s"
                            .formatted(totals.contiguousVersion(), totals.movedPoints(), totals.balance())));
        }
        totals.amounts()
                .forEach(it -> differences.add(new Difference(
                        "totals",
                        null,
                        "the entries of %s come to %s in minor units of %s, its balance counts %s"
                                .formatted(it.period(), it.booked(), it.currency(), it.summed()))));
        totals.months().stream()
                .filter(month -> !month.agree())
                .forEach(month -> differences.add(new Difference(
                        "totals",
                        null,
                        "the movements of %s come to %s, its statement counts %s"
                                .formatted(month.period(), month.logged(), month.summed()))));
    }
}
