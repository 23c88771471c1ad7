package io.points.distribution.wallet;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.points.distribution.member.Person;
import io.points.ledger.dates.Lots;
import io.points.platform.money.AlsoText;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's wallets.
 *
 * @param budget points to give on
 * @param earned redeemable points
 * @param earnedThisMonth points awarded since the first of the month in UTC
 * @param expiring what of the earned points lapses when; the rest stays for ever
 * @param entries of both wallets, newest first
 * @param people by id; null if they are not asked for
 */
@Schema(name = "Wallet")
record WalletView(
        UUID userId,
        Balance budget,
        Balance earned,
        long earnedThisMonth,
        List<Expiring> expiring,
        List<WalletLine.View> entries,
        @Nullable String nextCursor,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<UUID, Person> people) {

    /**
     * Points that can be used until the same day.
     *
     * @param expiresOn the last day on which they can be used, in the tenant's time zone
     */
    @Schema(name = "ExpiringPoints")
    record Expiring(
            @Schema(implementation = String.class, format = "date")
            LocalDate expiresOn,

            @AlsoText long points) {
        static List<Expiring> of(Lots lots) {
            return lots.list().stream()
                    .map(lot -> new Expiring(lot.expiresOn(), lot.points()))
                    .toList();
        }
    }

    /** @param balance points */
    @Schema(name = "WalletBalance")
    record Balance(long balance, long entryNumber) {
        static final Balance NONE = new Balance(0, 0);
    }
}
