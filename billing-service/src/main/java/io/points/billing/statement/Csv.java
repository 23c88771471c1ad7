package io.points.billing.statement;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * CSV of RFC 4180, for spreadsheets: lines end with CR LF, and a text that a spreadsheet would take for a formula begins
 * with an apostrophe. Numbers are written as they are.
 */
final class Csv {

    /** With these, also in their full-width forms, a cell becomes a formula or is split by some spreadsheet. */
    private static final String FORMULA = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";

    private final StringBuilder text = new StringBuilder();

    Csv(String... header) {
        line((Object[]) header);
    }

    /** A line: numbers, texts, and what {@code toString} writes; null is an empty cell. */
    Csv line(@Nullable Object... cells) {
        for (int i = 0; i < cells.length; i++) {
            text.append(i == 0 ? "" : ",").append(cell(cells[i]));
        }
        text.append("\r\n");
        return this;
    }

    private static String cell(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        return value instanceof Number ? value.toString() : quoted(harmless(value.toString()));
    }

    private static String harmless(String text) {
        return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private static String quoted(String text) {
        return text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n')
                ? '"' + text.replace("\"", "\"\"") + '"'
                : text;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
