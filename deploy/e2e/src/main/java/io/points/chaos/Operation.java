package io.points.chaos;

import io.points.local.Service;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * One request that moves points, and what became of it. It keeps its Idempotency-Key over all attempts.
 *
 * @param key its Idempotency-Key
 * @param receiver the employee or lead who gets the points, or the first of a batch; null where there is none
 * @param amount points in all
 * @param target the award or the batch that it takes back; null if it takes nothing back
 */
record Operation(Kind kind, Company company, String key, UUID receiver, long amount, Manner manner, Target target) {

    /** What is taken back, and its id. */
    record Target(Operation operation, String id) {}

    Operation(Kind kind, Company company, String key, UUID receiver, long amount, Manner manner) {
        this(kind, company, key, receiver, amount, manner, null);
    }

    /** Takes back what an earlier one gave. */
    static Operation back(Operation given, String id, String key, Manner manner) {
        return new Operation(
                given.kind() == Kind.BATCH ? Kind.UNDO : Kind.REVERSAL,
                given.company(),
                key,
                given.receiver(),
                given.amount(),
                manner,
                new Target(given, id));
    }

    /** How many receivers a batch has; each gets the same. */
    static final int OF_A_BATCH = 4;

    /** What it asks for. */
    enum Kind {
        AWARD(Service.DISTRIBUTION, "/api/allocations/award-points"),
        RECOGNITION(Service.DISTRIBUTION, "/api/recognitions"),
        BUDGET_AWARD(Service.DISTRIBUTION, "/api/allocations/award-points"),
        BATCH(Service.DISTRIBUTION, "/api/allocations/award-points/batch"),
        DELEGATION(Service.DISTRIBUTION, "/api/allocations/distribute-to-lead"),
        RETURN(Service.DISTRIBUTION, "/api/allocations/return-to-pool"),
        REVERSAL(Service.DISTRIBUTION, "/api/allocations/distributions/%s/reverse"),
        UNDO(Service.DISTRIBUTION, "/api/allocations/award-points/batch/%s/undo"),
        ALLOCATION(Service.ALLOCATION, "/api/platform/allocations/allocate"),
        CLAWBACK(Service.ALLOCATION, "/api/platform/allocations/clawback");

        private final Service service;
        private final String path;

        Kind(Service service, String path) {
            this.service = service;
            this.path = path;
        }

        Service service() {
            return service;
        }

        /** Whether an employee gets points by it. */
        boolean isAward() {
            return this == AWARD || this == RECOGNITION || this == BUDGET_AWARD;
        }

        /** The field of an answer that names what came of it. */
        String idField() {
            if (this == BATCH || this == UNDO) {
                return "batch_id";
            }
            return isDistribution() ? "distribution_id" : "allocation_id";
        }

        /** Whether it is a distribution, with a state of its own. */
        boolean isDistribution() {
            return service == Service.DISTRIBUTION;
        }

        /** Whether it takes back what another one gave. */
        boolean takesBack() {
            return this == REVERSAL || this == UNDO;
        }
    }

    /** How the caller behaves. */
    enum Manner {
        /** Waits for the end as long as the service thinks right. */
        PATIENT,
        /** Asks not to wait. */
        ASYNC,
        /** Hangs up in the middle of the first attempt. */
        HANGS_UP
    }

    String path() {
        return target == null ? kind.path : kind.path.formatted(target.id());
    }

    String user() {
        return switch (kind) {
            case AWARD, BATCH, RECOGNITION, DELEGATION, REVERSAL, UNDO -> company.manager();
            case BUDGET_AWARD, RETURN -> company.lead();
            case ALLOCATION, CLAWBACK -> "admin";
        };
    }

    Map<String, Object> body() {
        return switch (kind) {
            case AWARD, BUDGET_AWARD, DELEGATION ->
                Map.of("to_user_id", receiver, "amount", amount, "description", "Chaos");
            case BATCH -> batch("Chaos");
            case RECOGNITION -> Map.of("to_user_id", receiver, "amount", amount, "message", "Chaos");
            case RETURN -> Map.of("amount", amount);
            case REVERSAL -> Map.of("reason", "Chaos");
            case UNDO -> Map.of("reason", "Chaos", "mode", amount % 8 == 0 ? "all_or_nothing" : "what_is_there");
            case ALLOCATION ->
                Map.of("tenant_id", company.id(), "amount", amount, "currency", "EUR", "reference_note", "Chaos");
            case CLAWBACK -> Map.of("tenant_id", company.id(), "amount", amount, "reason", "Chaos");
        };
    }

    /** Another request that might be sent under the same key by mistake. */
    Map<String, Object> otherBody() {
        if (kind == Kind.BATCH) {
            return batch("Another");
        }
        Map<String, Object> body = new HashMap<>(body());
        if (kind.takesBack()) {
            body.put("reason", "Another");
        } else {
            body.put("amount", amount + 1);
        }
        return body;
    }

    /** Who gets how much if it completes. */
    Map<UUID, Long> credits() {
        if (kind != Kind.BATCH) {
            return Map.of(receiver, amount);
        }
        var employees = company.employees();
        int first = employees.indexOf(receiver);
        var credits = new LinkedHashMap<UUID, Long>();
        for (int i = 0; i < OF_A_BATCH; i++) {
            credits.put(employees.get((first + i) % employees.size()), amount / OF_A_BATCH);
        }
        return credits;
    }

    private Map<String, Object> batch(String description) {
        var receivers = credits().entrySet().stream()
                .map(credit -> Map.of("to_user_id", credit.getKey(), "amount", credit.getValue()))
                .toList();
        return Map.of("mode", "all_or_nothing", "description", description, "receivers", receivers);
    }
}
