package io.points.audit.books;

/**
 * How a balance as its owner attested it differs from what the events add up to. Plain Java.
 *
 * @param stored its row's points more than expected
 * @param sum its entries' points more than expected
 * @param missingEntries entries that no event told of; negative if events told of more than there are
 */
record Difference(long stored, long sum, long missingEntries) {

    static final Difference NONE = new Difference(0, 0, 0);
}
