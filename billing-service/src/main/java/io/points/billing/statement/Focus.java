package io.points.billing.statement;

import io.points.billing.Period;
import io.points.billing.entry.Category;
import io.points.billing.entry.EntryView;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Billing entries as rows of FOCUS 1.2 (<a href="https://focus.finops.org/">focus.finops.org</a>): all mandatory columns under
 * their own names, those optional ones that apply, and some of ours, which begin with {@code x_}. Numbers have at least one
 * decimal place, for whoever guesses a column's type from its values.
 */
final class Focus {

    /** A column, and what a row has in it. */
    private record Column(String name, BiFunction<EntryView, String, @Nullable Object> value) {}

    private static final List<Column> COLUMNS = List.of(
            of("BillingAccountId", (entry, issuer) -> entry.tenantId()),
            of("BillingAccountName", (entry, issuer) -> accountName(entry)),
            of("BillingPeriodStart", (entry, issuer) -> month(entry).start()),
            of("BillingPeriodEnd", (entry, issuer) -> month(entry).end()),
            of("ChargePeriodStart", (entry, issuer) -> day(entry)),
            of("ChargePeriodEnd", (entry, issuer) -> day(entry).plus(1, ChronoUnit.DAYS)),
            of("ChargeCategory", (entry, issuer) -> entry.chargeCategory()),
            of("ChargeClass", (entry, issuer) -> entry.chargeClass()),
            of("ChargeDescription", (entry, issuer) -> entry.description()),
            of("ChargeFrequency", (entry, issuer) -> "One-Time"),
            of("BilledCost", (entry, issuer) -> decimal(billedCost(entry))),
            of("EffectiveCost", (entry, issuer) -> decimal(effectiveCost(entry))),
            of("ContractedCost", (entry, issuer) -> decimal(contractedCost(entry))),
            of("ListCost", (entry, issuer) -> decimal(contractedCost(entry))),
            of("BillingCurrency", (entry, issuer) -> entry.currency()),
            of("PricingQuantity", (entry, issuer) -> decimal(BigDecimal.valueOf(entry.points()))),
            of("PricingUnit", (entry, issuer) -> "Points"),
            of("ContractedUnitPrice", (entry, issuer) -> decimal(new BigDecimal(entry.unitPrice()))),
            of("InvoiceId", (entry, issuer) -> documentNumber(entry)),
            of("InvoiceIssuerName", (entry, issuer) -> issuer),
            of("ProviderName", (entry, issuer) -> issuer),
            of("PublisherName", (entry, issuer) -> issuer),
            of("ServiceCategory", (entry, issuer) -> "Business Applications"),
            of("ServiceSubcategory", (entry, issuer) -> "Other (Business Applications)"),
            of("ServiceName", (entry, issuer) -> "Points"),
            of("x_EntryId", (entry, issuer) -> entry.entryId()),
            of("x_CreditedEntryId", (entry, issuer) -> entry.creditedEntryId()),
            of("x_ReversedEntryId", (entry, issuer) -> entry.reversedEntryId()),
            of("x_RebookedEntryId", (entry, issuer) -> entry.rebookedEntryId()),
            of("x_AmountMinor", (entry, issuer) -> entry.amountMinor()),
            of("x_OccurredAt", (entry, issuer) -> entry.occurredAt()),
            of("x_PoNumber", (entry, issuer) -> entry.poNumber()),
            of("x_CostCentre", (entry, issuer) -> entry.costCentre()));

    private Focus() {}

    /** The first line of the file. */
    static String header() {
        return new Csv(CsvReader.PROGRAM)
                .line(COLUMNS.stream().map(Column::name).toArray())
                .toString();
    }

    /**
     * A line for each entry.
     *
     * @param issuer who provides the points, and bills them
     */
    static String rows(List<EntryView> entries, String issuer) {
        var csv = new Csv(CsvReader.PROGRAM);
        for (var entry : entries) {
            csv.line(COLUMNS.stream()
                    .map(column -> column.value().apply(entry, issuer))
                    .toArray());
        }
        return csv.toString();
    }

    private static Column of(String name, BiFunction<EntryView, String, @Nullable Object> value) {
        return new Column(name, value);
    }

    /** Billing knows tenants by their ids. */
    private static @Nullable String accountName(EntryView entry) {
        return null;
    }

    /** Of the document that has the entry: what finance finds it by. */
    private static @Nullable String documentNumber(EntryView entry) {
        return entry.invoiceId();
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
