package io.points.billing.statement;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** CSV of RFC 4180: lines end with CR LF. Numbers are written as they are, and for programs texts are too. */
final class Csv {

    /**
     * With these, also in their full-width forms, a cell becomes a formula or is split by some spreadsheet; the apostrophe is
     * what marks such a text.
     */
    private static final String MARKED = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20'";

    private final CsvReader reader;
    private final StringBuilder text = new StringBuilder();

    /** Without a header: of a file that has one already. */
    Csv(CsvReader reader) {
        this.reader = reader;
    }

    Csv(CsvReader reader, String... header) {
        this(reader);
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

    private String cell(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        return value instanceof Number ? value.toString() : quoted(text(value.toString()));
    }

    private String text(String text) {
        return reader == CsvReader.SPREADSHEET && !text.isEmpty() && MARKED.indexOf(text.charAt(0)) >= 0
                ? "'" + text
                : text;
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
