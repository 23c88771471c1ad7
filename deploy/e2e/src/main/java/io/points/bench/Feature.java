package io.points.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What a tenant can switch on, and what may be left of W1 if it does. */
enum Feature {
    DATES("with dates on earned points", 0.95, new JsonObject().put("earned", aYear())),
    LIMIT(
            "with dates, and a limit of what its giver may give in a month",
            0.95,
            new JsonObject().put("earned", aYear()).put("rules", limit("giver"))),
    WINDOWS(
            "with a limit of what each receiver may get in a month",
            0.92,
            new JsonObject().put("earned", new JsonObject()).put("rules", limit("receiver")));

    private final String words;
    private final double atLeast;
    private final JsonObject policy;

    Feature(String words, double atLeast, JsonObject policy) {
        this.words = words;
        this.atLeast = atLeast;
        this.policy = policy;
    }

    private static JsonObject aYear() {
        return new JsonObject()
                .put("expires", new JsonObject().put("after", "P1Y"))
                .put("to", "nowhere");
    }

    private static JsonArray limit(String of) {
        return new JsonArray()
                .add(new JsonObject()
                        .put("id", "month")
                        .put("of", of)
                        .put("per", "month")
                        // More than is ever given.
                        .put("points", 1_000_000_000L)
                        .put("then", "refuse"));
    }

    /** As the table calls it. */
    String words() {
        return words;
    }

    /** What is left of the awards per second without it. */
    double atLeast() {
        return atLeast;
    }

    JsonObject policy() {
        return policy.copy();
    }

    /** The name of the tenant that has it. */
    String tenant() {
        return "bench-" + name().toLowerCase(java.util.Locale.ROOT);
    }
}
