package io.points.distribution.wallet;

import io.points.contract.Ids;
import io.points.ledger.dates.Lots;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One line of a wallet's ledger.
 *
 * @param after the wallet with this entry; its entry number is the line's
 * @param amount signed points: positive into the wallet
 * @param lots what of the amount is dated
 * @param cause null if it is a distribution
 * @param distributionId the distribution; of a lapse, the lapse's own id; of a hold or its release, an id derived from the
 *     distribution's, which may have an entry of its own, too
 * @param eventId the event that reports it
 */
public record WalletEntry(
        Wallet after, long amount, Lots lots, @Nullable String cause, UUID distributionId, UUID eventId) {

    /** The cause of what has lapsed. */
    public static final String EXPIRY = "expiry";

    /** The cause of what waits for approval. */
    public static final String HOLD = "hold";

    /** The cause of what waits no more. */
    public static final String RELEASE = "release";

    /** The id under which the entry of what waits for approval is kept; it has the distribution's upper half. */
    public static UUID held(UUID distributionId) {
        return Ids.derive(distributionId, "Held");
    }

    /** The id under which the entry of what waits no more is kept; it has the distribution's upper half. */
    public static UUID released(UUID distributionId) {
        return Ids.derive(distributionId, "Released");
    }

    /** An entry of a distribution. */
    public WalletEntry(Wallet after, long amount, Lots lots, UUID distributionId, UUID eventId) {
        this(after, amount, lots, null, distributionId, eventId);
    }
}
