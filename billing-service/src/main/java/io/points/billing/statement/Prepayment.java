package io.points.billing.statement;

import io.points.billing.Price;
import java.math.BigInteger;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a tenant has paid, or owes, in advance: all purchases less all credits, so what it keeps of each purchase at the price of
 * that one, whether the points are spent or not. Amounts are in the currency's minor unit; the texts are decimals in the major unit.
 *
 * @param currencyExponent digits of the minor unit, 0 … 4
 * @param openingMinor before the first entry of the month
 * @param closingMinor after the last one: the opening balance and what was billed
 */
@Schema(name = "PrepaymentBalance")
record Prepayment(
        String currency,
        int currencyExponent,

        @Schema(description = "Before the first entry of the month, in the currency's minor unit")
        BigInteger openingMinor,

        @Schema(description = "After the last entry of the month, in the currency's minor unit")
        BigInteger closingMinor,

        @Schema(description = "The opening balance as a decimal in the major unit", examples = "12500.00")
        String opening,

        @Schema(description = "The closing balance as a decimal in the major unit", examples = "11250.00")
        String closing) {

    static Prepayment of(String code, BigInteger openingMinor, BigInteger closingMinor) {
        var currency = Price.currency(code);
        return new Prepayment(
                code,
                Price.digits(currency),
                openingMinor,
                closingMinor,
                Price.major(openingMinor, currency).toPlainString(),
                Price.major(closingMinor, currency).toPlainString());
    }
}
