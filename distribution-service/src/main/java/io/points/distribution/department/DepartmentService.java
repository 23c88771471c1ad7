package io.points.distribution.department;

import io.points.contract.Envelope;
import io.points.distribution.member.Directory;
import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
import io.points.platform.web.IfMatch;
import io.points.platform.web.problem.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes departments, and changes what they are and who gives from them. */
@ApplicationScoped
class DepartmentService {

    private static final String HAS_MEMBERS =
            "select exists (select from members where tenant_id = $1 and belongs_to = $2 and active) as has_members";

    private static final String MANAGERS = """
            select user_id, role = 'manager' and active as fits, gives_from @> array[$2::uuid] as gives from members
            where tenant_id = $1 and (user_id = any($3::uuid[]) or gives_from @> array[$2::uuid])
            order by user_id for update
            """;

    private static final String GIVE_FROM = """
            update members set gives_from = case when user_id = any($3::uuid[]) then array_append(coalesce(gives_from, '{}'), $2::uuid)
                                                 else nullif(array_remove(gives_from, $2::uuid), '{}') end
            where tenant_id = $1 and user_id = any($4::uuid[])
            """;

    private final Transactions transactions;
    private final Departments departments;
    private final Directory directory;
    private final ClosedDepartments closed;

    DepartmentService(
            Transactions transactions, Departments departments, Directory directory, ClosedDepartments closed) {
        this.transactions = transactions;
        this.departments = departments;
        this.directory = directory;
        this.closed = closed;
    }

    /**
     * What a department shall be.
     *
     * @param closed null: as it is; a new one is open
     * @param managers null: as they are; of a new one, nobody in particular
     */
    record Wish(
            String name,
            @Nullable UUID parentId,
            @Nullable Boolean closed,
            @Nullable List<UUID> managers) {}

    /**
     * Makes the department, or changes it. If it is so already, nothing is written or told, whatever {@code ifMatch} says: a request
     * that is repeated finds its own change.
     */
    Uni<Void> put(Department.Key key, Wish wish, IfMatch ifMatch, Envelope.Actor actor) {
        return transactions.write(
                tx -> departments.lockAll(tx, key.tenantId()).chain(all -> requireUnscoped(tx, key.tenantId(), actor)
                        .chain(() -> hasMembers(tx, key))
                        .chain(hasMembers -> {
                            var before = all.get(key.departmentId());
                            var after = after(key, before, wish);
                            DepartmentRules.fault(all, after, hasMembers).ifPresent(fault -> {
                                throw DepartmentProblems.of(fault).exception();
                            });
                            return changeManagers(tx, key, wish.managers()).chain(changed -> {
                                if (!changed && after.equals(revised(before, after))) {
                                    return Uni.createFrom().voidItem();
                                }
                                require(ifMatch, before);
                                var saved = save(tx, after, wish, actor);
                                boolean closes = after.closed() && (before == null || !before.closed());
                                return closes ? saved.chain(() -> closed.close(tx, key, actor)) : saved;
                            });
                        })));
    }

    private static void require(IfMatch ifMatch, @Nullable Department before) {
        var revision = before == null ? null : before.revision();
        if (!ifMatch.allows(revision)) {
            throw IfMatch.changedSince(revision).exception();
        }
    }

    private static Department after(Department.Key key, @Nullable Department before, Wish wish) {
        boolean closed = wish.closed() == null ? before != null && before.closed() : wish.closed();
        return new Department(key, wish.name(), wish.parentId(), before == null ? 1 : before.revision() + 1, closed);
    }

    /** As it was, at the revision that it would have. */
    private static @Nullable Department revised(@Nullable Department before, Department after) {
        return before == null
                ? null
                : new Department(before.key(), before.name(), before.parentId(), after.revision(), before.closed());
    }

    private Uni<Void> save(Tx tx, Department after, Wish wish, Envelope.Actor actor) {
        var managers = wish.managers() == null
                ? Map.<UUID, Collection<UUID>>of()
                : Map.<UUID, Collection<UUID>>of(after.id(), wish.managers());
        return departments.save(tx, List.of(after), managers, actor);
    }

    /** Whoever gives from some departments only does not change departments. */
    Uni<Void> requireUnscoped(Tx tx, UUID tenantId, Envelope.Actor actor) {
        var own = new Directory.Key(tenantId, UUID.fromString(actor.id()));
        return directory
                .look(tx, List.of(own))
                .invoke(found -> {
                    var member = found.get(own);
                    if (member != null && member.givesFrom() != null) {
                        throw DepartmentProblems.scoped().exception();
                    }
                })
                .replaceWithVoid();
    }

    private static Uni<Boolean> hasMembers(Tx tx, Department.Key key) {
        return tx.query(HAS_MEMBERS, key.tenantId(), key.departmentId())
                .map(rows -> rows.iterator().next().getBoolean("has_members"));
    }

    /** @return whether anybody gives from it who did not before, or the other way round */
    private static Uni<Boolean> changeManagers(Tx tx, Department.Key key, @Nullable List<UUID> wanted) {
        if (wanted == null) {
            return Uni.createFrom().item(false);
        }
        var managers = new TreeSet<>(wanted);
        var ids = managers.toArray(UUID[]::new);
        return tx.query(MANAGERS, key.tenantId(), key.departmentId(), ids).chain(rows -> {
            var fitting = new TreeSet<UUID>();
            var changed = new TreeSet<UUID>();
            rows.forEach(row -> {
                var user = row.getUUID("user_id");
                if (row.getBoolean("fits")) {
                    fitting.add(user);
                }
                if (managers.contains(user) != Boolean.TRUE.equals(row.getBoolean("gives"))) {
                    changed.add(user);
                }
            });
            if (!fitting.containsAll(managers)) {
                throw Problem.badRequest("manager_ids", "must be active managers of your tenant")
                        .exception();
            }
            return changed.isEmpty()
                    ? Uni.createFrom().item(false)
                    : tx.query(GIVE_FROM, key.tenantId(), key.departmentId(), ids, changed.toArray(UUID[]::new))
                            .replaceWith(true);
        });
    }
}
