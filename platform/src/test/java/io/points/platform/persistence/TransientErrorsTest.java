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

class TransientErrorsTest {

    @ParameterizedTest
    @ValueSource(strings = {"08006", "25P03", "28P01", "40001", "40P01", "53300", "55P03", "57P01", "58030"})
    void anOutageOrALostLockPasses(String state) {
        assertTrue(TransientErrors.isTransient(new PgException("x", "ERROR", state, "x")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"22P05", "23505", "23514", "42501", "42P01", "XX000"})
    void whatTheDatabaseRefusesDoesNot(String state) {
        assertFalse(TransientErrors.isTransient(new PgException("x", "ERROR", state, "x")));
    }

    @Test
    void aBrokenConnectionPassesHoweverDeepItIsWrapped() {
        assertTrue(TransientErrors.isTransient(new IOException("reset")));
        assertTrue(
                TransientErrors.isTransient(new RuntimeException(new IllegalStateException(new IOException("reset")))));
        assertTrue(TransientErrors.isTransient(new TimeoutException()));
        assertTrue(TransientErrors.isTransient(new RuntimeException("Timeout")));
        assertTrue(TransientErrors.isTransient(
                new RuntimeException(new RuntimeException("Connection is not active now, current status: CLOSED"))));
    }

    @Test
    void aConnectionThatIsGonePasses() {
        assertTrue(TransientErrors.isTransient(ClosedConnectionException.INSTANCE));
        assertTrue(TransientErrors.isTransient(new VertxException("closed", true)));
    }

    /** What the server says has a state; what has none is the driver's own, such as a connection that broke. */
    @Test
    void aFailureWithoutAStatePasses() {
        assertTrue(TransientErrors.isTransient(new PgException("x", "ERROR", null, "x")));
    }

    @Test
    void aMistakeOfOursDoesNot() {
        assertFalse(TransientErrors.isTransient(new IllegalStateException("a bug")));
        assertFalse(TransientErrors.isTransient(new NullPointerException()));
    }
}
