package io.points.distribution.wallet;

/** What a wallet's entries have beyond their figures, if it is asked for. */
enum WalletExpansion {
    /** What each of them comes of. */
    DISTRIBUTION,
    /** Who the people are whose ids there are. */
    PEOPLE;

    /** Some of them, as the documents say it. */
    static final String PATTERN = "^(distribution|people)(,(distribution|people))*$";
}
