package io.points.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.points.local.Service;
import java.time.YearMonth;
import java.util.Map;
import java.util.UUID;

/** A tenant's month as finance sees it. */
final class BillingMonth {
    private final DemoUsers users;
    private final DemoTenant tenant;
    private final YearMonth month;

    BillingMonth(DemoUsers users, DemoTenant tenant, YearMonth month) {
        this.users = users;
        this.tenant = tenant;
        this.month = month;
    }

    /** Has a step taken, such as {@code soft-close}. */
    Api.Answer act(String user, String step, String reason) {
        return users.at(Service.BILLING, user).post(path() + "/" + step, Map.of("reason", reason), key());
    }

    /** Closes it, as soon as all of its events are consumed. */
    void close(String reason) {
        Poll.until(() -> act("finance", "close", reason), answer -> answer.status() != 409)
                .expect(200);
    }

    /** The state, the steps and the statements that were issued. */
    JsonNode read() {
        return users.billing().get(path()).expect(200);
    }

    JsonNode statement() {
        return users.billing().get(statementPath()).expect(200);
    }

    /** As it was issued. */
    JsonNode statement(int revision) {
        return users.billing().get(statementPath() + "?revision=" + revision).expect(200);
    }

    private String path() {
        return "/api/billing/periods/" + tenant.id() + "/" + month;
    }

    private String statementPath() {
        return "/api/billing/statements/" + tenant.id() + "/" + month;
    }

    private static Map<String, String> key() {
        return Map.of("Idempotency-Key", UUID.randomUUID().toString());
    }
}
