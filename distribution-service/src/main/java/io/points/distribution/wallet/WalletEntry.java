package io.points.distribution.wallet;

import io.points.ledger.dates.Lots;
import java.util.UUID;

/**
 * One line of a wallet's ledger.
 *
 * @param after the wallet with this entry; its entry number is the line's
 * @param amount signed points: positive into the wallet
 * @param lots what of the amount is dated
 * @param eventId the event that reports it
 */
public record WalletEntry(Wallet after, long amount, Lots lots, UUID distributionId, UUID eventId) {}
