package io.points.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import org.jspecify.annotations.Nullable;

/** Holds {@link TimeLimit} up. */
@TimeLimit
@Interceptor
@Priority(Interceptor.Priority.LIBRARY_BEFORE)
class TimeLimitInterceptor {

    @AroundInvoke
    @Nullable
    Object limit(InvocationContext call) throws Exception {
        var answer = call.proceed();
        return answer instanceof Uni<?> work && !waits(call) ? InTime.orFail(work) : answer;
    }

    private static boolean waits(InvocationContext call) {
        var ownLimit = call.getMethod().getAnnotation(TimeLimit.class);
        return ownLimit != null && ownLimit.waits();
    }
}
