package io.points.audit.quarantine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.TimeoutException;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.sqlclient.Query;
import io.vertx.sqlclient.RowIterator;
import io.vertx.sqlclient.RowSet;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class QuarantineTest {

    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    @Test
    void nothingIsShownWhileTheDatabaseDoesNotAnswer() {
        var quarantine = new Quarantine(answeringOnce(), unused(), metrics, Duration.ofMinutes(5));
        quarantine.read().await().atMost(PATIENCE);
        for (var work : Work.values()) {
            var gauge = gauge(work);
            assertNotNull(gauge, work.gauge());
            assertEquals(0, gauge.value());
        }

        assertThrows(
                TimeoutException.class,
                () -> quarantine.read().await().atMost(PATIENCE),
                "it was waited for for too long");
        for (var work : Work.values()) {
            assertNull(gauge(work), work.gauge());
        }
    }

    private @Nullable Gauge gauge(Work work) {
        return metrics.find(work.gauge()).gauge();
    }

    /** A database that has no rows, and is gone from the second question on. */
    private static Pool answeringOnce() {
        var asked = new AtomicInteger();
        var noRows = proxy(RowSet.class, (rows, method, arguments) -> switch (method.getName()) {
            case "iterator" -> proxy(RowIterator.class, (iterator, hasNext, none) -> false);
            default -> 0;
        });
        var query = proxy(Query.class, (one, method, arguments) -> {
            if (asked.getAndIncrement() == 0) {
                answer(arguments[0], noRows);
            }
            return null;
        });
        return Pool.newInstance(proxy(io.vertx.sqlclient.Pool.class, (pool, method, arguments) -> query));
    }

    @SuppressWarnings("unchecked")
    private static void answer(Object handler, RowSet<?> rows) {
        ((Handler<AsyncResult<RowSet<?>>>) handler).handle(Future.succeededFuture(rows));
    }

    private static <T> T proxy(Class<T> type, InvocationHandler calls) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, calls));
    }

    @SuppressWarnings("NullAway")
    private static io.points.platform.outbox.Transactions unused() {
        return null;
    }
}
