package io.points.distribution.member;

import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Takes away what people wrote with distributions and batches, a slice per transaction. Each statement reads by an index and is
 * bounded; how far it has come is kept, so that a repeat goes on where the last was cut off.
 */
@ApplicationScoped
class ErasedTexts {

    private static final int DISTRIBUTIONS_AT_A_TIME = 2_000;
    private static final int LINES_AT_A_TIME = 500;

    /** Younger distributions are looked at again: one with a smaller id may be committed after one with a larger. */
    private static final Duration UNSETTLED = Duration.ofMinutes(5);

    private static final UUID FIRST = new UUID(0, 0);

    private static final String WRITTEN_BATCH = """
            select id from batches where tenant_id = $1 and requested_by = $2 and not erased limit 1
            """;

    private static final String RECEIVED_LINES = """
            select l.batch_id, l.line from batch_lines l join batches b on b.id = l.batch_id
            where l.to_user_id = $2 and not l.erased and b.tenant_id = $1 limit $3
            """;

    /** Whoever makes distributions of a batch holds this lock until they are committed, and reads its words under it. */
    private static final String LOCK_BATCHES = "select from batches where id = any($1) order by id for no key update";

    /** Locked before their batches, as everywhere. */
    private static final String LOCK_WHOLE = "select from distributions where id = any($1) order by id for update";

    private static final String ERASE_BATCH = "update batches set description = null, erased = true where id = $1";

    private static final String ERASE_LINES_OF_BATCH =
            "update batch_lines set description = null, erased = true where batch_id = $1 and not erased";

    private static final String ERASE_LINES = """
            update batch_lines l set description = null, erased = true
            from unnest($1::uuid[], $2::int[]) as n (batch_id, line) where l.batch_id = n.batch_id and l.line = n.line
            """;

    /** What was said to all is gone with the last of them. */
    private static final String ERASE_BATCHES_OF_NOBODY = """
            with nobodys as (
                update batches b set description = null
                where b.id = any($1) and b.description is not null
                  and not exists (select from batch_lines l where l.batch_id = b.id and not l.erased)
                returning id)
            update distributions d set description = null from nobodys where d.id = nobodys.id
            """;

    /** Whoever makes reversals of them holds their locks until those are committed. */
    private static final String ERASE_UNDOS = """
            update batch_undos set reason = null
            where state = 'UNDOING' and tenant_id = $1 and requested_by = $2 and reason is not null returning batch_id
            """;

    /** What a decider has said of what waited for approval. */
    private static final String ERASE_NOTES = """
            with noted as (
                select d.id from distributions d
                where d.decision_reason is not null
                  and d.id in (select v.distribution_id from approval_log v where v.tenant_id = $1 and v.voter = $2)
                order by d.id limit $3 for update of d)
            update distributions d set decision_reason = null from noted where d.id = noted.id returning d.id
            """;

    /** What the member asked for, what was asked for the member, and what the member has said of either. */
    private static final String ERASE_WISHES = """
            with said as (
                select id from wishes
                where tenant_id = $1 and asked_by = $2 and (note is not null or decision_reason is not null)
                union select id from wishes
                where tenant_id = $1 and to_user_id = $2 and (note is not null or decision_reason is not null)
                union select id from wishes where tenant_id = $1 and decided_by = $2 and decision_reason is not null
                order by id limit $3),
            locked as (select w.id from wishes w join said using (id) order by w.id for update of w)
            update wishes w set decision_reason = null,
                   note = case when w.asked_by = $2 or w.to_user_id = $2 then null else w.note end
            from locked where w.id = locked.id returning w.id
            """;

    /** Why the member may give more in a month, and why others may whom the member has let. */
    private static final String ERASE_BOOSTS = """
            with said as (
                select id from boosts where tenant_id = $1 and user_id = $2 and note is not null
                union select id from boosts where tenant_id = $1 and boosted_by = $2 and note is not null
                order by id limit $3),
            locked as (select b.id from boosts b join said using (id) order by b.id for update of b)
            update boosts b set note = null from locked where b.id = locked.id returning b.id
            """;

    /** What was said of what was to be taken back: whoever decided takes their own words along, those whom it is about all of them. */
    private static final String ERASE_UNDO_PROPOSALS = """
            with spoken as (
                select p.id, p.requested_by = $2 or d.id is not null as is_theirs
                from undo_proposals p
                left join distributions d on d.id = p.distribution_id and $2 in (d.from_user_id, d.to_user_id)
                where p.tenant_id = $1 and (p.reason is not null or p.decision_reason is not null)
                  and (p.requested_by = $2 or d.id is not null or p.decided_by = $2 and p.decision_reason is not null)
                order by p.id limit $3 for update of p)
            update undo_proposals p set reason = case when spoken.is_theirs then null else p.reason end, decision_reason = null
            from spoken where p.id = spoken.id returning p.id
            """;

    /** The system's own words stay: those are marked, or, if older than the mark, known by what they say. */
    private static final String SAID = """
            with seen as (
                select id, description is not null and not system_text
                           and not (kind = 'return' and description = '%s') as speaks,
                       decision_reason is not null as is_noted
                from distributions where tenant_id = $1 and %s = $2 and id > $3 order by id limit $4),
            spoken as (
                select d.id from distributions d join seen on seen.id = d.id where seen.speaks or seen.is_noted
                order by d.id for update of d),
            erased as (
                update distributions d
                set description = case when seen.speaks then null else d.description end, decision_reason = null
                from spoken join seen on seen.id = spoken.id where d.id = spoken.id returning d.id),
            recognised as (
                update recognitions r set message = null, value_name = null from seen
                where r.distribution_id = seen.id and (r.message is not null or r.value_name is not null) returning r.distribution_id)
            select (select count(*) from seen) as seen, (select id from seen order by id desc limit 1) as last,
                   (select count(*) from erased) + (select count(*) from recognised) as erased
            """;

    private static final String PROGRESS = "select %s as upto from erasures where tenant_id = $1 and user_id = $2";

    private static final String KEEP_PROGRESS = """
            insert into erasures as e (tenant_id, user_id, %1$s) values ($1, $2, $3)
            on conflict (tenant_id, user_id) do update set %1$s = greatest(e.%1$s, excluded.%1$s),
                   erased_at = case when $4 then null else e.erased_at end
            """;

    /** Anything erased after the last published erasure makes another one, which is published too. */
    private static final String UNTOLD = "update erasures set erased_at = null where tenant_id = $1 and user_id = $2";

    /** What the member has to do with a distribution: gave it, received it, or had a budget returned or an award reversed, whosever it was. */
    enum Side {
        GIVEN("from_user_id", "given_to"),
        RECEIVED("to_user_id", "received_to"),
        RETURNED("kind = 'return' and requested_by", "returned_to"),
        REVERSED("kind = 'reversal' and requested_by", "reversed_to");

        private final String said;
        private final String progress;
        private final String keepProgress;

        Side(String person, String upTo) {
            said = SAID.formatted(BudgetReturns.WHY, person);
            progress = PROGRESS.formatted(upTo);
            keepProgress = KEEP_PROGRESS.formatted(upTo);
        }
    }

    /**
     * What a slice has come to.
     *
     * @param upTo where the next slice begins; null if there is none
     * @param erased how many texts it has taken away
     */
    record Slice(@Nullable UUID upTo, long erased) {}

    /** Where the first slice begins. */
    Uni<UUID> begin(Tx tx, Side side, UUID tenantId, UUID userId) {
        return tx.query(side.progress, tenantId, userId)
                .map(rows ->
                        rows.rowCount() == 0 ? null : rows.iterator().next().getUUID("upto"))
                .map(upTo -> upTo == null ? FIRST : upTo);
    }

    /** Takes away what was said with the next distributions on this side of the member. */
    Uni<Slice> ofDistributions(Tx tx, Side side, UUID tenantId, UUID userId, UUID after, Instant now) {
        return tx.query(side.said, tenantId, userId, after, DISTRIBUTIONS_AT_A_TIME)
                .map(rows -> rows.iterator().next())
                .chain(row -> {
                    var last = row.getUUID("last");
                    long erased = row.getLong("erased");
                    var more = row.getLong("seen") == DISTRIBUTIONS_AT_A_TIME;
                    return last == null
                            ? Uni.createFrom().item(new Slice(null, 0))
                            : keep(tx, side, tenantId, userId, settled(last, now), erased > 0)
                                    .replaceWith(new Slice(more ? last : null, erased));
                });
    }

    private static Uni<?> keep(Tx tx, Side side, UUID tenantId, UUID userId, UUID upTo, boolean erased) {
        return tx.query(side.keepProgress, tenantId, userId, upTo, erased);
    }

    /** The id itself, or one as old as what can be relied on. */
    private static UUID settled(UUID last, Instant now) {
        var limit = new UUID(now.minus(UNSETTLED).toEpochMilli() << 16, 0);
        return last.toString().compareTo(limit.toString()) < 0 ? last : limit;
    }

    /** Takes the reason away that the member gave for undos of batches that are under way. */
    Uni<Void> ofUndos(Tx tx, UUID tenantId, UUID userId) {
        return tx.query(ERASE_UNDOS, tenantId, userId)
                .chain(rows -> rows.rowCount() == 0
                        ? Uni.createFrom().voidItem()
                        : tx.query(UNTOLD, tenantId, userId).replaceWithVoid());
    }

    /** Takes some of what the member said away when they decided about what waited for approval; false if nothing is left. */
    Uni<Boolean> ofDecisions(Tx tx, UUID tenantId, UUID userId) {
        return tx.query(ERASE_NOTES, tenantId, userId, LINES_AT_A_TIME)
                .chain(rows -> rows.rowCount() == 0
                        ? Uni.createFrom().item(false)
                        : tx.query(UNTOLD, tenantId, userId).replaceWith(rows.rowCount() == LINES_AT_A_TIME));
    }

    /** Takes some of what was said with wishes away; false if nothing is left. */
    Uni<Boolean> ofWishes(Tx tx, UUID tenantId, UUID userId) {
        return tx.query(ERASE_WISHES, tenantId, userId, LINES_AT_A_TIME)
                .chain(rows -> rows.rowCount() == 0
                        ? Uni.createFrom().item(false)
                        : tx.query(UNTOLD, tenantId, userId).replaceWith(rows.rowCount() == LINES_AT_A_TIME));
    }

    /** Takes some of what was said with boosts away; false if nothing is left. */
    Uni<Boolean> ofBoosts(Tx tx, UUID tenantId, UUID userId) {
        return tx.query(ERASE_BOOSTS, tenantId, userId, LINES_AT_A_TIME)
                .chain(rows -> rows.rowCount() == 0
                        ? Uni.createFrom().item(false)
                        : tx.query(UNTOLD, tenantId, userId).replaceWith(rows.rowCount() == LINES_AT_A_TIME));
    }

    /** Takes some of what was said away of what was to be taken back; false if nothing is left. */
    Uni<Boolean> ofUndoProposals(Tx tx, UUID tenantId, UUID userId) {
        return tx.query(ERASE_UNDO_PROPOSALS, tenantId, userId, LINES_AT_A_TIME)
                .chain(rows -> rows.rowCount() == 0
                        ? Uni.createFrom().item(false)
                        : tx.query(UNTOLD, tenantId, userId).replaceWith(rows.rowCount() == LINES_AT_A_TIME));
    }

    /** Takes the words of one batch away that the member asked for; false if there is none left. */
    Uni<Boolean> ofWrittenBatch(Tx tx, UUID tenantId, UUID userId) {
        return tx.query(WRITTEN_BATCH, tenantId, userId).chain(rows -> {
            if (rows.rowCount() == 0) {
                return Uni.createFrom().item(false);
            }
            var batch = rows.iterator().next().getUUID("id");
            return lock(tx, List.of(batch))
                    .chain(() -> tx.query(ERASE_LINES_OF_BATCH, batch))
                    .chain(() -> tx.query(ERASE_BATCH, batch))
                    .chain(() -> tx.query(UNTOLD, tenantId, userId))
                    .replaceWith(true);
        });
    }

    /** Takes the words of some lines away by which the member was to receive something; false if none are left. */
    Uni<Boolean> ofReceivedLines(Tx tx, UUID tenantId, UUID userId) {
        return tx.query(RECEIVED_LINES, tenantId, userId, LINES_AT_A_TIME).chain(rows -> {
            if (rows.rowCount() == 0) {
                return Uni.createFrom().item(false);
            }
            var batches = List.copyOf(new TreeSet<>(column(rows, "batch_id")));
            return lock(tx, batches)
                    .chain(() -> tx.query(ERASE_LINES, column(rows, "batch_id").toArray(UUID[]::new), lines(rows)))
                    .chain(() -> tx.query(ERASE_BATCHES_OF_NOBODY, (Object) batches.toArray(UUID[]::new)))
                    .chain(() -> tx.query(UNTOLD, tenantId, userId))
                    .replaceWith(rows.rowCount() == LINES_AT_A_TIME);
        });
    }

    private static Uni<?> lock(Tx tx, List<UUID> batches) {
        var ids = batches.toArray(UUID[]::new);
        return tx.query(LOCK_WHOLE, (Object) ids).chain(() -> tx.query(LOCK_BATCHES, (Object) ids));
    }

    private static List<UUID> column(RowSet<Row> rows, String name) {
        var values = new ArrayList<UUID>(rows.rowCount());
        rows.forEach(row -> values.add(row.getUUID(name)));
        return values;
    }

    private static Integer[] lines(RowSet<Row> rows) {
        var lines = new ArrayList<Integer>(rows.rowCount());
        rows.forEach(row -> lines.add(row.getInteger("line")));
        return lines.toArray(Integer[]::new);
    }
}
