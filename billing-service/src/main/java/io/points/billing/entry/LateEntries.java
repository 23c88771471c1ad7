package io.points.billing.entry;

import io.points.billing.Flow;
import io.points.billing.Period;
import io.points.billing.Price;
import io.points.contract.BillingEvent.BillingEntryRecorded;
import io.points.contract.Envelope;
import io.points.platform.outbox.Tx;
import io.points.platform.persistence.Columns;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Late entries in their table. Whoever moves them holds the tenant's lock. */
@ApplicationScoped
public class LateEntries {

    /** Of the tenant {@code $1}, from {@code $2} until before {@code $3}, whether they were moved since or not. */
    private static final String BOOKED_LATE = """
            e.billing_account_id = $1 and e.charge_period_start >= $2 and e.charge_period_start < $3
            and e.billing_period_start > e.charge_period_start and e.x_reversed_entry_id is null
            """;

    /** Those that were not moved. */
    private static final String LATE = " from platform_billing_logs e where " + BOOKED_LATE + """
            and not exists (select from platform_billing_logs r where r.x_reversed_entry_id = e.x_entry_id)
            """;

    private static final String PAGE = "select " + EntryView.COLUMNS + LATE + """
            and (e.x_pool_version, e.x_line) > ($4, $5) order by e.x_pool_version, e.x_line limit $6
            """;

    private static final String COUNT = "select count(*) as late" + LATE;

    /** Of events that have a chosen entry, or of the first ones of all: whatever else the same event has goes with it. */
    private static final String CHOSEN = "select " + EntryView.COLUMNS + """
            , (select coalesce(moved.billing_period_start, p.billing_period_start) from platform_billing_logs p
               left join platform_billing_logs moved on moved.x_rebooked_entry_id = p.x_entry_id
               where p.x_entry_id = e.x_credited_entry_id) as credited_in
            """ + LATE + """
            and e.x_pool_version in (select distinct e.x_pool_version
            """ + LATE + """
            and ($4::uuid[] is null or e.x_entry_id = any($4)) order by e.x_pool_version limit $5)
            order by e.x_pool_version, e.x_line
            """;

    private static final String STRANGERS = """
            select asked.id from unnest($4::uuid[]) as asked (id)
            where not exists (select from platform_billing_logs e where e.x_entry_id = asked.id and
            """ + BOOKED_LATE + ")";

    private static final String POOL = "select billing_period, flow, points from period_flows where tenant_id = $1";

    /** The pairs and the months' points in one statement, so that they cannot differ. */
    private static final String MOVE = """
            with booked as (
                insert into platform_billing_logs (x_entry_id, x_event_id, x_line, billing_account_id,
                       billing_period_start, billing_period_end, charge_category, charge_class, charge_description,
                       charge_period_start, pricing_quantity, contracted_unit_price, billed_cost, billing_currency,
                       invoice_id, x_kind, x_amount_minor, x_currency_exponent, x_pool_version, x_po_number, x_cost_centre,
                       x_credited_entry_id, x_created_by, x_reversed_entry_id, x_rebooked_entry_id, x_move_reason)
                select b.entry, e.x_event_id, b.line, e.billing_account_id,
                       case when b.reverses then e.billing_period_start else $6::timestamptz end,
                       case when b.reverses then e.billing_period_end else $7::timestamptz end,
                       e.charge_category, b.class, e.charge_description, e.charge_period_start,
                       b.sign * e.pricing_quantity, e.contracted_unit_price, b.sign * e.billed_cost, e.billing_currency,
                       e.invoice_id, e.x_kind, b.sign * e.x_amount_minor, e.x_currency_exponent, e.x_pool_version,
                       e.x_po_number, e.x_cost_centre, e.x_credited_entry_id, $8::text,
                       case when b.reverses then e.x_entry_id end, case when not b.reverses then e.x_entry_id end, $9::text
                from (select *, case when reverses then -1 else 1 end as sign
                      from unnest($1::uuid[], $2::uuid[], $3::int[], $4::boolean[], $5::text[])
                        as asked (original, entry, line, reverses, class)) b
                join platform_billing_logs e on e.x_entry_id = b.original
                returning *),
            summed as (
                insert into period_flows as f (tenant_id, billing_period, flow, points)
                select billing_account_id, (billing_period_start at time zone 'UTC')::date as period,
                       case x_kind when 'allocation' then 'allocated' else 'clawed_back' end as flow,
                       sum(case x_kind when 'allocation' then pricing_quantity else -pricing_quantity end)::bigint
                from booked group by billing_account_id, period, x_kind order by period, flow
                on conflict (tenant_id, billing_period, flow) do update set points = f.points + excluded.points)
            select\s""" + EntryView.COLUMNS + " from booked order by x_pool_version, x_line";

    /**
     * Those of a month that were not moved, in the order of the pool.
     *
     * @param afterVersion with {@code afterLine} the entry behind which the page begins
     */
    public Uni<List<EntryView>> page(Tx tx, UUID tenant, Period period, long afterVersion, int afterLine, int rows) {
        return tx.query(
                        PAGE,
                        tenant,
                        period.start().atOffset(ZoneOffset.UTC),
                        period.end().atOffset(ZoneOffset.UTC),
                        afterVersion,
                        afterLine,
                        rows)
                .map(LateEntries::views);
    }

    /** How many of a month were not moved. */
    public Uni<Long> count(Tx tx, UUID tenant, Period period) {
        return tx.query(
                        COUNT,
                        tenant,
                        period.start().atOffset(ZoneOffset.UTC),
                        period.end().atOffset(ZoneOffset.UTC))
                .map(rows -> rows.iterator().next().getLong("late"));
    }

    /**
     * What is to be moved into a month: nothing that was moved already.
     *
     * @param chosen ids of entries; null for all
     * @param events that are moved at most, the first ones of the pool
     */
    public Uni<LateEntryMove> chosen(Tx tx, UUID tenant, Period period, @Nullable Collection<UUID> chosen, int events) {
        return tx.query(
                        CHOSEN,
                        tenant,
                        period.start().atOffset(ZoneOffset.UTC),
                        period.end().atOffset(ZoneOffset.UTC),
                        chosen == null ? null : chosen.toArray(UUID[]::new),
                        events)
                .map(rows -> {
                    var late = new ArrayList<LateEntry>();
                    rows.forEach(row -> late.add(late(row)));
                    return new LateEntryMove(period, List.copyOf(late));
                });
    }

    /** Which of these are no late entries of the month, and never were. */
    public Uni<List<UUID>> strangers(Tx tx, UUID tenant, Period period, Collection<UUID> ids) {
        return tx.query(
                        STRANGERS,
                        tenant,
                        period.start().atOffset(ZoneOffset.UTC),
                        period.end().atOffset(ZoneOffset.UTC),
                        ids.toArray(UUID[]::new))
                .map(rows -> {
                    var strangers = new ArrayList<UUID>();
                    rows.forEach(row -> strangers.add(row.getUUID("id")));
                    return strangers;
                });
    }

    /** Points that each month adds to the tenant's pool. */
    public Uni<Map<Period, Long>> pool(Tx tx, UUID tenant) {
        return tx.query(POOL, tenant).map(rows -> {
            Map<Period, Long> pool = new TreeMap<>();
            rows.forEach(row -> pool.merge(
                    Period.of(row.getLocalDate("billing_period")),
                    Flow.of(row.getString("flow")).pool() * row.getLong("points"),
                    Long::sum));
            return pool;
        });
    }

    /**
     * Books the pairs, counts their points, and announces each.
     *
     * @param by who moves them
     */
    public Uni<Void> move(Tx tx, LateEntryMove move, Envelope.Actor by, String reason) {
        var bookings = move.bookings();
        if (bookings.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return tx.query(
                        MOVE,
                        Columns.uuids(bookings, LateEntryMove.Booking::originalId),
                        Columns.uuids(bookings, LateEntryMove.Booking::entryId),
                        Columns.ints(bookings, LateEntryMove.Booking::line),
                        Columns.booleans(bookings, LateEntryMove.Booking::isReversal),
                        Columns.texts(bookings, LateEntryMove.Booking::chargeClass),
                        move.to().start().atOffset(ZoneOffset.UTC),
                        move.to().end().atOffset(ZoneOffset.UTC),
                        by.id(),
                        reason)
                .invoke(rows ->
                        views(rows).forEach(entry -> tx.send(entry.entryId(), recorded(entry), entry.recordedAt(), by)))
                .replaceWithVoid();
    }

    private static BillingEntryRecorded recorded(EntryView entry) {
        return new BillingEntryRecorded(
                entry.entryId(),
                entry.tenantId(),
                entry.eventId(),
                entry.kind(),
                entry.points(),
                entry.unitPrice(),
                entry.currency(),
                entry.amountMinor().longValueExact(),
                entry.poolVersion(),
                entry.occurredAt(),
                (long) Price.digits(entry.price().currency()),
                (long) entry.line(),
                entry.chargeCategory(),
                entry.chargeClass(),
                entry.billingPeriod(),
                entry.invoiceId(),
                entry.description(),
                entry.poNumber(),
                entry.costCentre(),
                entry.creditedEntryId(),
                entry.createdBy(),
                entry.reversedEntryId(),
                entry.rebookedEntryId(),
                entry.moveReason());
    }

    private static List<EntryView> views(RowSet<Row> rows) {
        var views = new ArrayList<EntryView>();
        rows.forEach(row -> views.add(EntryView.of(row)));
        return views;
    }

    private static LateEntry late(Row row) {
        var credited = row.getOffsetDateTime("credited_in");
        return new LateEntry(EntryView.of(row), credited == null ? null : Period.of(credited.toInstant()));
    }
}
