package io.points.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.points.e2e.Differences;
import io.points.e2e.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the pools answered, replayed by version, each pool by itself: no version is missing or taken twice, each balance
 * follows from the one before, and no debit was refused that could have been made, or made that could not.
 */
final class PoolReplay {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, TreeMap<Long, Move>> moves = new HashMap<>();
    private final List<Refusal> refusals = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private final Differences differences;

    private record Move(String id, long amount, long balance) {}

    private record Refusal(String tenant, String id, long amount, long balance, long version) {}

    private PoolReplay(Differences differences) {
        this.differences = differences;
    }

    static void check(Topics topics, Differences differences) {
        var replay = new PoolReplay(differences);
        topics.each(io.points.contract.Topic.POOL_EVENTS, record -> {
            if (!Topics.isPlanted(record) && replay.seen.add(Topics.header(record, "ce_id"))) {
                replay.take(Topics.header(record, "ce_type"), Topics.header(record, "ce_id"), record.value());
            }
        });
        replay.run();
    }

    private void take(String type, String id, byte[] value) {
        try {
            var event = JSON.readTree(value);
            switch (type) {
                case "PointsAllocated", "PointsReturned", "PoolReleased" -> move(event, id, amount(event, "amount"));
                case "PointsClawedBack", "PoolDebited", "PoolReserved", "PoolExpired" ->
                    move(event, id, -amount(event, "amount"));
                case "PoolDebitCancelled", "PoolRefunded" -> move(event, id, amount(event, "refunded"));
                case "PoolDebitRefused" -> {
                    if (event.path("reason").asText().equals("INSUFFICIENT_POOL_BALANCE")) {
                        refusals.add(new Refusal(
                                event.path("tenant_id").asText(),
                                id,
                                amount(event, "amount"),
                                amount(event, "balance"),
                                amount(event, "pool_version")));
                    }
                }
                default -> {
                    // It moves nothing.
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long amount(JsonNode event, String field) {
        return event.path(field).asLong();
    }

    private void move(JsonNode event, String id, long amount) {
        if (amount == 0) {
            return;
        }
        var before = moves.computeIfAbsent(event.path("tenant_id").asText(), x -> new TreeMap<>())
                .put(amount(event, "pool_version"), new Move(id, amount, amount(event, "balance_after")));
        if (before != null) {
            differences.add("pool version taken twice: " + event + " and event " + before.id());
        }
    }

    private void run() {
        moves.forEach((tenant, byVersion) -> {
            long version = 0;
            long balance = 0;
            for (var entry : byVersion.entrySet()) {
                version++;
                balance += entry.getValue().amount();
                if (entry.getKey() != version || entry.getValue().balance() != balance || balance < 0) {
                    differences.add("pool " + tenant + " at version " + version + ": the model has " + balance
                            + ", the event " + entry);
                    return;
                }
            }
        });
        for (var refusal : refusals) {
            var at = moves.getOrDefault(refusal.tenant(), new TreeMap<>()).floorEntry(refusal.version());
            long held = at == null ? 0 : at.getValue().balance();
            if (held != refusal.balance() || held >= refusal.amount()) {
                differences.add("a debit was refused while the pool held " + held + ": " + refusal);
            }
        }
    }
}
