package io.points.billing.entry;

import io.points.billing.Period;
import io.points.billing.Price;
import io.points.platform.background.Loop;
import io.points.platform.outbox.Tx;
import io.points.platform.persistence.Columns;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Writes billing entries and announces each. Whoever calls holds the tenants' locks, and knows that what they bring was not
 * billed before; if it was, the table refuses it.
 */
@ApplicationScoped
public class BillingLog {

    private static final String INSERT = """
            insert into platform_billing_logs (x_entry_id, x_event_id, x_line, billing_account_id, billing_period_start,
                   billing_period_end, charge_category, charge_class, charge_description, charge_period_start,
                   pricing_quantity, contracted_unit_price, billed_cost, billing_currency, invoice_id, x_kind,
                   x_amount_minor, x_currency_exponent, x_pool_version, x_po_number, x_cost_centre, x_credited_entry_id,
                   x_created_by)
            select entry, event, line, tenant, period, period_end, category, class, description, time, points,
                   price::numeric, cost::numeric, currency, invoice, kind, amount::numeric, exponent, version, po, centre,
                   credited, creator
            from unnest($1::uuid[], $2::uuid[], $3::int[], $4::uuid[], $5::timestamptz[], $6::timestamptz[], $7::text[],
                        $8::text[], $9::text[], $10::timestamptz[], $11::bigint[], $12::text[], $13::text[], $14::text[],
                        $15::text[], $16::text[], $17::text[], $18::int[], $19::bigint[], $20::text[], $21::text[],
                        $22::uuid[], $23::text[])
              as charge (entry, event, line, tenant, period, period_end, category, class, description, time, points,
                         price, cost, currency, invoice, kind, amount, exponent, version, po, centre, credited, creator)
            returning x_entry_id, x_recorded_at
            """;

    /** The newest first, as they are credited. */
    private static final String OPEN = """
            select p.x_entry_id, p.x_pool_version, p.contracted_unit_price, p.billing_currency, p.invoice_id,
                   p.x_po_number, p.x_cost_centre, o.points as open,
                   coalesce(moved.billing_period_start, p.billing_period_start) as billing_period_start
            from open_purchases o join platform_billing_logs p on p.x_entry_id = o.entry_id
            left join platform_billing_logs moved on moved.x_rebooked_entry_id = o.entry_id
            where o.tenant_id = $1 and o.pool_version < $2 order by o.pool_version desc limit $3
            """;

    private static final int PAGE = 500;

    /** Bills allocations. */
    public Uni<Void> purchase(Tx tx, List<Billable> allocations) {
        return insert(tx, allocations.stream().map(Charge::purchase).toList());
    }

    /** Bills clawbacks, in the order of the pool. All allocations before them must have been billed. */
    public Uni<Void> credit(Tx tx, List<Billable> clawbacks) {
        var byTenant = new HashMap<UUID, List<Billable>>();
        clawbacks.forEach(it -> byTenant.computeIfAbsent(it.tenantId(), tenant -> new ArrayList<>())
                .add(it));
        var all = Uni.createFrom().voidItem();
        for (var own : byTenant.entrySet()) {
            all = all.chain(() -> open(tx, own.getKey(), own.getValue()))
                    .chain(open -> insert(
                            tx,
                            own.getValue().stream()
                                    .flatMap(it -> open.credit(it).stream())
                                    .toList()));
        }
        return all;
    }

    /** As many of the tenant's newest purchases as the clawbacks can take points of. */
    private static Uni<OpenPurchases> open(Tx tx, UUID tenant, List<Billable> clawbacks) {
        long points = clawbacks.stream().mapToLong(Billable::points).sum();
        long first = clawbacks.stream().mapToLong(Billable::poolVersion).min().orElseThrow();
        return newest(tx, tenant, points, first).map(OpenPurchases::new);
    }

    /**
     * The tenant's newest purchases, until so many points can be taken of those before a version of the pool, or there are no more.
     */
    static Uni<List<OpenPurchases.Purchase>> newest(Tx tx, UUID tenant, long points, long first) {
        var found = new ArrayList<OpenPurchases.Purchase>();
        return Loop.run(() -> {
                    long below = found.isEmpty()
                            ? Long.MAX_VALUE
                            : found.get(found.size() - 1).poolVersion();
                    return tx.query(OPEN, tenant, below, PAGE).map(rows -> {
                        rows.forEach(row -> found.add(purchase(row)));
                        long takeable = found.stream()
                                .filter(it -> it.poolVersion() < first)
                                .mapToLong(OpenPurchases.Purchase::points)
                                .sum();
                        return rows.rowCount() == PAGE && takeable < points;
                    });
                })
                .replaceWith(found);
    }

    private static OpenPurchases.Purchase purchase(Row row) {
        return new OpenPurchases.Purchase(
                row.getUUID("x_entry_id"),
                row.getLong("x_pool_version"),
                Period.of(row.getOffsetDateTime("billing_period_start").toInstant()),
                row.getLong("open"),
                new Price(
                        row.getBigDecimal("contracted_unit_price"), Price.currency(row.getString("billing_currency"))),
                row.getString("invoice_id"),
                row.getString("x_po_number"),
                row.getString("x_cost_centre"));
    }

    private static Uni<Void> insert(Tx tx, List<Charge> charges) {
        if (charges.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return tx.query(
                        INSERT,
                        Columns.uuids(charges, Charge::entryId),
                        Columns.uuids(charges, it -> it.of().eventId()),
                        Columns.ints(charges, Charge::line),
                        Columns.uuids(charges, it -> it.of().tenantId()),
                        Columns.times(charges, it -> it.of().period().start()),
                        Columns.times(charges, it -> it.of().period().end()),
                        Columns.texts(charges, it -> it.category().word()),
                        Columns.texts(charges, Charge::chargeClass),
                        Columns.texts(charges, it -> it.of().description()),
                        Columns.times(charges, it -> it.of().time()),
                        Columns.longs(charges, Charge::points),
                        Columns.texts(charges, it -> it.price().perPoint().toPlainString()),
                        Columns.texts(charges, it -> Price.major(
                                        it.amountMinor(), it.price().currency())
                                .toPlainString()),
                        Columns.texts(charges, it -> it.price().currency().code()),
                        Columns.texts(charges, Charge::invoiceId),
                        Columns.texts(charges, Charge::kind),
                        Columns.texts(charges, it -> it.amountMinor().toString()),
                        Columns.ints(charges, Charge::exponent),
                        Columns.longs(charges, it -> it.of().poolVersion()),
                        Columns.texts(charges, Charge::poNumber),
                        Columns.texts(charges, Charge::costCentre),
                        Columns.uuids(charges, Charge::creditedEntryId),
                        Columns.texts(charges, it -> it.of().actor().id()))
                .invoke(rows -> {
                    Map<UUID, Instant> recorded = new HashMap<>();
                    rows.forEach(row -> recorded.put(
                            row.getUUID("x_entry_id"),
                            row.getOffsetDateTime("x_recorded_at").toInstant()));
                    charges.forEach(it -> tx.send(
                            it.entryId(),
                            it.recorded(),
                            recorded.get(it.entryId()),
                            it.of().actor()));
                })
                .replaceWithVoid();
    }
}
