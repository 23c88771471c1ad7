package io.points.distribution.saga;

import io.points.contract.DistributionKind;
import io.points.distribution.DistributionServiceTest;
import io.points.distribution.Given;
import io.points.testing.Attesting;
import io.points.testing.PointsTestResource;
import io.points.testing.Rivals;
import io.points.testing.Tokens;
import io.restassured.RestAssured;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@DistributionServiceTest
class SlowReadsTest {

    private static final int READS = 300;

    /** Shorter than a read waits for its lock, so that consumers have not just got what the reads let go of. */
    private static final Duration SOON = Duration.ofSeconds(2);

    @Test
    void sagasGoOnWhileMoreReadsWaitThanThereAreConnectionsAndPlaces() throws SQLException {
        try (var given = Given.tenant();
                var rival = DriverManager.getConnection(
                        PointsTestResource.surroundings().ownerJdbcUrl());
                var sql = rival.createStatement()) {
            var batch = given.requestBatch(5);
            var award = given.requestAward(100);
            rival.setAutoCommit(false);
            sql.execute("lock table batch_lines in access exclusive mode");
            var request = HttpRequest.newBuilder(URI.create(
                            "http://127.0.0.1:" + RestAssured.port + "/api/allocations/award-points/batch/" + batch))
                    .header("Authorization", "Bearer " + Tokens.of(given.manager, given.tenant, "manager"))
                    .build();
            // Of HTTP/2 the client opens one connection, and fails what that takes no more of.
            var http =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            var reads = new ArrayList<CompletableFuture<?>>();
            for (int i = 0; i < READS; i++) {
                reads.add(http.sendAsync(request, HttpResponse.BodyHandlers.discarding()));
            }
            Rivals.awaitBlocked();

            given.poolDebits(award, DistributionKind.AWARD, 100);
            Awaitility.await().atMost(SOON).until(() -> state(award.toString()).equals("COMPLETED"));

            rival.rollback();
            CompletableFuture.allOf(reads.toArray(CompletableFuture[]::new)).join();
        }
    }

    private static String state(String distribution) {
        return Attesting.text("select state from distributions where id = '" + distribution + "'");
    }
}
