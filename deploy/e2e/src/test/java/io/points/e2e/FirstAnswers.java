package io.points.e2e;

import io.points.local.Service;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What a stack that has just come up answered before anybody else asked it anything.
 *
 * @param statuses of a list of tenants, a new tenant, a new member's wallet, billing entries and a conservation sheet
 * @param millis how long each took
 */
record FirstAnswers(List<Integer> statuses, List<Long> millis) {

    private interface Request {
        Client.Answer send() throws IOException, InterruptedException;
    }

    static FirstAnswers of(Client client) throws IOException, InterruptedException {
        var id = UUID.randomUUID().toString();
        for (var user : List.of("admin", "borealis-employee", "finance", "auditor")) {
            client.token(user);
        }
        var tenant = Map.of("tenant_id", id, "name", "First", "currency", "INR", "price_per_point", "1.00");
        var requests = List.<Request>of(
                () -> client.get(Service.ALLOCATION, "admin", "/api/platform/tenants"),
                () -> client.post(
                        Service.ALLOCATION,
                        "admin",
                        "/api/platform/tenants",
                        UUID.randomUUID().toString(),
                        tenant),
                () -> client.get(Service.DISTRIBUTION, "borealis-employee", "/api/wallets/me"),
                () -> client.get(Service.BILLING, "finance", "/api/billing/entries?tenant_id=" + id),
                () -> client.get(Service.AUDIT, "auditor", "/api/audit/records?limit=1"));
        var statuses = new ArrayList<Integer>();
        var millis = new ArrayList<Long>();
        for (var request : requests) {
            long began = System.nanoTime();
            statuses.add(request.send().status());
            millis.add((System.nanoTime() - began) / 1_000_000);
        }
        return new FirstAnswers(statuses, millis);
    }
}
