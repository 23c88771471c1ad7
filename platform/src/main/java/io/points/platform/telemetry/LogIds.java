package io.points.platform.telemetry;

import io.points.contract.Envelope;
import io.points.contract.Headers;
import io.points.contract.Headers.Unreadable;
import java.util.UUID;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * The ids that a log line is found by: {@code trace_id}, {@code tenant_id} and {@code distribution_id} (of the saga), as
 * fields of a JSON line. Set around the line itself and nothing else: what runs in between belongs to many callers at once.
 */
public final class LogIds {

    /** For a line without ids. */
    public static final LogIds NONE = new LogIds(null, null, null);

    private final @Nullable String trace;
    private final @Nullable String tenant;
    private final @Nullable String distribution;

    private LogIds(@Nullable String trace, @Nullable String tenant, @Nullable String distribution) {
        this.trace = trace;
        this.tenant = tenant;
        this.distribution = distribution;
    }

    /** @param traceparent as in W3C Trace Context */
    public static LogIds of(@Nullable String traceparent, @Nullable String tenant) {
        return new LogIds(Envelope.traceId(traceparent), tenant, null);
    }

    public static LogIds of(Envelope envelope) {
        return of(envelope.traceparent(), envelope.tenantId().toString());
    }

    /** Of a record that may be no message of ours. */
    public static LogIds of(org.apache.kafka.common.header.Headers headers) {
        try {
            return of(Headers.read(headers));
        } catch (Unreadable e) {
            return NONE;
        }
    }

    /** These, and the saga's. */
    public LogIds distribution(UUID id) {
        return new LogIds(trace, tenant, id.toString());
    }

    /** Logs with these ids. */
    public void around(Runnable log) {
        put("trace_id", trace);
        put("tenant_id", tenant);
        put("distribution_id", distribution);
        try {
            log.run();
        } finally {
            MDC.remove("trace_id");
            MDC.remove("tenant_id");
            MDC.remove("distribution_id");
        }
    }

    private static void put(String name, @Nullable String id) {
        if (id != null) {
            MDC.put(name, id);
        }
    }
}
