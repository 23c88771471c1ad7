package io.points.distribution.batch;

import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.distribution.DistributionServiceTest;
import io.points.distribution.Given;
import io.points.testing.Tokens;
import io.quarkus.test.common.http.TestHTTPResource;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The few places for batches: nobody can take them all, and who is nobody gets none. */
@DistributionServiceTest
class BatchPlacesTest {

    private static final String ROUTE = "/api/allocations/award-points/batch";
    private static final int OF_A_CALLER = 4;

    @TestHTTPResource("/")
    URI service;

    @Test
    void headersWithoutATokenTakeNoPlace() throws IOException {
        try (var given = Given.tenant();
                var stalled = new Stalled(service, 20, "")) {
            given.asManager().body(batch(given)).post(ROUTE).then().statusCode(202);
            stalled.awaitAllAnswered("401");
        }
    }

    @Test
    void oneCallerCannotTakeAll() throws IOException {
        try (var given = Given.tenant();
                var other = Given.tenant();
                var stalled = new Stalled(service, OF_A_CALLER, token(given))) {
            Awaitility.await().untilAsserted(() -> given.asManager()
                    .body(batch(given))
                    .post(ROUTE)
                    .then()
                    .statusCode(429)
                    .header("Retry-After", notNullValue()));
            other.asManager().body(batch(other)).post(ROUTE).then().statusCode(202);
            // Small requests have places of their own.
            given.asManager().get("/api/wallets/me").then().statusCode(200);
            stalled.awaitAllAnswered("408");
            given.asManager().body(batch(given)).post(ROUTE).then().statusCode(202);
        }
    }

    private static String batch(Given given) {
        return Given.batch("each", Map.of(given.employee, 1L));
    }

    private static String token(Given given) {
        return "Authorization: Bearer " + Tokens.of(given.manager, given.tenant, "manager") + "\r\n";
    }

    /** Callers who announce a batch and send nothing of it. */
    private static final class Stalled implements AutoCloseable {

        private final List<Socket> callers = new ArrayList<>();

        Stalled(URI service, int count, String identification) throws IOException {
            for (int i = 0; i < count; i++) {
                var caller = new Socket(service.getHost(), service.getPort());
                callers.add(caller);
                caller.getOutputStream()
                        .write(("POST " + ROUTE + " HTTP/1.1\r\nHost: points\r\n" + identification
                                        + "Content-Type: application/json\r\nContent-Length: 2000000\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
            }
        }

        /** And let go. */
        void awaitAllAnswered(String status) throws IOException {
            for (var caller : callers) {
                caller.setSoTimeout(10_000);
                var answer = new String(caller.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                assertTrue(answer.startsWith("HTTP/1.1 " + status), answer);
            }
        }

        @Override
        public void close() throws IOException {
            for (var caller : callers) {
                caller.close();
            }
        }
    }
}
