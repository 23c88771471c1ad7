package io.points.platform.web.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.points.platform.web.problem.ProblemException;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatchTimeTest {

    @Test
    void itIsTenMinutesUnlessAskedOtherwise() {
        assertEquals(Duration.ofSeconds(600), WatchTime.of(null, HttpMethod.GET));
        assertEquals(Duration.ofSeconds(600), WatchTime.of("600", HttpMethod.GET));
        assertEquals(Duration.ZERO, WatchTime.of("0", HttpMethod.GET));
        assertEquals(Duration.ZERO, WatchTime.of(null, HttpMethod.HEAD));
        assertEquals(Duration.ZERO, WatchTime.of("60", HttpMethod.HEAD));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "601", "1.0", "01", "soon", "٣", "99999999999999999999"})
    void allElseIsNamed(String seconds) {
        var refused = assertThrows(ProblemException.class, () -> WatchTime.of(seconds, HttpMethod.HEAD));
        assertEquals(400, refused.problem().status());
    }
}
