package io.points.billing.period;

/**
 * How many events of a month have been consumed.
 *
 * @param contiguousVersion all movements of the pool up to this version are known
 * @param monthEndVersion the last version of the pool that belongs to the month or may do so; 0 if there is none
 * @param arrivalsAhead arrivals of the month whose departure is not known yet: a wallet credited before its debit was consumed
 *     of, a returned budget before it left its wallet
 */
record PeriodCompleteness(long contiguousVersion, long monthEndVersion, long arrivalsAhead) {

    boolean isComplete() {
        return contiguousVersion >= monthEndVersion && arrivalsAhead == 0;
    }

    /** What is missing, for people. */
    String missing() {
        return contiguousVersion < monthEndVersion
                ? "Version %s of the pool has not been consumed yet; the month ends with version %s."
                        .formatted(contiguousVersion + 1, monthEndVersion)
                : "The arrivals of %s movements have been consumed, but not yet their departures."
                        .formatted(arrivalsAhead);
    }
}
