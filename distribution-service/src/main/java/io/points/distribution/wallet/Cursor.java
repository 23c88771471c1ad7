package io.points.distribution.wallet;

import io.points.platform.web.PageRequest;
import io.points.platform.web.Params;
import io.points.platform.web.Problem;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a page of wallet entries ended. */
record Cursor(Instant time, String kind, long number) {

    private static final Pattern TEXT = Pattern.compile("(\\S{20,32}) (budget|earned) (\\d{1,18})");

    static Cursor of(WalletLine line) {
        return new Cursor(line.createdAt, line.kind, line.entryNumber);
    }

    /** @return null for the first page */
    static @Nullable Cursor of(PageRequest page) {
        if (page.after() == null) {
            return null;
        }
        var text = TEXT.matcher(page.after());
        if (text.matches()) {
            return new Cursor(Params.time("cursor", text.group(1)), text.group(2), Long.parseLong(text.group(3)));
        }
        throw Problem.badRequest("cursor", "is not a cursor of this list").exception();
    }

    String text() {
        return time + " " + kind + " " + number;
    }
}
