package io.points.audit.books;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the books are kept, under {@code points.books}. */
@ConfigMapping(prefix = "points.books")
interface BooksConfig {

    /** How often it is looked whether seals are to be posted, and attested balances to be compared. */
    @WithDefault("1s")
    Duration postEvery();

    /** How long an entry that an attested balance has may be missing among the events before an alert is raised. */
    @WithDefault("60s")
    Duration missingAfter();

    /** How long a cut may have been overtaken by newer leaves and still say that the points are balanced. */
    @WithDefault("60s")
    Duration lateAfter();
}
