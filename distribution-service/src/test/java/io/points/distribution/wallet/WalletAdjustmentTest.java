package io.points.distribution.wallet;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.contract.Account;
import io.points.contract.BalanceEvent.AttestedBalance;
import io.points.contract.BalanceEvent.WalletAdjusted;
import io.points.contract.Topic;
import io.points.distribution.DistributionServiceTest;
import io.points.distribution.Given;
import io.points.ledger.attestation.Attestor;
import io.points.testing.Attesting;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A wallet that somebody changed behind the service's back is mended by two platform admins. */
@DistributionServiceTest
class WalletAdjustmentTest {

    private static final UUID FIRST = UUID.randomUUID();
    private static final UUID SECOND = UUID.randomUUID();

    @Inject
    Attestor attestor;

    @Test
    void aRowThatWasChangedIsMadeWhatTheLedgerSays() {
        try (var given = Given.lastTenant()) {
            given.budget(70);
            Attesting.asSuperuser(
                    "distribution", "update wallets set balance = 570 where tenant_id = '" + given.tenant + "'");
            approve(given, SECOND, propose(given, 0))
                    .statusCode(200)
                    .body("entry_number", equalTo(2))
                    .body("balance_after", equalTo(70));
            assertEquals(new AttestedBalance(given.lead, 2, 70, 70), attested(given));
            assertEquals(70, given.budgetOf(given.lead));
            given.budget(5);
            assertEquals(new AttestedBalance(given.lead, 3, 75, 75), attested(given));
        }
    }

    @Test
    void aStrayEntryIsTakenBackByAnEntryThatIsTold() {
        try (var given = Given.lastTenant()) {
            given.budget(70);
            Attesting.asSuperuser(
                    "distribution",
                    """
                    insert into wallet_ledger (tenant_id, user_id, kind, entry_number, amount, balance_after,
                           distribution_id, event_id, created_at)
                    values ('%s', '%s', 'budget', 2, 500, 570, gen_random_uuid(), gen_random_uuid(), now())""".formatted(given.tenant, given.lead),
                    "update wallets set balance = 570, entry_number = 2 where tenant_id = '" + given.tenant + "'");
            var adjustment = propose(given, -500);
            approve(given, FIRST, adjustment)
                    .statusCode(409)
                    .body("type", equalTo("urn:points:problem:second-person-required"));
            approve(given, SECOND, adjustment).statusCode(200).body("balance_after", equalTo(70));
            assertEquals(new AttestedBalance(given.lead, 3, 70, 70), attested(given));
            Awaitility.await()
                    .until(() -> given.kafka
                                    .messages(Topic.WALLET_EVENTS, WalletAdjusted.class, given.tenant)
                                    .size()
                            == 1);
            assertEquals(
                    new WalletAdjusted(
                            UUID.fromString(adjustment),
                            given.tenant,
                            given.lead,
                            Account.BUDGET,
                            -500,
                            "alert 7",
                            FIRST,
                            SECOND,
                            3,
                            70),
                    given.kafka
                            .messages(Topic.WALLET_EVENTS, WalletAdjusted.class, given.tenant)
                            .get(0));
        }
    }

    @Test
    void thereMustBeSuchAWallet() {
        try (var given = Given.lastTenant()) {
            proposed(given, 0).statusCode(404);
        }
    }

    private static String propose(Given given, long amount) {
        return proposed(given, amount).statusCode(200).extract().path("adjustment_id");
    }

    private static ValidatableResponse proposed(Given given, long amount) {
        return given.as(FIRST, "platform-admin")
                .body("""
                        {"tenant_id": "%s", "user_id": "%s", "account": "budget", "amount": %s, "reason": "alert 7"}""".formatted(given.tenant, given.lead, amount))
                .post("/api/platform/adjustments/wallets")
                .then();
    }

    private static ValidatableResponse approve(Given given, UUID admin, String adjustment) {
        return given.as(admin, "platform-admin")
                .post("/api/platform/adjustments/wallets/" + adjustment + "/approve")
                .then();
    }

    private AttestedBalance attested(Given given) {
        Attesting.demand("distribution", given.tenant);
        attestor.attest().await().indefinitely();
        var told = Attesting.told(given.kafka, Topic.WALLET_EVENTS, given.tenant);
        return told.get(told.size() - 1);
    }
}
