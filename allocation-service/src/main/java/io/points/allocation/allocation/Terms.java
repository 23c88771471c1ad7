package io.points.allocation.allocation;

import io.points.allocation.tenant.Price;
import io.points.platform.outbox.Tx;
import io.points.platform.web.problem.Problem;
import io.smallrye.mutiny.Uni;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's contract at one moment, which a movement's event fixes.
 *
 * @param currency ISO 4217 code
 * @param price of one point, in the currency's major unit
 */
record Terms(
        String currency,
        BigDecimal price,
        @Nullable String poNumber,
        @Nullable String costCentre,
        long contractRevision) {

    private static final String AT =
            "select revision, currency, price_per_point, po_number, cost_centre from contract_at($1, $2)";

    static Uni<Terms> at(Tx tx, UUID tenantId, Instant now) {
        return tx.query(AT, tenantId, now.atOffset(ZoneOffset.UTC))
                .map(rows -> rows.iterator().next())
                .map(row -> new Terms(
                        row.getString("currency"),
                        row.getBigDecimal("price_per_point"),
                        row.getString("po_number"),
                        row.getString("cost_centre"),
                        row.getLong("revision")));
    }

    /** Why nothing can be allocated on these terms: of another currency, or too much for one billing entry. Null if it can. */
    @Nullable
    Problem refusal(Allocate request) {
        var other = otherCurrency(request.currency());
        if (other != null) {
            return other;
        }
        if (!Price.canBill(price, currency, request.amount())) {
            return Problem.of(
                            422,
                            "too-much-to-bill",
                            "The amount of money is too large for one billing entry",
                            "At this price the billing entry would exceed 2^53-1 minor units. Split the amount.")
                    .withError("amount", "is too large at the price of " + Price.text(price) + " " + currency);
        }
        return null;
    }

    /** Why nothing can be allocated in a currency: it is not that of these terms. Null if it is. */
    @Nullable
    Problem otherCurrency(String wanted) {
        return currency.equals(wanted)
                ? null
                : Problem.of(
                                422,
                                "currency-mismatch",
                                "The currency is not the tenant's",
                                "The tenant's contract is in " + currency + ".")
                        .withError("currency", "must be " + currency);
    }
}
