package io.points.distribution.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvRowsTest {

    private static final String HEADER = "to_user_id,amount,description\n";
    private static final UUID ANNA = UUID.randomUUID();
    private static final UUID BEN = UUID.randomUUID();

    @Test
    void aRowIsReadWithTheNumberOfItsLine() {
        assertEquals(
                List.of(
                        new Row(2, "line 2, ", ANNA, 5, "Thanks"),
                        new Row(3, "line 3, ", BEN, 1_000_000_000_000L, "Well, \"done\"")),
                read(HEADER + ANNA + ",5,Thanks\n" + BEN + ",1000000000000,\"Well, \"\"done\"\"\"\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void linesMayEndEitherWayAndTheLastNeedNotEnd(String end) {
        var text = String.join(end, HEADER.strip(), ANNA + ",5,Thanks", BEN + ",6,Thanks");
        assertEquals(List.of(2, 3), numbers(read(text)));
        assertEquals(List.of(2, 3), numbers(read(text + end)));
    }

    @Test
    void aDescriptionMayHaveSeveralLinesAndEmptyLinesAreSkipped() {
        var rows = read(HEADER + ANNA + ",5,\"first\nsecond\"\n\n" + BEN + ",6,Thanks\n");
        assertEquals("first\nsecond", rows.get(0).description());
        assertEquals(List.of(2, 5), numbers(rows));
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheHeader() {
        assertEquals(1, read("\ufeff" + HEADER + ANNA + ",5,Thanks\n").size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "to_user_id,amount\n",
                "amount,to_user_id,description\n",
                "TO_USER_ID,AMOUNT,DESCRIPTION\n"
            })
    void anotherHeaderIsRefused(String header) {
        assertEquals(List.of("line 1"), fields(header + ANNA + ",5,Thanks\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nobody,5,Thanks | line 2, to_user_id",
                ",5,Thanks | line 2, to_user_id",
                "ANNA,,Thanks | line 2, amount",
                "ANNA,0,Thanks | line 2, amount",
                "ANNA,-1,Thanks | line 2, amount",
                "ANNA,1.0,Thanks | line 2, amount",
                "ANNA,1e3,Thanks | line 2, amount",
                "ANNA,1000000000001,Thanks | line 2, amount",
                "ANNA,99999999999999999999,Thanks | line 2, amount",
                "ANNA,٣,Thanks | line 2, amount",
                "ANNA,5, | line 2, description",
                "ANNA,5 | line 2",
                "ANNA,5,Thanks,more | line 2",
            })
    void aBadCellIsNamedByItsLine(String row, String field) {
        assertEquals(List.of(field), fields(HEADER + row.replace("ANNA", ANNA.toString())));
    }

    @Test
    void whatNobodyCanStoreIsRefused() {
        assertEquals(List.of("line 2, description"), fields(HEADER + ANNA + ",5,a\0b\n"));
        assertEquals(List.of("line 2, description"), fields(HEADER + ANNA + ",5," + "x".repeat(2_001) + "\n"));
    }

    @Test
    void everyBadLineIsNamedUpToAHundred() {
        var bad = IntStream.range(0, 150).mapToObj(i -> "nobody,0,Thanks").collect(Collectors.joining("\n"));
        var problem = problem(HEADER + bad);
        assertEquals(100, problem.errors().size());
        assertEquals("line 2, to_user_id", problem.errors().get(0).field());
        assertEquals("line 2, amount", problem.errors().get(1).field());
        assertTrue(problem.detail().endsWith("and 200 more"), problem.detail());
    }

    @Test
    void theSmallestAmountAndTheLargestAreTaken() {
        var rows = read(HEADER + ANNA + ",1,Thanks\n" + BEN + ",1000000000000,Thanks\n");
        assertEquals(
                List.of(1L, 1_000_000_000_000L), rows.stream().map(Row::amount).toList());
    }

    /** One more than a batch takes, so that whoever counts them sees that they are too many; the rest is not kept. */
    @Test
    void oneRowBeyondTheMostIsKept() {
        var most = Batch.MOST_RECEIVERS;
        for (int sent : new int[] {most - 1, most, most + 1}) {
            assertEquals(
                    sent, read(HEADER + (ANNA + ",5,Thanks\n").repeat(sent)).size());
        }
        assertEquals(
                most + 1, read(HEADER + (ANNA + ",5,Thanks\n").repeat(most + 2)).size());
    }

    @Test
    void aQuoteThatIsNotClosedIsNamed() {
        var fields = fields(HEADER + ANNA + ",5,\"Thanks\n" + BEN + ",6,Thanks\n");
        assertEquals(1, fields.size());
        assertTrue(fields.get(0).startsWith("line "), fields.get(0));
    }

    @Test
    void whatIsNotUtf8IsRefused() {
        var latin = (HEADER + ANNA + ",5,Größe\n").getBytes(StandardCharsets.ISO_8859_1);
        var refused = assertThrows(ProblemException.class, () -> CsvRows.read(latin));
        assertEquals("body", refused.problem().errors().get(0).field());
    }

    private static List<Row> read(String csv) {
        return CsvRows.read(csv.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Integer> numbers(List<Row> rows) {
        return rows.stream().map(Row::number).toList();
    }

    private static List<String> fields(String csv) {
        return problem(csv).errors().stream().map(Problem.FieldError::field).toList();
    }

    private static Problem problem(String csv) {
        return assertThrows(ProblemException.class, () -> read(csv)).problem();
    }
}
