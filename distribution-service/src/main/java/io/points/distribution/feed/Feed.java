package io.points.distribution.feed;

import io.points.contract.Ids;
import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

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
                        items.stream().map(item -> Ids.next(now)).toArray(UUID[]::new),
                        items.stream().map(FeedItem::tenantId).toArray(UUID[]::new),
                        items.stream().map(item -> item.kind().word()).toArray(String[]::new),
                        items.stream().map(item -> item.audience().word()).toArray(String[]::new),
                        items.stream().map(FeedItem::actorId).toArray(UUID[]::new),
                        items.stream().map(FeedItem::receiverId).toArray(UUID[]::new),
                        items.stream().map(FeedItem::amount).toArray(Long[]::new),
                        items.stream().map(FeedItem::distributionId).toArray(UUID[]::new),
                        items.stream().map(FeedItem::eventId).toArray(UUID[]::new),
                        now.atOffset(ZoneOffset.UTC))
                .replaceWithVoid();
    }
}
