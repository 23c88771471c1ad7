package io.points.allocation.closing;

import io.points.contract.Settlement;
import io.points.platform.web.input.Params;
import io.points.platform.web.input.PlainText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A request to close a tenant.
 *
 * @param reason for the second person
 * @param earnedUntil the last day on which earned points can be used, in the tenant's time zone
 * @param unspent what becomes of what was never awarded
 * @param earnedThen what becomes of earned points after that day
 */
@Schema(name = "TenantClosingRequest")
record CloseTenant(
        @PlainText String reason,

        @Schema(format = "date", pattern = Params.DAY)
        @NotNull(message = "is required")
        @Pattern(regexp = Params.DAY, message = Params.NOT_A_DAY)
        String earnedUntil,

        @NotNull(message = "is required") Settlement unspent,

        @NotNull(message = "is required") Settlement earnedThen) {

    /** Fails with a 400 problem if there is no such day. */
    ClosingTerms terms() {
        return new ClosingTerms(Params.day("earned_until", earnedUntil), unspent, earnedThen);
    }
}
