package io.points.billing;

import static io.points.billing.Movements.allocated;
import static io.points.billing.Movements.clawedBack;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.contract.Account;
import io.points.contract.DistributionKind;
import io.points.contract.LapseReason;
import io.points.contract.PointsSource;
import io.points.contract.PoolEvent.PoolDebited;
import io.points.contract.PoolEvent.TenantClosed;
import io.points.contract.WalletEvent.PointsAwarded;
import io.points.contract.WalletEvent.PointsExpired;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** All months of a tenant together. */
@QuarkusTest
class FinalStatementTest extends BillingServiceTest {

    private static final UUID FINANCE = UUID.randomUUID();

    private final UUID employee = UUID.randomUUID();

    private void given() {
        var award = Movements.newId();
        sendAt("2026-01-05T10:00:00Z", allocated(tenant, 100, 1));
        sendAt("2026-01-06T10:00:00Z", new PoolDebited(award, tenant, DistributionKind.AWARD, 30, 70, 2));
        sendAt(
                "2026-01-06T10:00:01Z",
                new PointsAwarded(
                        award, tenant, PointsSource.POOL, FINANCE, employee, 30, 1, 30, null, null, null, null));
        awaitHeard();
    }

    private void closes() {
        sendAt(
                "2026-02-10T10:00:00Z",
                new PointsExpired(
                        Movements.newId(), tenant, employee, Account.EARNED, LapseReason.CLOSED, null, 30, 2, 0));
        sendAt("2026-02-10T11:00:00Z", clawedBack(tenant, 70, 3));
        sendAt("2026-02-10T11:00:00Z", new TenantClosed(tenant, 3, UUID.randomUUID()));
        awaitHeard();
    }

    @Test
    void everythingIsAtItsEndOnceAllMonthsAreClosed() {
        given();
        finalStatement()
                .body("state", equalTo("open"))
                .body("closing.prepaid", equalTo(70))
                .body("closing.liability", equalTo(30));
        closes();
        finalStatement().body("state", equalTo("open")).body("closing.prepaid", equalTo(0));
        for (var month : List.of("2026-01", "2026-02")) {
            finalStatement().body("state", equalTo("open"));
            for (var step : List.of("soft-close", "close")) {
                step(FINANCE, tenant, month, step).then().statusCode(200);
            }
        }

        finalStatement()
                .body("state", equalTo("final"))
                .body("period", equalTo("final"))
                .body("from", equalTo("2026-01-01T00:00:00Z"))
                .body("to", equalTo("2026-03-01T00:00:00Z"))
                .body("opening.prepaid", equalTo(0))
                .body("closing.prepaid", equalTo(0))
                .body("closing.in_flight", equalTo(0))
                .body("closing.liability", equalTo(0))
                .body("closing.expired", equalTo(30))
                .body("pool.allocated", equalTo(100))
                .body("pool.clawed_back", equalTo(70))
                .body("pool.closing", equalTo(0))
                .body(
                        "roll_forward.movement",
                        contains(
                                "opening",
                                "allocated",
                                "clawed_back",
                                "distributed",
                                "refunded",
                                "returned",
                                "delegated",
                                "awarded_from_pool",
                                "awarded_from_budget",
                                "budget_returned",
                                "earned_expired",
                                "closing"))
                .body("roll_forward[-1].total", equalTo(30))
                .body("billed", hasSize(1))
                .body("billed[0].purchases", equalTo("100.00"))
                .body("billed[0].credits", equalTo("-70.00"))
                .body("billed[0].total", equalTo("30.00"))
                .body("prepayments[0].closing", equalTo("30.00"))
                .body("documents.kind", contains("invoice", "credit_note"))
                .body("entries", hasSize(0));
        var once = finalStatement().extract().asString();
        assertEquals(once, finalStatement().extract().asString());
    }

    @Test
    void aReopenedMonthMakesItProvisionalAgain() {
        given();
        closes();
        for (var month : List.of("2026-01", "2026-02")) {
            for (var step : List.of("soft-close", "close")) {
                step(FINANCE, tenant, month, step).then().statusCode(200);
            }
        }
        finalStatement().body("state", equalTo("final"));
        step(FINANCE, tenant, "2026-02", "reopen").then().statusCode(200);
        step(UUID.randomUUID(), tenant, "2026-02", "reopen/approve").then().statusCode(200);
        finalStatement().body("state", equalTo("open"));
    }

    @Test
    void itIsGivenInAllForms() {
        given();
        form("csv")
                .contentType(containsString("text/csv"))
                .header("Content-Disposition", containsString("statement-" + tenant + "-final.csv"))
                .body(containsString("statement,period,final,"))
                .body(containsString("roll_forward,closing,,100,70,0,0,30,"));
        form("spreadsheet").body(containsString("statement,state,open,"));
        form("html")
                .contentType(containsString("text/html"))
                .body(containsString("<h1>Points statement final</h1>"))
                .body(containsString("these figures may still change"));
        closes();
        form("html").body(containsString("Expired"));
    }

    @Test
    void managersSeeTheirOwnTenantsAlone() {
        given();
        var path = "/api/billing/statements/" + tenant + "/final";
        asManagerOf(tenant).get(path).then().statusCode(200);
        asManagerOf(UUID.randomUUID()).get(path).then().statusCode(404);
        as("finance")
                .get("/api/billing/statements/" + UUID.randomUUID() + "/final")
                .then()
                .statusCode(404)
                .body("type", equalTo("urn:points:problem:not-found"));
        as("auditor").get(path).then().statusCode(200).body("entries", not(hasSize(1)));
    }

    private ValidatableResponse finalStatement() {
        return statement(tenant, "final").then().statusCode(200);
    }

    private ValidatableResponse form(String form) {
        return statement(tenant, "final/" + form).then().statusCode(200);
    }
}
