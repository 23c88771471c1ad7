package io.points.distribution.member;

import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.contract.MemberEvent.MemberChanged;
import io.points.distribution.member.MemberRules.Entry;
import io.points.distribution.member.MemberRules.Wish;
import io.points.platform.background.Loop;
import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
import io.points.platform.persistence.Columns;
import io.points.platform.time.BusinessTime;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** Keeps the directory. Every change is published, with ids only; what changes nothing is neither written nor published. */
@ApplicationScoped
public class Members {

    private static final String FIND = """
            select user_id, role, active, display_name, email, belongs_to from members where tenant_id = $1 and user_id = any($2)
            """;

    private static final String LOCK = FIND + "order by user_id for update";

    private static final String NEW = """
            select $1::uuid, user_id, role, active, display_name, email, belongs_to, 1, $8::timestamptz, $8::timestamptz
            from unnest($2::uuid[], $3::text[], $4::boolean[], $5::text[], $6::text[], $7::uuid[])
                 as n (user_id, role, active, display_name, email, belongs_to)
            order by user_id
            """;

    /** Whoever was enrolled by somebody else at the same moment is not among those that it gives back. */
    private static final String ENROL = """
            insert into members (tenant_id, user_id, role, active, display_name, email, belongs_to, revision, enrolled_at,
                                 updated_at)
            """ + NEW + "on conflict do nothing returning user_id, revision";

    /** The tenant is joined too: as a constant it would be planned as one of few members, each compared with all that change. */
    private static final String CHANGE = """
            update members m set role = n.role, active = n.active, display_name = n.display_name, email = n.email,
                   belongs_to = n.belongs_to, revision = m.revision + 1, updated_at = $8::timestamptz
            from unnest(array_fill($1::uuid, array[cardinality($2::uuid[])]), $2::uuid[], $3::text[], $4::boolean[], $5::text[],
                        $6::text[], $7::uuid[])
                 as n (tenant_id, user_id, role, active, display_name, email, belongs_to)
            where m.tenant_id = n.tenant_id and m.user_id = n.user_id returning m.user_id, m.revision
            """;

    private final Transactions transactions;
    private final BudgetReturns budgets;

    Members(Transactions transactions, BudgetReturns budgets) {
        this.transactions = transactions;
        this.budgets = budgets;
    }

    /** What came of a request: how many members are new, how many are not what they were, and how many are. */
    record Counts(int enrolled, int changed, int unchanged) {
        Counts plus(Counts more) {
            return new Counts(enrolled + more.enrolled, changed + more.changed, unchanged + more.unchanged);
        }
    }

    /** Who is new and who is changed, and how they are to be. */
    private record Decided(SortedMap<UUID, Entry> enrolled, SortedMap<UUID, Entry> changed, Counts counts) {
        static Decided of(Map<UUID, Wish> wishes, Map<UUID, Entry> known) {
            var enrolled = new TreeMap<UUID, Entry>();
            var changed = new TreeMap<UUID, Entry>();
            wishes.forEach((user, wish) -> {
                var before = known.get(user);
                var after = MemberRules.after(before, wish);
                if (before == null) {
                    enrolled.put(user, after);
                } else if (!after.equals(before)) {
                    changed.put(user, after);
                }
            });
            var counts = new Counts(enrolled.size(), changed.size(), wishes.size() - enrolled.size() - changed.size());
            return new Decided(enrolled, changed, counts);
        }
    }

    /**
     * What an attempt has done.
     *
     * @param raced those whom somebody else enrolled meanwhile, and who are not counted
     */
    private record Written(Counts counts, Set<UUID> raced) {
        static Written of(Decided decided, Collection<UUID> enrolled) {
            var raced = new HashSet<>(decided.enrolled().keySet());
            raced.removeAll(enrolled);
            return new Written(decided.counts().plus(new Counts(-raced.size(), 0, 0)), raced);
        }
    }

    /** Enrols or changes members. Whoever stops being an active lead gives the budget back at once. */
    Uni<Counts> put(Tx tx, UUID tenantId, Map<UUID, Wish> wishes, Envelope.Actor actor) {
        var now = BusinessTime.now();
        return enrolFirst(tx, tenantId, actor, now).chain(() -> write(tx, tenantId, wishes, actor, now));
    }

    /**
     * Puts members into departments, which whoever calls has locked. Those who belong there already stay as they are.
     *
     * @param departments of each member who is to be moved; all of them exist
     */
    public Uni<Void> moveTo(Tx tx, UUID tenantId, Map<UUID, UUID> departments, Envelope.Actor actor) {
        var wishes = new HashMap<UUID, Wish>();
        departments.forEach((user, department) -> wishes.put(user, Wish.of(department)));
        return write(tx, tenantId, wishes, actor, BusinessTime.now()).replaceWithVoid();
    }

    /** What {@link #put} would do at this moment. Writes nothing. */
    Uni<Counts> check(UUID tenantId, Map<UUID, Wish> wishes) {
        return transactions.write(tx -> find(tx, FIND, tenantId, wishes.keySet())
                .map(known -> Decided.of(wishes, known).counts()));
    }

    /** The first manager of a tenant is enrolled from the token. */
    Uni<Void> enrolFirst(UUID tenantId, Envelope.Actor actor) {
        return transactions.write(tx -> enrolFirst(tx, tenantId, actor));
    }

    /** As above, within a transaction. */
    Uni<Void> enrolFirst(Tx tx, UUID tenantId, Envelope.Actor actor) {
        return enrolFirst(tx, tenantId, actor, BusinessTime.now());
    }

    private Uni<Void> enrolFirst(Tx tx, UUID tenantId, Envelope.Actor actor, Instant now) {
        var caller = UUID.fromString(actor.id());
        return tx.query("select 1 from members where tenant_id = $1 limit 1", tenantId)
                .chain(rows -> rows.rowCount() > 0
                        ? Uni.createFrom().voidItem()
                        : write(tx, tenantId, Map.of(caller, Wish.of(MemberRole.MANAGER)), actor, now)
                                .replaceWithVoid());
    }

    /** Whoever was enrolled by somebody else at the same moment is there the next time, and is changed like all others. */
    private Uni<Counts> write(Tx tx, UUID tenantId, Map<UUID, Wish> wishes, Envelope.Actor actor, Instant now) {
        var left = new HashMap<>(wishes);
        var counts = new AtomicReference<>(new Counts(0, 0, 0));
        return Loop.run(() -> writeOnce(tx, tenantId, left, actor, now).map(written -> {
                    counts.updateAndGet(written.counts()::plus);
                    left.keySet().retainAll(written.raced());
                    return !left.isEmpty();
                }))
                .map(done -> counts.get());
    }

    private Uni<Written> writeOnce(Tx tx, UUID tenantId, Map<UUID, Wish> wishes, Envelope.Actor actor, Instant now) {
        return find(tx, LOCK, tenantId, wishes.keySet()).chain(known -> {
            var decided = Decided.of(wishes, known);
            return save(tx, ENROL, tenantId, decided.enrolled(), actor, now)
                    .chain(enrolled -> save(tx, CHANGE, tenantId, decided.changed(), actor, now)
                            .chain(() -> returnBudgets(tx, tenantId, known, decided.changed(), actor))
                            .replaceWith(() -> Written.of(decided, enrolled)));
        });
    }

    private Uni<Void> returnBudgets(
            Tx tx, UUID tenantId, Map<UUID, Entry> before, Map<UUID, Entry> after, Envelope.Actor actor) {
        var noLongerLeads = after.entrySet().stream()
                .filter(it -> before.get(it.getKey()).isLead() && !it.getValue().isLead())
                .map(Map.Entry::getKey)
                .toList();
        return noLongerLeads.isEmpty()
                ? Uni.createFrom().voidItem()
                : budgets.returnAll(tx, tenantId, noLongerLeads, BudgetReturns.WHY, actor)
                        .replaceWithVoid();
    }

    private static Uni<Map<UUID, Entry>> find(Tx tx, String sql, UUID tenantId, Collection<UUID> users) {
        return tx.query(sql, tenantId, users.toArray(UUID[]::new)).map(rows -> {
            var known = new HashMap<UUID, Entry>();
            rows.forEach(row -> known.put(row.getUUID("user_id"), entry(row)));
            return known;
        });
    }

    private static Entry entry(Row row) {
        return new Entry(
                MemberRole.of(row.getString("role")),
                row.getBoolean("active"),
                row.getString("display_name"),
                row.getString("email"),
                row.getUUID("belongs_to"));
    }

    /** Writes members and publishes their events; returns those that were written. */
    private static Uni<Collection<UUID>> save(
            Tx tx, String sql, UUID tenantId, SortedMap<UUID, Entry> members, Envelope.Actor actor, Instant now) {
        if (members.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        var entries = members.values();
        return tx.query(
                        sql,
                        tenantId,
                        members.keySet().toArray(UUID[]::new),
                        Columns.texts(entries, it -> it.role().word()),
                        Columns.booleans(entries, Entry::active),
                        Columns.texts(entries, Entry::displayName),
                        Columns.texts(entries, Entry::email),
                        Columns.uuids(entries, Entry::departmentId),
                        now.atOffset(ZoneOffset.UTC))
                .map(rows -> told(tx, rows, tenantId, members, actor, now));
    }

    private static Collection<UUID> told(
            Tx tx, RowSet<Row> rows, UUID tenantId, Map<UUID, Entry> members, Envelope.Actor actor, Instant now) {
        var written = new ArrayList<UUID>(rows.rowCount());
        for (var row : rows) {
            var user = row.getUUID("user_id");
            var member = members.get(user);
            tx.send(
                    Ids.next(now),
                    new MemberChanged(
                            tenantId,
                            user,
                            member.role().word(),
                            member.active(),
                            row.getLong("revision"),
                            member.departmentId()),
                    now,
                    actor);
            written.add(user);
        }
        return written;
    }
}
