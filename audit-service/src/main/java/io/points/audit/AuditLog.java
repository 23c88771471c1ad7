package io.points.audit;

import io.points.messaging.inbox.ReceivedJson;
import io.points.messaging.outbox.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** Writes audit records: one per event id, however often the event is read. */
@ApplicationScoped
class AuditLog {

    /** As much as a request body, so far more than any event has. In bytes. */
    private static final int LONGEST_VALUE = 64 * 1024;

    private static final String INSERT = """
            insert into audit_log (event_id, type, source, subject, tenant_id, actor_id, actor_role, trace_id, occurred_at,
                                   topic, data_digest, data)
            select event_id, type, source, subject, tenant_id, actor_id, actor_role, trace_id, occurred_at,
                   topic, data_digest, data::jsonb
            from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::uuid[], $6::text[], $7::text[], $8::text[],
                        $9::timestamptz[], $10::text[], $11::text[], $12::text[]) with ordinality
              as event (event_id, type, source, subject, tenant_id, actor_id, actor_role, trace_id, occurred_at,
                        topic, data_digest, data, place)
            order by place
            on conflict (event_id) do nothing
            """;

    /** Records a batch in its order. Repeated events change nothing. */
    Uni<Void> record(Tx tx, List<ReceivedJson> batch) {
        batch.forEach(AuditLog::requireSize);
        return tx.query(
                        INSERT,
                        column(batch, it -> it.envelope().id()).toArray(UUID[]::new),
                        column(batch, it -> it.envelope().type()).toArray(String[]::new),
                        column(batch, it -> it.envelope().source()).toArray(String[]::new),
                        column(batch, it -> it.envelope().subject()).toArray(String[]::new),
                        column(batch, it -> it.envelope().tenantId()).toArray(UUID[]::new),
                        column(batch, it -> it.envelope().actorId()).toArray(String[]::new),
                        column(batch, it -> it.envelope().actorRole()).toArray(String[]::new),
                        column(batch, it -> it.envelope().traceId()).toArray(String[]::new),
                        column(batch, it -> it.envelope().time().atOffset(ZoneOffset.UTC))
                                .toArray(OffsetDateTime[]::new),
                        column(batch, it -> it.origin().topic()).toArray(String[]::new),
                        column(batch, it -> sha256(it.origin().value())).toArray(String[]::new),
                        column(batch, ReceivedJson::json).toArray(String[]::new))
                .replaceWithVoid();
    }

    /** A record cannot be taken back, so one that could only clog the log is not taken in. */
    private static void requireSize(ReceivedJson received) {
        int size = received.origin().value().length;
        if (size > LONGEST_VALUE) {
            throw new IllegalArgumentException(
                    "the value has " + size + " bytes, more than the " + LONGEST_VALUE + " of an event");
        }
    }

    private static <T> Stream<T> column(List<ReceivedJson> batch, Function<ReceivedJson, T> value) {
        return batch.stream().map(value);
    }

    private static String sha256(byte[] value) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
