package io.points.distribution.batch;

import io.points.platform.web.input.PlainText;
import io.points.platform.web.input.PointsAmount;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A batch as it is asked for in JSON.
 *
 * @param departmentId out of whose envelope; out of none if absent
 */
@Schema(name = "BatchRequest")
record AwardBatch(
        @NotNull(message = "is required") Batch.Mode mode,

        @PlainText @Schema(description = "Of every award") String description,

        @Nullable UUID departmentId,

        @NotNull(message = "is required")
        @Valid
        @Schema(minItems = 1, maxItems = Batch.MOST_RECEIVERS, description = "Each member once")
        List<@NotNull(message = "is required") Receiver> receivers) {

    /** @param amount 1 … 10^12 points */
    @Schema(name = "BatchRequestReceiver")
    record Receiver(
            @NotNull(message = "is required") UUID toUserId,
            @PointsAmount Long amount) {}

    List<Row> rows() {
        var rows = new ArrayList<Row>(receivers.size());
        for (int i = 0; i < receivers.size(); i++) {
            var receiver = receivers.get(i);
            rows.add(new Row(i + 1, "receivers[" + i + "].", receiver.toUserId(), receiver.amount(), null));
        }
        return rows;
    }
}
