package io.points.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What whoever operates the console looks at. */
@QuarkusTest
@QuarkusTestResource(ConsoleSurroundings.class)
class OperationTest {
    private static final String ID = "0192f0c1-7d1e-7b1a-8a51-2f1f4e5d6c7b";

    private final Browser browser = new Browser();

    @ParameterizedTest
    @ValueSource(strings = {"started", "ready", "live"})
    void itsHealthNeedsNoSession(String check) {
        assertEquals(200, browser.open("/q/health/" + check).statusCode());
    }

    /** One series for all pages, or there would be as many as ids. */
    @Test
    void itsMetricsNameNoPath() {
        browser.fetch("/api/allocations/distributions/" + ID);
        browser.open("/d/" + ID);
        HttpResponse<String> metrics = browser.open("/q/metrics");
        assertEquals(200, metrics.statusCode());
        assertTrue(metrics.body().contains("http_server_requests_seconds_count"), metrics.body());
        assertFalse(metrics.body().contains(ID), metrics.body());
        assertTrue(metrics.body().lines().anyMatch(line -> line.contains("uri=\"/api\"")), metrics.body());
    }
}
