package io.points.distribution.member;

import io.points.platform.web.input.Params;
import io.points.platform.web.paging.PageRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a page of members in the order of their names ended.
 *
 * @param nameKey the last name, as it is compared
 */
record NameCursor(UUID userId, String nameKey) {

    /** More than a name can have: some letters become two in lower case. */
    private static final int LONGEST_KEY = 2 * MemberTexts.LONGEST_NAME;

    /** @return null for the first page */
    static @Nullable NameCursor of(PageRequest page) {
        return page.position(position -> {
            int space = position.indexOf(' ');
            var key = position.substring(space + 1);
            if (space < 0
                    || key.isEmpty()
                    || key.indexOf('\0') >= 0
                    || key.codePointCount(0, key.length()) > LONGEST_KEY) {
                throw new IllegalArgumentException("not a position among names: " + position);
            }
            return new NameCursor(Params.uuid("cursor", position.substring(0, space)), key);
        });
    }

    String text() {
        return userId + " " + nameKey;
    }
}
