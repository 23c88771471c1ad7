package io.points.billing.entry;

import io.points.platform.web.input.Params;
import io.points.platform.web.paging.PageRequest;
import io.points.platform.web.problem.ProblemException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where an entry stands in the listing. */
record Cursor(Instant occurredAt, UUID entryId) {

    static Cursor of(BillingEntry entry) {
        return new Cursor(entry.occurredAt, entry.entryId);
    }

    /** @throws ProblemException 400 if the cursor is not one of this listing */
    static @Nullable Cursor after(PageRequest page) {
        return page.position(text -> {
            var parts = text.split(" ", 2);
            return new Cursor(
                    Params.time("cursor", parts[0]), Params.uuid("cursor", parts.length < 2 ? null : parts[1]));
        });
    }

    /** What the cursor holds. */
    String text() {
        return occurredAt + " " + entryId;
    }
}
