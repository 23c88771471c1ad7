package io.points.billing;

import static io.points.billing.Movements.allocated;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.points.contract.PeriodEvent;
import io.points.contract.PeriodEvent.PeriodReopeningLapsed;
import io.points.contract.PeriodEvent.PeriodReopeningProposed;
import io.points.contract.PeriodEvent.PeriodReopeningWithdrawn;
import io.points.contract.Topic;
import io.points.testing.PointsTestResource;
import io.points.testing.SideBySide;
import io.points.testing.TestKafka;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How proposals to reopen a month end, other than by being approved. */
@QuarkusTest
class ProposalsTest extends BillingServiceTest {

    private static final String JANUARY = "2026-01";
    private static final String WHY = "month end";

    private final UUID anna = UUID.randomUUID();
    private final UUID ben = UUID.randomUUID();
    private String digest = "";

    @BeforeEach
    void closeJanuary() {
        sendAt("2026-01-05T10:00:00Z", allocated(tenant, 100, 1));
        awaitHeard();
        act(anna, "soft-close").statusCode(200);
        digest = act(anna, "close").statusCode(200).extract().path("statement_sha256");
    }

    @Test
    void itsAuthorWithdrawsAProposal() {
        String proposedAt = act(anna, "reopen").statusCode(200).extract().path("steps[2].created_at");
        period().body(
                        "reopening_lapses_at",
                        equalTo(Instant.parse(proposedAt)
                                .plus(Duration.ofDays(7))
                                .toString()));
        refused(act(ben, "reopen/withdraw"), "proposer-required");
        act(anna, "reopen/withdraw")
                .statusCode(200)
                .body("state", equalTo("closed"))
                .body("reopening_proposed_by", nullValue())
                .body("reopening_lapses_at", nullValue())
                .body("steps[3].action", equalTo("reopening_withdrawn"))
                .body("steps[3].created_by", equalTo(anna.toString()));
        refused(act(anna, "reopen/withdraw"), "reopening-not-proposed");
        refused(act(ben, "reopen/approve"), "reopening-not-proposed");
        act(ben, "reopen").statusCode(200).body("reopening_proposed_by", equalTo(ben.toString()));

        assertEquals(
                List.of(
                        new PeriodReopeningProposed(tenant, JANUARY, 3, 1, WHY, anna, digest),
                        new PeriodReopeningWithdrawn(tenant, JANUARY, 4, 1, WHY, anna, digest),
                        new PeriodReopeningProposed(tenant, JANUARY, 5, 1, WHY, ben, digest)),
                awaitProposals(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"reopen/approve", "reopen/reject", "reopen/withdraw"})
    void aLapsedProposalIsDecidedByNobody(String step) throws SQLException {
        var end = proposedBefore(Duration.ofDays(7));
        var person = step.equals("reopen/withdraw") ? anna : ben;

        refused(act(person, step), "reopening-lapsed")
                .body("detail", equalTo("It lapsed at " + end + ", 7 days after it was made: propose it again."));
        period().body("state", equalTo("closed"))
                .body("reopening_proposed_by", nullValue())
                .body("steps[3].action", equalTo("reopening_lapsed"))
                .body("steps[3].created_at", equalTo(end.toString()));
        act(ben, "reopen").statusCode(200).body("steps.size()", equalTo(5));
        act(anna, "reopen/approve").statusCode(200).body("state", equalTo("open"));
    }

    @Test
    void aLapseIsPublishedThoughNobodyLooks() throws SQLException {
        var end = proposedBefore(Duration.ofDays(8));

        var lapse = new PeriodReopeningLapsed(tenant, JANUARY, 4, 1, "Nobody approved it within 7 days.", anna, digest);
        assertEquals(List.of(lapse), awaitProposals(1));
        var published = kafka.read(Topic.BILLING_PERIODS).stream()
                .filter(it -> tenant.toString().equals(it.key()))
                .filter(it -> "PeriodReopeningLapsed".equals(TestKafka.header(it, "ce_type")))
                .toList();
        assertEquals(end.toString(), TestKafka.header(published.get(0), "ce_time"));
        assertNull(TestKafka.header(published.get(0), "ce_actorid"));
        assertEquals(List.of("soft_closed", "closed", "reopening_proposed", "reopening_rejected"), storedActions());
        period().body("steps[3].action", equalTo("reopening_lapsed"));
    }

    /** It comes before the proposal that follows it, whether the round or the next proposal writes it down. */
    @Test
    void aLapseIsPublishedOnce() throws SQLException {
        proposedBefore(Duration.ofDays(7));
        var together = new ArrayList<CompletableFuture<Integer>>();
        for (int i = 0; i < 4; i++) {
            together.add(
                    SideBySide.begin(() -> step(ben, tenant, JANUARY, "reopen").statusCode()));
        }
        together.forEach(it -> assertEquals(200, it.join()));

        assertEquals(
                List.of(
                        new PeriodReopeningLapsed(
                                tenant, JANUARY, 4, 1, "Nobody approved it within 7 days.", anna, digest),
                        new PeriodReopeningProposed(tenant, JANUARY, 5, 1, WHY, ben, digest)),
                awaitProposals(2));
    }

    @Test
    void aProposalThatStillHasTimeStays() throws SQLException {
        proposedBefore(Duration.ofDays(7).minusMinutes(5));

        period().body("reopening_proposed_by", equalTo(anna.toString()));
        act(ben, "reopen/approve").statusCode(200).body("state", equalTo("open"));
    }

    @Test
    void ofApprovingAndWithdrawingAtOnceOneWins() {
        act(anna, "reopen").statusCode(200);
        var approved = SideBySide.begin(
                () -> step(ben, tenant, JANUARY, "reopen/approve").statusCode());
        var withdrawn = SideBySide.begin(
                () -> step(anna, tenant, JANUARY, "reopen/withdraw").statusCode());

        assertEquals(200 + 409, approved.join() + withdrawn.join());
        var isOpen = approved.join() == 200;
        period().body("state", equalTo(isOpen ? "open" : "closed"))
                .body("steps.size()", equalTo(4))
                .body("steps[3].action", equalTo(isOpen ? "reopened" : "reopening_withdrawn"));
    }

    /** Older versions know neither word, and would fail on it. */
    @Test
    void toOlderVersionsAWithdrawnProposalIsARejectedOne() throws SQLException {
        act(anna, "reopen").statusCode(200);
        act(anna, "reopen/withdraw").statusCode(200);
        assertEquals(List.of("soft_closed", "closed", "reopening_proposed", "reopening_rejected"), storedActions());
    }

    /** @return when it lapses */
    private Instant proposedBefore(Duration age) throws SQLException {
        var at = Instant.now().minus(age).truncatedTo(ChronoUnit.MICROS);
        try (var owner = DriverManager.getConnection(
                        PointsTestResource.surroundings().ownerJdbcUrl());
                var log = owner.prepareStatement("""
                        insert into period_log (tenant_id, billing_period, step, action, reason, created_by, created_at, turns)
                        values (?, '2026-01-01', 3, 'reopening_proposed', 'long ago', ?, ?, 1)
                        """)) {
            log.setObject(1, tenant);
            log.setObject(2, anna);
            log.setTimestamp(3, Timestamp.from(at));
            log.executeUpdate();
        }
        return at.plus(Duration.ofDays(7));
    }

    private List<String> storedActions() throws SQLException {
        try (var owner = DriverManager.getConnection(
                        PointsTestResource.surroundings().ownerJdbcUrl());
                var log = owner.prepareStatement("select action from period_log where tenant_id = ? order by step")) {
            log.setObject(1, tenant);
            var actions = new ArrayList<String>();
            var rows = log.executeQuery();
            while (rows.next()) {
                actions.add(rows.getString(1));
            }
            return actions;
        }
    }

    /** What was published about proposals, in the order of the steps. */
    private List<PeriodEvent> awaitProposals(int count) {
        return await().atMost(Duration.ofSeconds(40)).until(this::proposals, it -> it.size() >= count);
    }

    private List<PeriodEvent> proposals() {
        return kafka.read(Topic.BILLING_PERIODS).stream()
                .filter(it -> tenant.toString().equals(it.key()))
                .map(it -> (PeriodEvent) TestKafka.message(it))
                .filter(it -> it.step() > 2)
                .toList();
    }

    private ValidatableResponse act(UUID person, String step) {
        return step(person, tenant, JANUARY, step).then();
    }

    private ValidatableResponse period() {
        return as("finance")
                .get("/api/billing/periods/" + tenant + "/" + JANUARY)
                .then()
                .statusCode(200);
    }

    private static ValidatableResponse refused(ValidatableResponse response, String slug) {
        return response.statusCode(409)
                .body("type", equalTo("urn:points:problem:" + slug))
                .body("errors[0].field", equalTo("period"));
    }
}
