package io.points.billing.statement;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.points.billing.Flow;
import io.points.billing.Period;
import io.points.billing.entry.EntryView;
import io.points.billing.invoice.BillingDocument;
import io.points.billing.invoice.Issuer;
import io.points.platform.money.AlsoText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What became of a tenant's points in a month, and what it was billed. It says nothing that depends on when it is read, so
 * that of a closed month it is the same for ever, byte for byte.
 *
 * @param from first instant of the month
 * @param to first instant after it
 * @param state {@code open}, {@code soft_closed} or {@code closed}; {@code not_begun} of a month in the future, {@code before_tenant}
 *     of one before the tenant's first; {@code final} of all months together, if the tenant is closed and so are they
 * @param revision which statement of the month it is: 1, 2, …; null unless it is closed, and in what older versions closed, as
 *     the three after it
 * @param closedAt when the month was closed with it
 * @param closedBy who closed it: the subject of their token
 * @param replaces the statements that were issued for the month before, oldest first
 * @param tenantName what the tenant is called; null if that is not known, and in what older versions closed
 * @param issuer who bills, as it is set; null if nothing is, and in what older versions closed
 * @param documents invoices and credit notes that were issued for the month up to this statement, oldest first; null unless it is
 *     closed, and in what older versions closed. They come to what was billed, but for what older versions closed
 * @param taxNote why no tax is billed; null in what older versions closed
 * @param pool the pool's month: opening + allocated - clawed back - distributed + refunded + returned - reserved + released - expired =
 *     closing
 * @param rollForward by place: opening, a line per flow that moves points, closing; each column adds up to its last line
 * @param billed by currency
 * @param prepayments by currency; null in what older versions closed
 * @param entries the billing entries of the month, in the order of the pool
 */
public record Statement(
        UUID tenantId,
        String period,
        Instant from,
        Instant to,

        @Schema(enumeration = {"open", "soft_closed", "closed", "not_begun", "before_tenant", FINAL})
        String state,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer revision,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant closedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UUID closedBy,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Revision> replaces,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(description = "What the tenant was called when the month was closed; absent if that was not known")
        @Nullable
        String tenantName,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(
                description =
                        "Who bills, as it was set when the month was closed; absent if nothing is set, and in what older versions closed")
        @Nullable
        Issuer issuer,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(
                description =
                        "Invoices and credit notes of the month, oldest first; absent unless it is closed, and in what older versions closed")
        @Nullable
        List<BillingDocument> documents,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Schema(description = "Why no tax is billed") @Nullable
        String taxNote,

        PoolMonth pool,
        List<Line> rollForward,
        Holdings opening,
        Holdings closing,
        List<Billed> billed,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(description = "What the tenant has paid in advance, by currency; absent in what older versions closed")
        @Nullable
        List<Prepayment> prepayments,

        List<EntryView> entries) {

    static final String OPENING = "opening";
    static final String CLOSING = "closing";
    static final String CLOSED = "closed";

    /** All months together: as a period, and as the state in which they stay as they are. */
    public static final String FINAL = "final";

    static final String NO_TAX =
            "No VAT is charged: points are multi-purpose vouchers, on which VAT is due when they are redeemed, not when they are"
                    + " issued (Directive (EU) 2016/1065).";

    /**
     * The pool's month. All figures are points and none is negative.
     *
     * @param refunded debits that were cancelled or refunded
     * @param returned what came back into the pool from wallets
     * @param reserved what began to wait for a decision; null if nothing did, as the two after it
     * @param released what was in the pool again after that
     * @param expired what lapsed
     */
    record PoolMonth(
            long opening,
            @AlsoText long allocated,
            @AlsoText long clawedBack,
            @AlsoText long distributed,

            @AlsoText long refunded,

            @AlsoText long returned,

            @JsonInclude(JsonInclude.Include.NON_NULL) @AlsoText @Nullable
            Long reserved,

            @JsonInclude(JsonInclude.Include.NON_NULL) @AlsoText @Nullable
            Long released,

            @JsonInclude(JsonInclude.Include.NON_NULL) @AlsoText @Nullable
            Long expired,

            long closing) {}

    /**
     * A line of the roll-forward, in points. {@code total} is the sum of the places.
     *
     * @param reserved null in a statement that has nothing there in any line
     * @param expired likewise
     */
    @Schema(name = "RollForwardLine")
    record Line(
            @Schema(
                    enumeration = {
                        OPENING,
                        "allocated",
                        "clawed_back",
                        "distributed",
                        "refunded",
                        "returned",
                        "delegated",
                        "awarded_from_pool",
                        "awarded_from_budget",
                        "budget_returned",
                        "pool_reserved",
                        "pool_released",
                        "pool_expired",
                        "reversed",
                        "reversed_to_budget",
                        "earned_returned",
                        "earned_expired",
                        "budget_expired",
                        "held",
                        "held_from_budget",
                        "released",
                        "released_to_budget",
                        CLOSING
                    })
            String movement,

            @AlsoText long pool,
            @AlsoText long inFlight,
            @AlsoText long budgets,
            @AlsoText long earned,

            @JsonInclude(JsonInclude.Include.NON_NULL) @AlsoText @Nullable
            Long reserved,

            @JsonInclude(JsonInclude.Include.NON_NULL) @AlsoText @Nullable
            Long expired,

            @AlsoText long total) {

        static Line of(String movement, PointBalances places) {
            return new Line(
                    movement,
                    places.pool(),
                    places.inFlight(),
                    places.budgets(),
                    places.earned(),
                    places.reserved(),
                    places.expired(),
                    places.sum());
        }

        private Line without(boolean noneReserved, boolean noneExpired) {
            return new Line(
                    movement,
                    pool,
                    inFlight,
                    budgets,
                    earned,
                    noneReserved ? null : reserved,
                    noneExpired ? null : expired,
                    total);
        }
    }

    /** Places and flows that came later are left out where there is nothing, so that what was closed before stays what it was. */
    private static List<Line> named(List<Line> lines) {
        var noneReserved = lines.stream().allMatch(line -> Long.valueOf(0).equals(line.reserved()));
        var noneExpired = lines.stream().allMatch(line -> Long.valueOf(0).equals(line.expired()));
        return lines.stream()
                .map(line -> line.without(noneReserved, noneExpired))
                .toList();
    }

    private static @Nullable Long named(long points) {
        return points == 0 ? null : points;
    }

    /**
     * What the points are to the books.
     *
     * @param prepaid pool, budgets, and what waits for a decision: paid for and not yet given to an employee
     * @param inFlight between pool and wallets
     * @param liability earned wallets: owed to employees
     * @param expired lapsed so far; null if nothing has
     */
    record Holdings(
            long prepaid,
            @AlsoText long inFlight,
            long liability,

            @JsonInclude(JsonInclude.Include.NON_NULL) @AlsoText @Nullable
            Long expired) {

        static Holdings of(PointBalances places) {
            return new Holdings(places.prepaid(), places.inFlight(), places.earned(), named(places.expired()));
        }
    }

    /**
     * For a known tenant.
     *
     * @param before points of each flow in all earlier months
     * @param within points of each flow in this one
     */
    public static Statement of(
            UUID tenantId,
            Period period,
            String state,
            Map<Flow, Long> before,
            Map<Flow, Long> within,
            List<EntryView> entries) {
        return of(
                tenantId,
                period.toString(),
                period,
                period,
                state,
                before,
                within,
                Billed.byCurrency(entries),
                entries);
    }

    /**
     * All months together, for a known tenant: it begins with nothing, and names no entries, which stand in the months' own.
     *
     * @param within points of each flow in all of them
     */
    static Statement ofAll(
            UUID tenantId, Period first, Period last, boolean isFinal, Map<Flow, Long> within, List<Billed> billed) {
        return of(tenantId, FINAL, first, last, isFinal ? FINAL : "open", Map.of(), within, billed, List.of());
    }

    private static Statement of(
            UUID tenantId,
            String name,
            Period first,
            Period last,
            String state,
            Map<Flow, Long> before,
            Map<Flow, Long> within,
            List<Billed> billed,
            List<EntryView> entries) {
        var opening = PointBalances.of(before);
        var closing = opening.plus(PointBalances.of(within));
        var lines = new ArrayList<Line>();
        lines.add(Line.of(OPENING, opening));
        for (var flow : Flow.values()) {
            long points = within.getOrDefault(flow, 0L);
            if (flow.movesPoints() && (flow.isAlwaysNamed() || points != 0)) {
                lines.add(Line.of(flow.word(), PointBalances.of(flow, points)));
            }
        }
        lines.add(Line.of(CLOSING, closing));
        return new Statement(
                tenantId,
                name,
                first.start(),
                last.end(),
                state,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                new PoolMonth(
                        opening.pool(),
                        within.getOrDefault(Flow.ALLOCATED, 0L),
                        within.getOrDefault(Flow.CLAWED_BACK, 0L),
                        within.getOrDefault(Flow.DISTRIBUTED, 0L),
                        within.getOrDefault(Flow.REFUNDED, 0L),
                        within.getOrDefault(Flow.RETURNED, 0L),
                        named(within.getOrDefault(Flow.POOL_RESERVED, 0L)),
                        named(within.getOrDefault(Flow.POOL_RELEASED, 0L)),
                        named(within.getOrDefault(Flow.POOL_EXPIRED, 0L)),
                        closing.pool()),
                named(lines),
                Holdings.of(opening),
                Holdings.of(closing),
                billed,
                null,
                List.copyOf(entries));
    }

    /** With what has been added since statements were first closed. */
    Statement with(
            @Nullable String name, @Nullable Issuer by, @Nullable String note, @Nullable List<Prepayment> balances) {
        return with(name, by, note, balances, documents);
    }

    Statement with(
            @Nullable String name,
            @Nullable Issuer by,
            @Nullable String note,
            @Nullable List<Prepayment> balances,
            @Nullable List<BillingDocument> issued) {
        return new Statement(
                tenantId,
                period,
                from,
                to,
                state,
                revision,
                closedAt,
                closedBy,
                replaces,
                name,
                by,
                issued,
                note,
                pool,
                rollForward,
                opening,
                closing,
                billed,
                balances,
                entries);
    }

    /**
     * What the month is closed with.
     *
     * @param issued all its invoices and credit notes, oldest first; null if the closing gave no numbers
     */
    public Statement closed(Closing how, @Nullable List<BillingDocument> issued) {
        return new Statement(
                tenantId,
                period,
                from,
                to,
                CLOSED,
                how.revision(),
                how.at(),
                how.by(),
                how.replaces(),
                tenantName,
                issuer,
                issued,
                taxNote,
                pool,
                rollForward,
                opening,
                closing,
                billed,
                prepayments,
                entries);
    }
}
