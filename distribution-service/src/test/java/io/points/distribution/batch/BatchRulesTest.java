package io.points.distribution.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.platform.web.problem.Problem.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchRulesTest {

    private static final long MOST = 1_000_000_000_000L;

    @Test
    void oneToTenThousandReceiversMakeABatch() {
        assertEquals(List.of(), fields(rows(1)));
        assertEquals(List.of(), fields(rows(10_000)));
        assertEquals(List.of("receivers"), fields(List.of()));
        assertEquals(List.of("receivers"), fields(rows(10_001)));
    }

    @Test
    void aReceiverWhoStandsThereTwiceIsNamedWithBothPlaces() {
        var rows = new ArrayList<>(rows(3));
        rows.add(row(4, rows.get(1).toUserId(), 5));
        var fault = BatchRules.faults(rows).get(0);
        assertEquals("line 4, to_user_id", fault.field());
        assertEquals("is already the receiver of row 2", fault.message());
    }

    @Test
    void allTogetherMoveNoMoreThanOneRequestMay() {
        assertEquals(List.of(), fields(List.of(row(1, UUID.randomUUID(), MOST - 1), row(2, UUID.randomUUID(), 1))));
        assertEquals(List.of("amount"), fields(List.of(row(1, UUID.randomUUID(), MOST), row(2, UUID.randomUUID(), 1))));
    }

    @Test
    void aSumBeyondEveryNumberIsTooMuchAndNotNegative() {
        var rows = IntStream.range(0, 4)
                .mapToObj(i -> row(i, UUID.randomUUID(), Long.MAX_VALUE / 2 - 1))
                .toList();
        assertEquals(List.of("amount"), fields(rows));
    }

    @Test
    void aBatchIsOpenUntilNobodyIs() {
        assertEquals(BatchView.State.ACCEPTED, BatchView.State.of(1, 5, 5));
        assertEquals(BatchView.State.COMPLETED, BatchView.State.of(0, 5, 0));
        assertEquals(BatchView.State.PARTLY_COMPLETED, BatchView.State.of(0, 5, 1));
        assertEquals(BatchView.State.REFUSED, BatchView.State.of(0, 0, 5));
    }

    private static List<String> fields(List<Row> rows) {
        return BatchRules.faults(rows).stream().map(FieldError::field).toList();
    }

    private static List<Row> rows(int number) {
        return IntStream.rangeClosed(1, number)
                .mapToObj(i -> row(i, UUID.randomUUID(), 5))
                .toList();
    }

    private static Row row(int number, UUID receiver, long amount) {
        return new Row(number, "line " + number + ", ", receiver, amount, null);
    }
}
