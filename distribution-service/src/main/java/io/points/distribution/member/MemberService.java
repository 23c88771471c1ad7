package io.points.distribution.member;

import io.points.contract.Envelope;
import io.points.distribution.member.MemberRules.Wish;
import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
import io.points.platform.web.IfMatch;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.ProblemType;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Enrols or changes one member, if they still are what the caller has read. */
@ApplicationScoped
class MemberService {

    private static final String REVISION =
            "select revision from members where tenant_id = $1 and user_id = $2 for update";

    private static final String DEPARTMENT =
            "select closed from departments where tenant_id = $1 and department_id = $2 for share";

    private final Transactions transactions;
    private final Members members;

    MemberService(Transactions transactions, Members members) {
        this.transactions = transactions;
        this.members = members;
    }

    /** Enrols or changes; why not, if the member has another revision by now. */
    Uni<Optional<Problem>> put(UUID tenantId, UUID userId, Wish wish, IfMatch ifMatch, Envelope.Actor actor) {
        return save(tenantId, userId, wish, ifMatch, actor, true);
    }

    /** Changes; why not, if there is no such member, or if the member has another revision by now. */
    Uni<Optional<Problem>> patch(UUID tenantId, UUID userId, Wish wish, IfMatch ifMatch, Envelope.Actor actor) {
        return save(tenantId, userId, wish, ifMatch, actor, false);
    }

    private Uni<Optional<Problem>> save(
            UUID tenantId, UUID userId, Wish wish, IfMatch ifMatch, Envelope.Actor actor, boolean mayEnrol) {
        return transactions.write(tx -> members.enrolFirst(tx, tenantId, actor)
                .chain(() -> requireDepartment(tx, tenantId, wish.department()))
                .chain(() -> revision(tx, tenantId, userId))
                .map(revision -> refusal(revision.orElse(null), ifMatch, mayEnrol))
                .call(refusal -> refusal.isPresent()
                        ? Uni.createFrom().voidItem()
                        : members.put(tx, tenantId, Map.of(userId, wish), actor)));
    }

    private static Optional<Problem> refusal(@Nullable Long revision, IfMatch ifMatch, boolean mayEnrol) {
        if (revision == null && !mayEnrol) {
            return Optional.of(Problem.notFound("member"));
        }
        return ifMatch.allows(revision) ? Optional.empty() : Optional.of(IfMatch.changedSince(revision));
    }

    /** The department stays open until the commit. It is locked before the member, as whoever changes departments does. */
    private static Uni<Void> requireDepartment(Tx tx, UUID tenantId, IdUpdate department) {
        if (department.id() == null) {
            return Uni.createFrom().voidItem();
        }
        return tx.query(DEPARTMENT, tenantId, department.id())
                .invoke(rows -> {
                    if (rows.rowCount() == 0) {
                        throw Problem.notFound("department")
                                .withError("department_id", "is not a department of your tenant")
                                .exception();
                    }
                    if (rows.iterator().next().getBoolean("closed")) {
                        throw Problem.of(
                                        409,
                                        ProblemType.DEPARTMENT_CLOSED.slug(),
                                        "The department is closed",
                                        "Nobody new belongs to a closed department; nothing was changed.")
                                .withError("department_id", "is a closed department")
                                .exception();
                    }
                })
                .replaceWithVoid();
    }

    /** The member stays as they are until the commit. */
    private static Uni<Optional<Long>> revision(Tx tx, UUID tenantId, UUID userId) {
        return tx.query(REVISION, tenantId, userId)
                .map(rows -> rows.rowCount() == 0
                        ? Optional.empty()
                        : Optional.of(rows.iterator().next().getLong("revision")));
    }
}
