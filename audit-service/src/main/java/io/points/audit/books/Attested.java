package io.points.audit.books;

import io.points.contract.Account;
import java.time.Instant;
import java.util.UUID;

/**
 * A balance as its owner attested it.
 *
 * @param eventId the event that told it
 * @param entryNumber its last entry; 0 if there is none
 */
record Attested(Key key, UUID eventId, long entryNumber, long stored, long sumOfEntries, Instant at) {

    /** Which balance. */
    record Key(UUID tenantId, Account account, UUID holderId) {}
}
