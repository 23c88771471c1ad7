package io.points.platform.web;

import io.points.platform.internals.CurrentRequest;
import io.points.platform.web.caller.CallerFilter;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Holds {@link TimeLimit} up. It stands around all other interceptors, and so around whatever they may keep open. */
@TimeLimit
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
class TimeLimitInterceptor {

    private final CurrentRequest request;

    TimeLimitInterceptor(CurrentRequest request) {
        this.request = request;
    }

    @AroundInvoke
    @Nullable
    Object limit(InvocationContext call) throws Exception {
        var answer = call.proceed();
        return answer instanceof Uni<?> work && !waits(call) ? InTime.orFail(work, left()) : answer;
    }

    /** What was spent on finding out who calls counts too. */
    private Duration left() {
        var current = request.get();
        return current == null ? InTime.LONGEST : CallerFilter.left(current, InTime.LONGEST, InTime.WITH_THE_CALLER);
    }

    private static boolean waits(InvocationContext call) {
        var ownLimit = call.getMethod().getAnnotation(TimeLimit.class);
        return ownLimit != null && ownLimit.waits();
    }
}
