package io.points.allocation.allocation;

import io.points.platform.web.input.PlainText;
import io.points.platform.web.input.PointsAmount;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A request to take unspent points back out of a pool.
 *
 * @param amount 1 … 10^12 points
 * @param reason why; finance and auditors will read it
 */
@Schema(name = "ClawbackRequest")
record ClawBack(
        @NotNull(message = "is required") UUID tenantId,
        @PointsAmount Long amount,
        @PlainText String reason) {}
