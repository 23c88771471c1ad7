package io.points.distribution.feed;

import io.points.contract.Ids;
import io.points.platform.outbox.Tx;
import io.points.platform.persistence.Columns;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** The feed in its table. */
@ApplicationScoped
public class Feed {

    private static final String INSERT = """
            insert into feed (id, tenant_id, kind, audience, actor_id, receiver_id, amount, distribution_id, event_id, occurred_at)
            select *, $10::timestamptz
            from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::uuid[], $7::bigint[], $8::uuid[], $9::uuid[])
            on conflict (event_id) do nothing
            """;

    public Uni<Void> append(Tx tx, List<FeedItem> items, Instant now) {
        if (items.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return tx.query(
                        INSERT,
                        Columns.uuids(items, item -> Ids.next(now)),
                        Columns.uuids(items, FeedItem::tenantId),
                        Columns.texts(items, item -> item.kind().word()),
                        Columns.texts(items, item -> item.audience().word()),
                        Columns.uuids(items, FeedItem::actorId),
                        Columns.uuids(items, FeedItem::receiverId),
                        Columns.longs(items, FeedItem::amount),
                        Columns.uuids(items, FeedItem::distributionId),
                        Columns.uuids(items, FeedItem::eventId),
                        now.atOffset(ZoneOffset.UTC))
                .replaceWithVoid();
    }
}
