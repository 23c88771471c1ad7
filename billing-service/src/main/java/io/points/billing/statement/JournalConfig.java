package io.points.billing.statement;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Pattern;

/** How the journal is written, under {@code points.billing}. */
@ConfigMapping(prefix = "points.billing")
public interface JournalConfig {

    Accounts accounts();

    Batches journal();

    /** Codes of the general ledger's accounts: 1 to 100 printable characters. */
    interface Accounts {

        String CODE = "[^\\p{Cntrl}\\s]([^\\p{Cntrl}]{0,98}[^\\p{Cntrl}\\s])?";
        String EXPECTED =
                "must be an account code: 1 to 100 characters without line breaks, not beginning or ending with a blank";

        /** What tenants owe. */
        @WithDefault(Journal.RECEIVABLE)
        @Pattern(regexp = CODE, message = EXPECTED)
        String receivable();

        /** What tenants have paid for in advance. */
        @WithDefault(Journal.PREPAYMENTS)
        @Pattern(regexp = CODE, message = EXPECTED)
        String prepayments();
    }

    /** Which entries come into batches. */
    interface Batches {

        @WithDefault("booked")
        When batches();
    }

    /** As soon as what an entry comes into a batch. */
    enum When {
        /** As soon as it is booked. */
        BOOKED,
        /** Once its tenant's month is closed. */
        CLOSED
    }
}
