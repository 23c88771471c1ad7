package io.points.allocation.allocation;

import io.points.platform.web.input.PlainText;
import io.points.platform.web.input.PointsAmount;
import io.points.platform.web.problem.Problem;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A request to take unspent points back out of a pool.
 *
 * @param amount 1 … 10^12 points; null with {@code all}
 * @param all takes whatever the pool holds, at most 10^12 points at once
 * @param reason why; finance and auditors will read it
 * @param shortfall what becomes of it if the pool holds less; refused if absent
 * @param reserve whether the points are out of the pool while another person has to decide; true if absent
 */
@Schema(name = "ClawbackRequest")
record ClawBack(
        @NotNull(message = "is required") UUID tenantId,

        @Min(value = 1, message = AMOUNT) @Max(value = PointsAmount.MAX, message = AMOUNT) @Nullable
        Long amount,

        @Nullable Boolean all,
        @PlainText String reason,
        @Nullable Shortfall shortfall,
        @Nullable Boolean reserve) {

    private static final String AMOUNT = "must be a whole number of points from 1 to 1000000000000";

    /** Either all, or so much. Null if it says which. */
    @Nullable
    Problem fault() {
        if ((amount == null) == takesAll()) {
            return null;
        }
        return Problem.of(
                        422,
                        "amount-or-all",
                        "Either an amount or all",
                        "A clawback takes either an amount, or all that the pool holds.")
                .withError("amount", takesAll() ? "must be absent with all" : "is required without all");
    }

    boolean takesAll() {
        return Boolean.TRUE.equals(all);
    }

    boolean reserves() {
        return !Boolean.FALSE.equals(reserve);
    }

    /** Points that are asked for, of a pool that holds so many. */
    long asked(long balance) {
        return amount == null ? Math.min(balance, PointsAmount.MAX) : amount;
    }

    /**
     * Points to take of a pool that holds so many.
     *
     * @return at least 1, of which an empty pool has too few
     */
    long taken(long balance) {
        long asked = asked(balance);
        return takesAll() || shortfall == Shortfall.WHAT_IS_THERE ? Math.max(1, Math.min(asked, balance)) : asked;
    }
}
