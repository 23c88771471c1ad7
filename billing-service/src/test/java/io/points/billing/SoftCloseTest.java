package io.points.billing;

import static io.points.billing.Movements.allocated;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.contract.PeriodEvent;
import io.points.contract.PeriodEvent.PeriodSoftCloseUndone;
import io.points.contract.PeriodEvent.PeriodSoftClosed;
import io.points.contract.Topic;
import io.points.testing.PointsTestResource;
import io.points.testing.SideBySide;
import io.points.testing.TestKafka;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A soft-close is undone by whoever sees that the month is not ready. */
@QuarkusTest
class SoftCloseTest extends BillingServiceTest {

    private static final String JANUARY = "2026-01";
    private static final String FEBRUARY = "2026-02";
    private static final String UNDO = "soft-close/undo";

    private final UUID anna = UUID.randomUUID();
    private final UUID ben = UUID.randomUUID();

    @BeforeEach
    void bill() {
        sendAt("2026-01-05T10:00:00Z", allocated(tenant, 100, 1));
        sendAt("2026-02-05T10:00:00Z", allocated(tenant, 20, 2));
        awaitHeard();
    }

    @Test
    void whoeverUndoesASoftCloseOpensTheMonth() {
        refused(act(ben, JANUARY, UNDO), "period-not-soft-closed");
        act(anna, JANUARY, "soft-close").statusCode(200);
        act(ben, JANUARY, UNDO)
                .statusCode(200)
                .body("state", equalTo("open"))
                .body("steps.action", equalTo(List.of("soft_closed", "soft_close_undone")))
                .body("steps[1].created_by", equalTo(ben.toString()));
        act(anna, JANUARY, UNDO).statusCode(200).body("steps.size()", equalTo(2));
        refused(act(anna, JANUARY, "close"), "period-not-soft-closed");
        statement(tenant, JANUARY).then().body("state", equalTo("open"));

        act(anna, JANUARY, "soft-close").statusCode(200).body("state", equalTo("soft_closed"));
        act(anna, JANUARY, "close").statusCode(200).body("state", equalTo("closed"));
        refused(act(ben, JANUARY, UNDO), "period-closed");
        assertEquals(
                List.of(
                        new PeriodSoftClosed(tenant, JANUARY, 1, 1, "month end", anna),
                        new PeriodSoftCloseUndone(tenant, JANUARY, 2, 1, "month end", ben),
                        new PeriodSoftClosed(tenant, JANUARY, 3, 1, "month end", anna)),
                await().atMost(Duration.ofSeconds(20))
                        .until(this::told, it -> it.size() >= 4)
                        .subList(0, 3));
    }

    /** It closes and reopens nothing: what was proposed is about the same books. */
    @Test
    void aProposalOutlivesAnUndoneSoftCloseOfAnotherMonth() {
        act(anna, JANUARY, "soft-close").statusCode(200);
        act(anna, JANUARY, "close").statusCode(200);
        act(anna, JANUARY, "reopen").statusCode(200);
        act(anna, FEBRUARY, "soft-close").statusCode(200);
        act(anna, FEBRUARY, UNDO).statusCode(200);
        act(ben, JANUARY, "reopen/approve").statusCode(200).body("state", equalTo("open"));
    }

    @Test
    void ofClosingAndUndoingAtOnceOneWins() {
        act(anna, JANUARY, "soft-close").statusCode(200);
        var closed = SideBySide.begin(() -> step(anna, tenant, JANUARY, "close").statusCode());
        var undone = SideBySide.begin(() -> step(ben, tenant, JANUARY, UNDO).statusCode());

        assertEquals(200 + 409, closed.join() + undone.join());
        as("finance")
                .get("/api/billing/periods/" + tenant + "/" + JANUARY)
                .then()
                .body("state", equalTo(closed.join() == 200 ? "closed" : "open"))
                .body("steps.size()", equalTo(2));
    }

    @Test
    void ofManyWhoUndoAtOnceOneDoes() {
        act(anna, JANUARY, "soft-close").statusCode(200);
        var together = Stream.generate(() -> SideBySide.begin(
                        () -> step(UUID.randomUUID(), tenant, JANUARY, UNDO).statusCode()))
                .limit(4)
                .toList();
        together.forEach(it -> assertEquals(200, it.join()));
        act(anna, JANUARY, UNDO).body("steps.size()", equalTo(2));
    }

    /** Older versions do not know the word, and would fail on it. */
    @Test
    void toOlderVersionsTheMonthWasReopened() throws SQLException {
        act(anna, JANUARY, "soft-close").statusCode(200);
        act(anna, JANUARY, UNDO).statusCode(200);
        try (var owner = DriverManager.getConnection(
                        PointsTestResource.surroundings().ownerJdbcUrl());
                var log = owner.prepareStatement("select action from period_log where tenant_id = ? order by step")) {
            log.setObject(1, tenant);
            var actions = new ArrayList<String>();
            var rows = log.executeQuery();
            while (rows.next()) {
                actions.add(rows.getString(1));
            }
            assertEquals(List.of("soft_closed", "reopened"), actions);
        }
    }

    private List<PeriodEvent> told() {
        return kafka.read(Topic.BILLING_PERIODS).stream()
                .filter(it -> tenant.toString().equals(it.key()))
                .map(it -> (PeriodEvent) TestKafka.message(it))
                .toList();
    }

    private ValidatableResponse act(UUID person, String period, String step) {
        return step(person, tenant, period, step).then();
    }

    private static void refused(ValidatableResponse response, String slug) {
        response.statusCode(409)
                .body("type", equalTo("urn:points:problem:" + slug))
                .body("errors[0].field", equalTo("period"));
    }
}
