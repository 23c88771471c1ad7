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

class PollFaultTest {

    @ParameterizedTest
    @ValueSource(strings = {"22003", "22021", "23505", "23514"})
    void dataThatTheTablesRefuseIsTheRecords(String state) {
        assertTrue(PollFault.isRecords(sql(state)));
        assertFalse(PollFault.isTimeUp(sql(state)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"57014", "25P04", "25P03"})
    void aTimeLimitHalvesTheBatch(String state) {
        assertTrue(PollFault.isTimeUp(sql(state)));
        assertFalse(PollFault.isRecords(sql(state)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"57P01", "40P01", "55P03", "42703", "53300"})
    void allElseOfTheDatabaseIsWaitedOut(String state) {
        assertFalse(PollFault.isRecords(sql(state)));
        assertFalse(PollFault.isTimeUp(sql(state)));
    }

    @Test
    void anAttemptThatTookTooLongHalvesTheBatchAndAMissingConnectionDoesNot() {
        var timeUp = new PollFault.TimeUp(Duration.ofSeconds(20));
        assertTrue(PollFault.isTimeUp(timeUp));
        assertFalse(PollFault.isRecords(timeUp));
        assertFalse(PollFault.isTimeUp(new TimeoutException()));
        assertFalse(PollFault.isRecords(new TimeoutException()));
    }

    @Test
    void whatOurOwnCodeCannotHandleIsTheRecords() {
        assertTrue(PollFault.isRecords(new IllegalArgumentException()));
        assertTrue(PollFault.isRecords(new IllegalStateException()));
        assertTrue(PollFault.isRecords(new ArithmeticException()));
        assertTrue(PollFault.isRecords(new NullPointerException()));
        assertTrue(PollFault.isRecords(new ClassCastException()));
        assertTrue(PollFault.isRecords(new IndexOutOfBoundsException()));
        assertFalse(PollFault.isRecords(new ConcurrentModificationException()));
        assertFalse(PollFault.isRecords(new IOException("closed")));
    }

    private static PgException sql(String state) {
        return new PgException("refused", "ERROR", state, "detail");
    }
}
