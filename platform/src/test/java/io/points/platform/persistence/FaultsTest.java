package io.points.platform.persistence;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.mutiny.TimeoutException;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest {

    @ParameterizedTest
    @ValueSource(strings = {"08006", "25P03", "28P01", "40001", "40P01", "53300", "55P03", "57P01", "58030"})
    void anOutageOrALostLockPasses(String state) {
        assertTrue(Faults.willPass(new PgException("x", "ERROR", state, "x")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"22P05", "23505", "23514", "42501", "42P01", "XX000"})
    void whatTheDatabaseRefusesDoesNot(String state) {
        assertFalse(Faults.willPass(new PgException("x", "ERROR", state, "x")));
    }

    @Test
    void aBrokenConnectionPassesHoweverDeepItIsWrapped() {
        assertTrue(Faults.willPass(new IOException("reset")));
        assertTrue(Faults.willPass(new RuntimeException(new IllegalStateException(new IOException("reset")))));
        assertTrue(Faults.willPass(new TimeoutException()));
        assertTrue(Faults.willPass(new LostRace("a row")));
        assertTrue(Faults.willPass(new RuntimeException("Timeout")));
        assertTrue(Faults.willPass(
                new RuntimeException(new RuntimeException("Connection is not active now, current status: CLOSED"))));
    }

    @Test
    void aConnectionThatIsGonePasses() {
        assertTrue(Faults.willPass(ClosedConnectionException.INSTANCE));
        assertTrue(Faults.willPass(new VertxException("closed", true)));
    }

    /** What the server says has a state; what has none is the driver's own, such as a connection that broke. */
    @Test
    void aFailureWithoutAStatePasses() {
        assertTrue(Faults.willPass(new PgException("x", "ERROR", null, "x")));
    }

    @Test
    void aMistakeOfOursDoesNot() {
        assertFalse(Faults.willPass(new IllegalStateException("a bug")));
        assertFalse(Faults.willPass(new NullPointerException()));
    }
}
