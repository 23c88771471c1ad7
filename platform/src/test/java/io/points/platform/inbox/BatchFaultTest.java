package io.points.platform.inbox;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.mutiny.TimeoutException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.time.Duration;
import java.util.ConcurrentModificationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchFaultTest {

    @ParameterizedTest
    @ValueSource(strings = {"22003", "22021", "23505", "23514"})
    void dataThatTheTablesRefuseIsTheRecords(String state) {
        assertTrue(BatchFault.isRecords(sql(state)));
        assertFalse(BatchFault.isTimeUp(sql(state)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"57014", "25P04", "25P03"})
    void aTimeLimitHalvesTheBatch(String state) {
        assertTrue(BatchFault.isTimeUp(sql(state)));
        assertFalse(BatchFault.isRecords(sql(state)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"57P01", "40P01", "55P03", "42703", "53300"})
    void allElseOfTheDatabaseIsWaitedOut(String state) {
        assertFalse(BatchFault.isRecords(sql(state)));
        assertFalse(BatchFault.isTimeUp(sql(state)));
    }

    @Test
    void anAttemptThatTookTooLongHalvesTheBatchAndAMissingConnectionDoesNot() {
        var timeUp = new BatchFault.TimeUp(Duration.ofSeconds(20));
        assertTrue(BatchFault.isTimeUp(timeUp));
        assertFalse(BatchFault.isRecords(timeUp));
        assertFalse(BatchFault.isTimeUp(new TimeoutException()));
        assertFalse(BatchFault.isRecords(new TimeoutException()));
    }

    @Test
    void whatOurOwnCodeCannotHandleIsTheRecords() {
        assertTrue(BatchFault.isRecords(new IllegalArgumentException()));
        assertTrue(BatchFault.isRecords(new IllegalStateException()));
        assertTrue(BatchFault.isRecords(new ArithmeticException()));
        assertTrue(BatchFault.isRecords(new NullPointerException()));
        assertTrue(BatchFault.isRecords(new ClassCastException()));
        assertTrue(BatchFault.isRecords(new IndexOutOfBoundsException()));
        assertFalse(BatchFault.isRecords(new ConcurrentModificationException()));
        assertFalse(BatchFault.isRecords(new IOException("closed")));
    }

    private static PgException sql(String state) {
        return new PgException("refused", "ERROR", state, "detail");
    }
}
