package io.points.distribution.pool;

import io.points.contract.Envelope;
import io.points.contract.PoolEvent.PeopleErasureRequested;
import io.points.contract.PoolEvent.TenantClosing;
import io.points.contract.PoolEvent.TenantClosingCalledOff;
import io.points.contract.Settlement;
import io.points.distribution.policy.Dating;
import io.points.ledger.dates.LocalDays;
import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** The closings of tenants that the pool's events have told of, and how far they are here. */
@ApplicationScoped
public class TenantClosings {

    private static final String HEAR = """
            insert into tenant_closings (closing_id, tenant_id, stage, earned_until, earned_then, requested_by, requested_role,
                   traceparent, heard_at)
            values ($1, $2, 'recalling', $3, $4, $5, $6, $7, $8) on conflict do nothing
            """;

    /** Asked for once; of a tenant whose wallets are closed. */
    private static final String ERASE = """
            insert into people_erasures (closing_id, tenant_id, requested_by, requested_role, traceparent, heard_at)
            select c.closing_id, c.tenant_id, $3, $4, $5, $6 from tenant_closings c
            where c.closing_id = $1 and c.tenant_id = $2 and c.stage = 'done' on conflict do nothing
            """;

    private static final String CALL_OFF = """
            update tenant_closings set stage = 'called_off'
            where closing_id = $1 and tenant_id = $2 and stage in ('recalling', 'waiting', 'emptying')
            """;

    private static final String LOCK_NEXT = """
            select c.*, p.time_zone, p.previous_time_zone
            from tenant_closings c left join policies p on p.tenant_id = c.tenant_id
            where c.stage in ('recalling', 'waiting', 'emptying') and c.tenant_id > $1
            order by c.tenant_id limit 1 for update of c skip locked
            """;

    private static final String UPDATE = """
            update tenant_closings set stage = $2, reached = $3, recalled = $4, emptied = $5 where closing_id = $1
            """;

    /** How far a closing is. */
    public enum Stage {
        /** Budgets go back to the pool, and what is under way ends. */
        RECALLING,
        /** The day until which earned points can be used is not over. */
        WAITING,
        /** Earned points lapse, or go back to the pool. */
        EMPTYING,
        DONE,
        CALLED_OFF;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A closing that is under way.
     *
     * @param days the tenant's
     * @param earnedUntil the last of them on which earned points can be used
     * @param reached the member up to whom the stage has come
     * @param recalled points that budgets gave back
     * @param emptied earned points that are gone
     * @param actor who has approved it
     */
    public record Closing(
            UUID closingId,
            UUID tenantId,
            Stage stage,
            LocalDays days,
            LocalDate earnedUntil,
            Settlement earnedThen,
            UUID reached,
            long recalled,
            long emptied,
            Envelope.Actor actor) {

        public static final UUID FIRST = new UUID(0, 0);

        public Closing recalled(long points, UUID upTo) {
            return with(stage, upTo, recalled + points, emptied);
        }

        public Closing emptied(long points, UUID upTo) {
            return with(stage, upTo, recalled, emptied + points);
        }

        /** Whether earned points can be used no more. */
        public boolean isOver(Instant now) {
            return days.firstNotOver(now).isAfter(earnedUntil);
        }

        /** From the first member on. */
        public Closing at(Stage next) {
            return with(next, FIRST, recalled, emptied);
        }

        private Closing with(Stage at, UUID upTo, long back, long gone) {
            return new Closing(closingId, tenantId, at, days, earnedUntil, earnedThen, upTo, back, gone, actor);
        }
    }

    /** Takes over that a closing has begun or is called off, or that what is known of people is to be deleted. */
    Uni<Void> hear(Tx tx, List<PoolNews> events) {
        var heard = Uni.createFrom().voidItem();
        for (var news : events) {
            if (news.status() instanceof TenantClosing closing) {
                heard = heard.chain(() -> hear(tx, closing, news.envelope()));
            } else if (news.status() instanceof TenantClosingCalledOff end) {
                heard = heard.chain(() ->
                        tx.query(CALL_OFF, end.closingId(), end.tenantId()).replaceWithVoid());
            } else if (news.erasure() != null) {
                heard = heard.chain(() -> erase(tx, news.erasure(), news.envelope()));
            }
        }
        return heard;
    }

    private static Uni<Void> hear(Tx tx, TenantClosing closing, Envelope envelope) {
        var actor = envelope.actor();
        return tx.query(
                        HEAR,
                        closing.closingId(),
                        closing.tenantId(),
                        closing.earnedUntil(),
                        closing.earnedThen().word(),
                        actor.id() == null ? closing.proposedBy() : UUID.fromString(actor.id()),
                        actor.role() == null ? "platform-admin" : actor.role(),
                        actor.traceparent(),
                        envelope.time().atOffset(ZoneOffset.UTC))
                .replaceWithVoid();
    }

    private static Uni<Void> erase(Tx tx, PeopleErasureRequested asked, Envelope envelope) {
        var actor = envelope.actor();
        return tx.query(
                        ERASE,
                        asked.closingId(),
                        asked.tenantId(),
                        UUID.fromString(actor.id()),
                        actor.role(),
                        actor.traceparent(),
                        envelope.time().atOffset(ZoneOffset.UTC))
                .replaceWithVoid();
    }

    /** The closing of the next tenant behind that one that nobody else sees to, locked. */
    public Uni<Optional<Closing>> lockNext(Tx tx, UUID behind) {
        return tx.query(LOCK_NEXT, behind)
                .map(rows -> rows.rowCount() == 0
                        ? Optional.empty()
                        : Optional.of(row(rows.iterator().next())));
    }

    /** Writes how far it is now. */
    public Uni<Void> update(Tx tx, Closing it) {
        return tx.query(UPDATE, it.closingId(), it.stage().word(), it.reached(), it.recalled(), it.emptied())
                .replaceWithVoid();
    }

    private static Closing row(Row row) {
        return new Closing(
                row.getUUID("closing_id"),
                row.getUUID("tenant_id"),
                Stage.valueOf(row.getString("stage").toUpperCase(Locale.ROOT)),
                Dating.daysOf(row),
                row.getLocalDate("earned_until"),
                Settlement.of(row.getString("earned_then")),
                row.getUUID("reached"),
                row.getLong("recalled"),
                row.getLong("emptied"),
                new Envelope.Actor(
                        row.getUUID("requested_by").toString(),
                        row.getString("requested_role"),
                        row.getString("traceparent")));
    }
}
