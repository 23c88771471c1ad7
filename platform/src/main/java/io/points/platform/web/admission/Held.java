package io.points.platform.web.admission;

import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;

/** What a request takes of what is scarce. It gives it back with its answer, or before: an answer may go on for minutes. */
public final class Held {

    private static final String KEY = "points.held";

    private final List<Runnable> returns = new ArrayList<>();

    private Held() {}

    /** Has {@code giveBack} run once, on the request's event loop. */
    public static void untilAnswered(RoutingContext request, Runnable giveBack) {
        Held held = request.get(KEY);
        if (held == null) {
            held = new Held();
            request.put(KEY, held);
            request.addEndHandler(ended -> giveBack(request));
        }
        held.returns.add(giveBack);
    }

    /**
     * Gives back what the request has taken. For an answer that goes on as long as its client likes, and has limits of its own; called on
     * the request's event loop.
     */
    public static void giveBack(RoutingContext request) {
        Held held = request.get(KEY);
        if (held != null) {
            var due = List.copyOf(held.returns);
            held.returns.clear();
            due.forEach(Runnable::run);
        }
    }
}
