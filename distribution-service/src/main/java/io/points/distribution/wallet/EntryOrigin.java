package io.points.distribution.wallet;

import io.points.contract.DistributionKind;
import io.points.contract.PointsSource;
import io.points.distribution.recognition.Recognition;
import io.vertx.mutiny.sqlclient.Row;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The distribution that a wallet's entry comes of.
 *
 * @param counterpartyId who gave it, or to whom it went; null if it went back to the pool
 */
@Schema(name = "WalletEntryOrigin")
record EntryOrigin(
        @Schema(implementation = DistributionKind.class) String kind,
        @Schema(implementation = PointsSource.class) String source,
        @Nullable UUID counterpartyId,
        @Nullable String referenceType,
        @Nullable String description,
        Recognition.@Nullable View recognition) {

    /**
     * @param row of {@code distributions}, with what its recognition says, if there is one
     * @param owner whose wallet it is
     * @param viewer private words are for the giver and the receiver
     */
    static EntryOrigin of(Row row, UUID owner, UUID viewer) {
        var from = row.getUUID("from_user_id");
        var to = row.getUUID("to_user_id");
        return new EntryOrigin(
                row.getString("kind"),
                row.getString("source"),
                owner.equals(from) ? to : from,
                row.getString("reference_type"),
                row.getString("description"),
                Recognition.View.of(
                        row.getString("message"),
                        row.getString("value_name"),
                        row.getString("visibility"),
                        viewer.equals(from) || viewer.equals(to)));
    }
}
