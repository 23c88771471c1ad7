package io.points.distribution.wallet;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.points.distribution.member.Person;
import io.points.ledger.dates.ExpiringPoints;
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
 * @param budgetExpiring the same of the budget
 * @param earnedUntil the last day on which earned points can be used, for the tenant is being closed; null unless it is
 * @param entries of both wallets, newest first
 * @param people by id; null if they are not asked for
 */
@Schema(name = "Wallet")
record WalletView(
        UUID userId,
        Balance budget,
        Balance earned,
        long earnedThisMonth,
        List<ExpiringPoints> expiring,
        List<ExpiringPoints> budgetExpiring,
        @Nullable LocalDate earnedUntil,
        List<WalletLine.View> entries,
        @Nullable String nextCursor,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<UUID, Person> people) {

    /** @param balance points */
    @Schema(name = "WalletBalance")
    record Balance(long balance, long entryNumber) {
        static final Balance NONE = new Balance(0, 0);
    }
}
