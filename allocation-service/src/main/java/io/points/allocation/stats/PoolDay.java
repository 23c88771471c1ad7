package io.points.allocation.stats;

import io.points.platform.money.AlsoText;
import io.vertx.mutiny.sqlclient.Row;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What one UTC day did to a pool. All figures are points. The day before closed with {@code closing_balance} less allocated,
 * credited and returned, plus what was clawed back, debited and reserved.
 */
@Schema(name = "PoolDay")
record PoolDay(
        @Schema(implementation = String.class, format = "date", description = "UTC", examples = "2026-11-28")
        LocalDate day,

        @Schema(description = "Put in by the platform") @AlsoText
        long allocated,

        @Schema(description = "Taken back by the platform") @AlsoText
        long clawedBack,

        @Schema(description = "Out of the pool for distributions") @AlsoText
        long debited,

        @Schema(description = "Debits that were cancelled or refunded") @AlsoText
        long credited,

        @Schema(
                description =
                        "What came back from wallets, and the adjustments of the day, less what lapsed; so it may be negative")
        @AlsoText
        long returned,

        @Schema(description = "Put aside for decisions, less what was released; negative if more was released")
        @AlsoText
        long reserved,

        @Schema(description = "What the pool held at the end of the day; of today, so far")
        long closingBalance) {

    static PoolDay of(Row row) {
        return new PoolDay(
                row.getLocalDate("day"),
                row.getLong("allocated"),
                row.getLong("clawed_back"),
                row.getLong("debited"),
                row.getLong("credited"),
                row.getLong("returned"),
                row.getLong("reserved"),
                row.getLong("closing"));
    }
}
