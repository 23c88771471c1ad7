package io.points.billing.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {

    @Test
    void linesEndAsRfc4180SaysAndTextsAreQuotedWhereTheyMustBe() {
        var csv = new Csv(CsvReader.PROGRAM, "a", "b")
                .line("plain", "a, b")
                .line("say \"hi\"", "two\nlines")
                .line(null, 7L);

        assertEquals("a,b\r\nplain,\"a, b\"\r\n\"say \"\"hi\"\"\",\"two\nlines\"\r\n,7\r\n", csv.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+1",
                "-1",
                "@SUM(A1)",
                "\tx",
                "\uff1d1",
                "\uff0b1",
                "\uff0d1",
                "\uff20x",
                "'",
                "'=1",
                "'plain"
            })
    void aTextThatASpreadsheetWouldCalculateIsMarkedAsText(String text) {
        assertEquals("h\r\n'" + text + "\r\n", spreadsheet().line(text).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r=1", "\n=1"})
    void aLineBreakBeforeAFormulaHidesNothing(String text) {
        assertEquals("h\r\n\"'" + text + "\"\r\n", spreadsheet().line(text).toString());
    }

    @Test
    void numbersStayNumbers() {
        var csv = new Csv(CsvReader.SPREADSHEET, "a", "b", "c", "d")
                .line(-5L, new BigDecimal("-0.05"), new BigInteger("-7"), new BigDecimal("1E+3"));

        assertEquals("a,b,c,d\r\n-5,-0.05,-7,1000\r\n", csv.toString());
    }

    @Test
    void aTextWithinIsLeftAsItIs() {
        assertEquals("h\r\na=b+c-d@e\r\n", spreadsheet().line("a=b+c-d@e").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1-1", "-1", "@SUM(A1)", "\tx", "\uff1d1", "'", "'=1", "x'", " =1"})
    void aProgramGetsEveryTextAsItIs(String text) {
        assertEquals(
                "h\r\n" + text + "\r\n",
                new Csv(CsvReader.PROGRAM, "h").line(text).toString());
    }

    @Test
    void anEmptyTextIsAnEmptyCell() {
        assertEquals("h\r\n,\r\n", spreadsheet().line("", "").toString());
    }

    private static Csv spreadsheet() {
        return new Csv(CsvReader.SPREADSHEET, "h");
    }
}
