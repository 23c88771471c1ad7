package io.points.audit;

import io.points.contract.Sha256;
import io.points.platform.inbox.ReceivedJson;
import io.points.platform.outbox.Tx;
import io.points.platform.persistence.Columns;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

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
                        Columns.uuids(poll, it -> it.envelope().id()),
                        Columns.texts(poll, it -> it.envelope().type()),
                        Columns.texts(poll, it -> it.envelope().source()),
                        Columns.texts(poll, it -> it.envelope().subject()),
                        Columns.uuids(poll, it -> it.envelope().tenantId()),
                        Columns.texts(poll, it -> it.envelope().actorId()),
                        Columns.texts(poll, it -> it.envelope().actorRole()),
                        Columns.texts(poll, it -> it.envelope().traceId()),
                        Columns.times(poll, it -> it.envelope().time()),
                        Columns.texts(poll, ReceivedJson::topic),
                        Columns.texts(poll, it -> Sha256.hex(it.origin().value())),
                        Columns.texts(poll, ReceivedJson::json))
                .replaceWithVoid();
    }
}
