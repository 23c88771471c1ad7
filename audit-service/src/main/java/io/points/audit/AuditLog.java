package io.points.audit;

import io.points.contract.Sha256;
import io.points.platform.inbox.ReceivedJson;
import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** Writes audit records: one per event id, however often the event is read. Each waits for its leaf from then on. */
@ApplicationScoped
class AuditLog {

    private static final String INSERT = """
            with recorded as (
                insert into audit_log (event_id, type, source, subject, tenant_id, actor_id, actor_role, trace_id,
                                       occurred_at, topic, data_digest, data)
                select event_id, type, source, subject, tenant_id, actor_id, actor_role, trace_id, occurred_at,
                       topic, data_digest, data::json
                from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::uuid[], $6::text[], $7::text[], $8::text[],
                            $9::timestamptz[], $10::text[], $11::text[], $12::text[]) with ordinality
                  as event (event_id, type, source, subject, tenant_id, actor_id, actor_role, trace_id, occurred_at,
                            topic, data_digest, data, place)
                order by place
                on conflict (event_id) do nothing
                returning sequence)
            insert into audit_unsealed select sequence from recorded
            """;

    /** Records a poll in its order. Repeated events change nothing. */
    Uni<Void> record(Tx tx, List<ReceivedJson> poll) {
        return tx.query(
                        INSERT,
                        column(poll, it -> it.envelope().id()).toArray(UUID[]::new),
                        column(poll, it -> it.envelope().type()).toArray(String[]::new),
                        column(poll, it -> it.envelope().source()).toArray(String[]::new),
                        column(poll, it -> it.envelope().subject()).toArray(String[]::new),
                        column(poll, it -> it.envelope().tenantId()).toArray(UUID[]::new),
                        column(poll, it -> it.envelope().actorId()).toArray(String[]::new),
                        column(poll, it -> it.envelope().actorRole()).toArray(String[]::new),
                        column(poll, it -> it.envelope().traceId()).toArray(String[]::new),
                        column(poll, it -> it.envelope().time().atOffset(ZoneOffset.UTC))
                                .toArray(OffsetDateTime[]::new),
                        column(poll, ReceivedJson::topic).toArray(String[]::new),
                        column(poll, it -> Sha256.hex(it.origin().value())).toArray(String[]::new),
                        column(poll, ReceivedJson::json).toArray(String[]::new))
                .replaceWithVoid();
    }

    private static <T> Stream<T> column(List<ReceivedJson> poll, Function<ReceivedJson, T> value) {
        return poll.stream().map(value);
    }
}
