package io.points.distribution.batch;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.points.contract.RefusalReason;
import io.vertx.mutiny.sqlclient.Row;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One receiver of a batch.
 *
 * @param amount points
 * @param rule of the company that refused it; absent if none did
 */
@Schema(name = "BatchReceiver")
record ReceiverView(
        @Schema(description = "Line of the CSV, the header being 1; or place in the JSON, from 1")
        int line,

        UUID toUserId,
        long amount,

        @Schema(implementation = LineStatus.class) String state,

        @Schema(implementation = RefusalReason.class) @Nullable
        String reason,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String rule,

        @Schema(description = "Null until there is a distribution") @Nullable
        UUID distributionId) {

    static ReceiverView of(Row row) {
        return new ReceiverView(
                row.getInteger("line"),
                row.getUUID("to_user_id"),
                row.getLong("amount"),
                row.getString("state"),
                row.getString("reason"),
                row.getString("rule"),
                row.getUUID("distribution_id"));
    }
}
