package io.points.bench;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A tenant of the bench: its manager and those who are awarded, one after the other. */
final class Company {

    private final UUID id = UUID.randomUUID();
    private final UUID managerId = UUID.randomUUID();
    private final String manager;
    private final List<UUID> receivers = new ArrayList<>();
    private int next;

    Company(String manager, int receivers) {
        this.manager = manager;
        for (int i = 0; i < receivers; i++) {
            this.receivers.add(UUID.randomUUID());
        }
    }

    UUID id() {
        return id;
    }

    UUID managerId() {
        return managerId;
    }

    String manager() {
        return manager;
    }

    /** Whoever approves what the manager gives, if somebody has to. */
    String approver() {
        return manager + "-approver";
    }

    List<UUID> receivers() {
        return receivers;
    }

    /** All of them, so many at a time at most. */
    List<List<UUID>> receivers(int atOnce) {
        var parts = new ArrayList<List<UUID>>();
        for (int from = 0; from < receivers.size(); from += atOnce) {
            parts.add(receivers.subList(from, Math.min(receivers.size(), from + atOnce)));
        }
        return parts;
    }

    /** One point for the next one in turn. */
    Award award(String token) {
        var body = new JsonObject()
                .put("to_user_id", receivers.get(next++ % receivers.size()).toString())
                .put("amount", 1)
                .put("reference_type", "campaign")
                .put("description", "Thank you for a good year");
        return new Award(token, Buffer.buffer(body.encode()));
    }

    /** One point for each of these, in one request. */
    static Buffer batch(String mode, List<UUID> receivers) {
        var all = new JsonArray();
        receivers.forEach(receiver ->
                all.add(new JsonObject().put("to_user_id", receiver.toString()).put("amount", 1)));
        return Buffer.buffer(new JsonObject()
                .put("mode", mode)
                .put("description", "Thank you for a good year")
                .put("receivers", all)
                .encode());
    }
}
