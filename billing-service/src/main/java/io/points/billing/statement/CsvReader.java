package io.points.billing.statement;

/** Who is going to read a CSV file. */
public enum CsvReader {
    /** A program: every text stands there as it is. */
    PROGRAM,
    /**
     * A spreadsheet, which takes some texts for formulas: they begin with an apostrophe here, and so do those that begin with
     * one anyway. Whoever takes one leading apostrophe away has the text as it was.
     */
    SPREADSHEET
}
