package io.points.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.points.local.Service;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** How distributions stand, as the tenant's manager is told who asks for them. */
final class Enquiries {

    private static final Duration LONGEST_TRY = Duration.ofSeconds(60);
    private static final Set<String> FINAL = Set.of("COMPLETED", "REJECTED", "CANCELLED", "COMPENSATED");

    private final Cluster cluster;
    private final History history;
    private final Caller caller;

    Enquiries(Cluster cluster, History history, Caller caller) {
        this.cluster = cluster;
        this.history = history;
        this.caller = caller;
    }

    /** The state in which an accepted distribution is now, as its tenant's manager sees it. */
    OperationResult look(Operation operation) {
        var id = history.outcome(operation).id();
        if (id == null) {
            return OperationResult.UNKNOWN;
        }
        try {
            var answer = caller.get(
                    operation.company().manager(),
                    cluster.url(Service.DISTRIBUTION, System.nanoTime()) + "/api/allocations/distributions/" + id);
            var state = answer.text("state");
            return answer.status() != 200 || state == null
                    ? OperationResult.UNKNOWN
                    : new OperationResult(FINAL.contains(state) ? state : "OPEN", id);
        } catch (IOException e) {
            return OperationResult.UNKNOWN;
        }
    }

    /** How every distribution of a tenant stands, by id, as the tenant's manager is told page by page. */
    Map<String, OperationResult> history(Company company) {
        var outcomes = new HashMap<String, OperationResult>();
        var cursor = "";
        while (cursor != null) {
            var page = page(company, cursor);
            for (var item : page.path("items")) {
                var id = item.path("distribution_id").asText();
                var state = item.path("state").asText();
                outcomes.put(id, new OperationResult(FINAL.contains(state) ? state : "OPEN", id));
            }
            cursor = page.path("next_cursor").asText(null);
        }
        return outcomes;
    }

    private JsonNode page(Company company, String cursor) {
        var path = "/api/allocations/history/tenant?limit=200" + (cursor.isEmpty() ? "" : "&cursor=" + cursor);
        var page = new AtomicReference<JsonNode>(MissingNode.getInstance());
        Waits.until(LONGEST_TRY, () -> {
            try {
                var answer = caller.get(company.manager(), cluster.url(Service.DISTRIBUTION, System.nanoTime()) + path);
                page.set(answer.body());
                return answer.status() == 200;
            } catch (IOException e) {
                return false;
            }
        });
        return page.get();
    }
}
