package io.points.distribution.member;

import io.points.contract.Envelope;
import io.points.distribution.member.MemberRules.Wish;
import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
import io.points.platform.web.IfMatch;
import io.points.platform.web.problem.Problem;
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

    /** The member stays as they are until the commit. */
    private static Uni<Optional<Long>> revision(Tx tx, UUID tenantId, UUID userId) {
        return tx.query(REVISION, tenantId, userId)
                .map(rows -> rows.rowCount() == 0
                        ? Optional.empty()
                        : Optional.of(rows.iterator().next().getLong("revision")));
    }
}
