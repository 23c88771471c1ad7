package io.points.billing.statement;

import io.points.billing.Period;
import io.points.billing.entry.Category;
import io.points.billing.entry.EntryView;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Billing entries as rows of FOCUS 1.2 (<a href="https://focus.finops.org/">focus.finops.org</a>): all mandatory columns under
 * their own names, those optional ones that apply, and some of ours, which begin with {@code x_}. Numbers have at least one
 * decimal place, for whoever guesses a column's type from its values.
 */
final class Focus {

    /**
     * An entry, whom it is billed to and by whom.
     *
     * @param tenantName what the tenant is called; null if that is not known
     * @param documentNumber of the invoice or credit note that it is on; null if it is on none, as before its month is closed
     * @param issuer who provides the points, and bills them
     */
    record Charge(
            EntryView entry,
            @Nullable String tenantName,
            @Nullable String documentNumber,
            String issuer) {}

    /** A column, and what a row has in it. */
    private record Column(String name, Function<Charge, @Nullable Object> value) {}

    private static final List<Column> COLUMNS = List.of(
            of("BillingAccountId", entry -> entry.tenantId()),
            new Column("BillingAccountName", Charge::tenantName),
            of("BillingPeriodStart", entry -> month(entry).start()),
            of("BillingPeriodEnd", entry -> month(entry).end()),
            of("ChargePeriodStart", entry -> day(entry)),
            of("ChargePeriodEnd", entry -> day(entry).plus(1, ChronoUnit.DAYS)),
            of("ChargeCategory", entry -> entry.chargeCategory()),
            of("ChargeClass", entry -> entry.chargeClass()),
            of("ChargeDescription", entry -> entry.description()),
            of("ChargeFrequency", entry -> "One-Time"),
            of("BilledCost", entry -> decimal(billedCost(entry))),
            of("EffectiveCost", entry -> decimal(effectiveCost(entry))),
            of("ContractedCost", entry -> decimal(contractedCost(entry))),
            of("ListCost", entry -> decimal(contractedCost(entry))),
            of("BillingCurrency", entry -> entry.currency()),
            of("PricingQuantity", entry -> decimal(BigDecimal.valueOf(entry.points()))),
            of("PricingUnit", entry -> "Points"),
            of("ContractedUnitPrice", entry -> decimal(new BigDecimal(entry.unitPrice()))),
            new Column("InvoiceId", Charge::documentNumber),
            new Column("InvoiceIssuerName", Charge::issuer),
            new Column("ProviderName", Charge::issuer),
            new Column("PublisherName", Charge::issuer),
            of("ServiceCategory", entry -> "Business Applications"),
            of("ServiceSubcategory", entry -> "Other (Business Applications)"),
            of("ServiceName", entry -> "Points"),
            of("x_EntryId", entry -> entry.entryId()),
            of("x_CreditedEntryId", entry -> entry.creditedEntryId()),
            of("x_ReversedEntryId", entry -> entry.reversedEntryId()),
            of("x_RebookedEntryId", entry -> entry.rebookedEntryId()),
            of("x_InvoiceReference", entry -> entry.invoiceId()),
            of("x_AmountMinor", entry -> entry.amountMinor()),
            of("x_OccurredAt", entry -> entry.occurredAt()),
            of("x_PoNumber", entry -> entry.poNumber()),
            of("x_CostCentre", entry -> entry.costCentre()));

    private Focus() {}

    /** The first line of the file. */
    static String header() {
        return new Csv(CsvReader.PROGRAM)
                .line(COLUMNS.stream().map(Column::name).toArray())
                .toString();
    }

    /** A line for each charge. */
    static String rows(List<Charge> charges) {
        var csv = new Csv(CsvReader.PROGRAM);
        charges.forEach(charge -> csv.line(
                COLUMNS.stream().map(column -> column.value().apply(charge)).toArray()));
        return csv.toString();
    }

    private static Column of(String name, Function<EntryView, @Nullable Object> value) {
        return new Column(name, charge -> value.apply(charge.entry()));
    }

    private static BigDecimal billedCost(EntryView entry) {
        return new BigDecimal(entry.amount());
    }

    /**
     * A purchase covers what employees will be given later, so its effective cost is 0. A credit gives such a purchase back:
     * it is calculated from that purchase's effective cost. An adjustment is about no other charge.
     */
    private static BigDecimal effectiveCost(EntryView entry) {
        return entry.chargeCategory().equals(Category.ADJUSTMENT.word()) ? billedCost(entry) : BigDecimal.ZERO;
    }

    /** The exact product; what is billed is rounded. There are no list prices, so the list cost is the same. */
    private static BigDecimal contractedCost(EntryView entry) {
        return new BigDecimal(entry.unitPrice()).multiply(BigDecimal.valueOf(entry.points()));
    }

    private static Period month(EntryView entry) {
        return Period.parse(entry.billingPeriod());
    }

    /** The beginning of the day (UTC) on which the points moved. */
    private static Instant day(EntryView entry) {
        return entry.occurredAt().truncatedTo(ChronoUnit.DAYS);
    }

    private static BigDecimal decimal(BigDecimal number) {
        return number.scale() < 1 ? number.setScale(1) : number;
    }
}
