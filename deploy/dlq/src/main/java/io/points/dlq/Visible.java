package io.points.dlq;

/** Text from outside, for a terminal: nothing in it can move the cursor or turn the writing round. */
final class Visible {
    private Visible() {}

    /** With control and format characters as {@code \}{@code uXXXX}. */
    static String text(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        text.chars()
                .forEach(
                        one -> visible.append(isHarmless(one) ? String.valueOf((char) one) : "\\u%04x".formatted(one)));
        return visible.toString();
    }

    /** As above, and not longer than {@code longest} characters. */
    static String text(String text, int longest) {
        String visible = text(text.length() <= longest ? text : text.substring(0, longest));
        return text.length() <= longest ? visible : visible.substring(0, longest - 1) + "…";
    }

    private static boolean isHarmless(int one) {
        return !Character.isISOControl(one)
                && Character.getType(one) != Character.FORMAT
                && Character.getType(one) != Character.LINE_SEPARATOR
                && Character.getType(one) != Character.PARAGRAPH_SEPARATOR;
    }
}
