package io.points.distribution.award;

import io.points.contract.DistributionKind;
import io.points.contract.PoolEvent.PointsReturned;
import io.points.contract.Topic;
import io.points.contract.WalletEvent.AwardReversed;
import io.points.distribution.Given;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;
import org.awaitility.Awaitility;

/** Words in which tests speak of awards that are taken back. */
final class Reversing {

    private Reversing() {}

    /** An award of the pool to the employee that has arrived. */
    static UUID award(Given given, long amount) {
        var award = given.requestAward(amount);
        given.poolDebits(award, DistributionKind.AWARD, amount);
        given.awaitState(award, "COMPLETED");
        return award;
    }

    /** An award out of the lead's budget. */
    static UUID awardFromBudget(Given given, long amount) {
        return id(given.asLead()
                .body(Given.award(given.employee, amount))
                .post("/api/allocations/award-points")
                .then()
                .statusCode(201));
    }

    static ValidatableResponse reverse(RequestSpecification by, UUID award) {
        return reverse(by, award, "{\"reason\": \"Wrong person\"}");
    }

    static ValidatableResponse reverse(RequestSpecification by, UUID award, String body) {
        return by.header("Prefer", "respond-async")
                .body(body)
                .post("/api/allocations/distributions/" + award + "/reverse")
                .then();
    }

    static ValidatableResponse check(RequestSpecification by, UUID award, String body) {
        return by.body(body)
                .post("/api/allocations/distributions/" + award + "/reverse/check")
                .then();
    }

    static UUID id(ValidatableResponse accepted) {
        return UUID.fromString(accepted.extract().path("distribution_id"));
    }

    static void poolTakes(Given given, UUID reversal, long amount) {
        given.kafka.send(new PointsReturned(reversal, given.tenant, amount, 1_000, 3));
    }

    static AwardReversed told(Given given, UUID reversal) {
        return Awaitility.await()
                .until(
                        () -> given.kafka.messages(Topic.WALLET_EVENTS, AwardReversed.class, given.tenant).stream()
                                .filter(event -> event.distributionId().equals(reversal))
                                .toList(),
                        events -> !events.isEmpty())
                .get(0);
    }

    /** Takes points out of the employee's wallet in the one way that there is besides reversals. */
    static void spends(Given given, long amount) {
        String adjustment = given.as(UUID.randomUUID(), "platform-admin")
                .body("""
                        {"tenant_id": "%s", "user_id": "%s", "account": "earned", "amount": %s, "reason": "Test"}""".formatted(given.tenant, given.employee, -amount))
                .post("/api/platform/adjustments/wallets")
                .then()
                .statusCode(200)
                .extract()
                .path("adjustment_id");
        given.as(UUID.randomUUID(), "platform-admin")
                .post("/api/platform/adjustments/wallets/" + adjustment + "/approve")
                .then()
                .statusCode(200);
    }
}
