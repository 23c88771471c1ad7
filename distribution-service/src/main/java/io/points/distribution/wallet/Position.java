package io.points.distribution.wallet;

import io.points.platform.web.PageRequest;
import io.points.platform.web.Params;
import io.points.platform.web.Problem;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a page of wallet entries ended. */
record Position(Instant time, String kind, long number) {

    private static final Pattern TEXT = Pattern.compile("(\\S{20,32}) (budget|earned) (\\d{1,18})");

    static Position of(WalletLine line) {
        return new Position(line.createdAt, line.kind, line.entryNumber);
    }

    /** @return null for the first page */
    static @Nullable Position of(PageRequest page) {
        if (page.after() == null) {
            return null;
        }
        var text = TEXT.matcher(page.after());
        if (text.matches()) {
            return new Position(Params.time("cursor", text.group(1)), text.group(2), Long.parseLong(text.group(3)));
        }
        throw Problem.badRequest("cursor", "is not a cursor of this list").exception();
    }

    String text() {
        return time + " " + kind + " " + number;
    }
}
