package io.points.billing.period;

import io.points.platform.web.input.Params;
import io.points.platform.web.input.PlainText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Which month is to be closed, and why. */
@Schema(name = "ClosingRequest")
record ClosingRequest(
        @NotNull(message = "is required")
        @Pattern(regexp = Params.MONTH, message = "must be a month in 1970 or later, such as 2026-01")
        @Schema(examples = "2026-01")
        String period,

        @PlainText String reason,

        @Schema(
                description =
                        "Whether open months are soft-closed first; those that cannot be closed stay open. False if absent")
        @Nullable
        Boolean softClose) {

    boolean softCloses() {
        return Boolean.TRUE.equals(softClose);
    }
}
