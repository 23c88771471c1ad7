package io.points.platform.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

/** One step of a trace, under way. */
public final class Step {

    private final Span span;
    private final @Nullable String traceparent;

    Step(Span span, @Nullable String traceparent) {
        this.span = span;
        this.traceparent = traceparent;
    }

    /** What the next step, in whichever service, has as its parent; while nothing is traced, what it would have had anyway. */
    public @Nullable String traceparent() {
        return traceparent;
    }

    /** @param failure why it failed, or null; only its class is told, for its text may be anybody's */
    public void end(@Nullable Throwable failure) {
        if (failure != null) {
            span.setStatus(StatusCode.ERROR, failure.getClass().getSimpleName());
        }
        span.end();
    }

    /** Ends with the work. */
    public <T> Uni<T> around(Uni<T> work) {
        return span.isRecording() ? work.onTermination().invoke((done, failure, cancelled) -> end(failure)) : work;
    }

    /** Ends a request: under its route, which is known only now, and with its status. */
    public void end(String name, int status) {
        span.updateName(name);
        span.setAttribute("http.response.status_code", status);
        if (status >= 500) {
            span.setStatus(StatusCode.ERROR);
        }
        span.end();
    }
}
