package io.points.distribution.policy;

import io.points.ledger.dates.ExpiryTerms;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for of earned points, as it was sent.
 *
 * @param expires null: they never lapse
 * @param to nowhere if it is absent
 * @param noticeDays if it is absent: those of 30 and 7 days that there are before the points lapse
 */
@Schema(name = "EarnedTerms")
record EarnedTerms(
        @Valid @Nullable ExpiryTerms expires,
        @Nullable Destination to,

        @Size(min = 1, max = PolicyRules.MOST_NOTICES, message = "must have 1 to {max} numbers") @Nullable
        List<
                        @NotNull(message = "is required") @Min(value = 1, message = NOTICE)
                        @Max(value = PolicyRules.LONGEST_NOTICE, message = NOTICE) Long>
                noticeDays) {
    private static final String NOTICE = "must be 1 to " + PolicyRules.LONGEST_NOTICE;
}
