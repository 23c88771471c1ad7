package io.points.distribution.wallet;

import io.points.platform.web.input.Params;
import io.points.platform.web.paging.PageRequest;
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
        return page.position(position -> {
            var text = TEXT.matcher(position);
            if (!text.matches()) {
                throw new IllegalArgumentException("not a position in wallets: " + position);
            }
            return new Cursor(Params.time("cursor", text.group(1)), text.group(2), Long.parseLong(text.group(3)));
        });
    }

    String text() {
        return time + " " + kind + " " + number;
    }
}
