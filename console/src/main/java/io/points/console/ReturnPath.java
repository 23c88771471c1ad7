package io.points.console;

import java.util.regex.Pattern;

/** Where to go after signing in: a page of the console, and never another site. */
final class ReturnPath {
    /** Where everybody may go. */
    static final String HOME = "/";

    private static final int LONGEST = 1_000;

    /** One slash and no second one or what browsers take for one, and nothing that they leave out while they read. */
    private static final Pattern PAGE =
            Pattern.compile("/(?:[A-Za-z0-9._~!$&'()*+,;=:@%?-][A-Za-z0-9._~!$&'()*+,;=:@%/?-]*)?");

    private static final Pattern NO_PAGE = Pattern.compile("/(?:bff|api|assets|q)(?:[/?].*)?");

    private ReturnPath() {}

    /** What was asked for if it is a page of ours, else {@link #HOME}. */
    static String of(String asked) {
        return asked != null
                        && asked.length() <= LONGEST
                        && PAGE.matcher(asked).matches()
                        && !NO_PAGE.matcher(asked).matches()
                ? asked
                : HOME;
    }
}
