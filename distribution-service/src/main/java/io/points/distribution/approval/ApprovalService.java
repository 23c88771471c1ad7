package io.points.distribution.approval;

import io.points.contract.DistributionKind;
import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.contract.RefusalReason;
import io.points.contract.WalletEvent.ApprovalGiven;
import io.points.distribution.approval.ApprovalRules.Approved;
import io.points.distribution.approval.ApprovalRules.Decision;
import io.points.distribution.approval.ApprovalRules.GoesBack;
import io.points.distribution.approval.ApprovalRules.Vote;
import io.points.distribution.approval.ApprovalRules.Wish;
import io.points.distribution.member.Directory;
import io.points.distribution.pool.PoolProjection;
import io.points.distribution.saga.Distribution;
import io.points.distribution.saga.Distributions;
import io.points.distribution.saga.Holds;
import io.points.platform.outbox.Tx;
import io.points.platform.time.BusinessTime;
import io.points.platform.web.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Decides about what waits for approval. The distribution's row is locked first, so that of two decisions the second finds the first;
 * the vote, the end of the wait and what follows from it are one transaction.
 */
@ApplicationScoped
class ApprovalService {

    private final Distributions distributions;
    private final Approvals approvals;
    private final Holds holds;
    private final Directory directory;
    private final PoolProjection pools;

    ApprovalService(
            Distributions distributions, Approvals approvals, Holds holds, Directory directory, PoolProjection pools) {
        this.distributions = distributions;
        this.approvals = approvals;
        this.holds = holds;
        this.directory = directory;
        this.pools = pools;
    }

    /**
     * Who decides.
     *
     * @param isManager others see only what they have asked for themselves
     */
    record Decider(UUID tenantId, UUID id, boolean isManager, Envelope.Actor actor) {}

    /**
     * @param reason why it is rejected
     * @return what has become of it; fails with a problem if it cannot be decided so
     */
    Uni<ApprovalView> decide(Tx tx, UUID id, Wish wish, @Nullable String reason, Decider by) {
        return distributions
                .lock(tx, List.of(id))
                .map(found -> visible(found, by))
                .chain(asked -> look(tx, asked, wish, by).chain(decision -> {
                    var refused = ApprovalProblems.of(decision);
                    if (refused != null) {
                        throw refused.exception();
                    }
                    return carryOut(tx, asked, decision, by)
                            .chain(() -> decision instanceof ApprovalRules.Unchanged
                                    ? Uni.createFrom().voidItem()
                                    : approvals.keepReason(tx, id, reason))
                            .chain(() -> view(tx, id, by));
                }));
    }

    private static Distribution visible(List<Distribution> found, Decider by) {
        return found.stream()
                .filter(it -> it.tenantId().equals(by.tenantId()))
                .filter(it -> by.isManager() || it.requestedBy().equals(by.id()))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("distribution").exception());
    }

    /** What the rules say of it, with all that they go by. */
    private Uni<Decision> look(Tx tx, Distribution asked, Wish wish, Decider by) {
        var receives = asked.kind() == DistributionKind.BATCH
                ? approvals.receives(tx, asked.id(), by.id())
                : Uni.createFrom().item(by.id().equals(asked.toUserId()));
        return approvals
                .votes(tx, List.of(asked.id()))
                .chain(votes -> receives.chain(gets -> approvals
                        .find(tx, asked.tenantId(), asked.id())
                        .map(row -> ApprovalRules.decide(
                                asked,
                                row.getOffsetDateTime("updated_at").toInstant(),
                                Approvals.time(row, "held_until"),
                                votes.getOrDefault(asked.id(), List.of()),
                                wish,
                                by.id(),
                                gets,
                                BusinessTime.now()))));
    }

    private Uni<Void> carryOut(Tx tx, Distribution asked, Decision decision, Decider by) {
        if (decision instanceof Approved approved) {
            return mayDecide(tx, by).chain(() -> mayGive(tx, asked)).chain(() -> approve(tx, asked, approved, by));
        }
        if (decision instanceof GoesBack back) {
            var may = back.why() == RefusalReason.WITHDRAWN ? Uni.createFrom().voidItem() : mayDecide(tx, by);
            return may.chain(() -> back.level() == null
                            ? Uni.createFrom().voidItem()
                            : vote(tx, asked, back.level(), false, by, Ids.derive(asked.id(), "DistributionReleased")))
                    .chain(() -> holds.giveBack(tx, List.of(asked), back.why(), by.actor()));
        }
        return Uni.createFrom().voidItem();
    }

    private Uni<Void> approve(Tx tx, Distribution asked, Approved approved, Decider by) {
        var event = Ids.derive(asked.id(), "ApprovalGiven/" + approved.level());
        return vote(tx, asked, approved.level(), true, by, event)
                .invoke(() -> tx.send(
                        event,
                        new ApprovalGiven(asked.id(), asked.tenantId(), approved.level()),
                        BusinessTime.now(),
                        by.actor()))
                .chain(() -> approved.isLast()
                        ? holds.approve(tx, asked, by.actor())
                        : Uni.createFrom().voidItem());
    }

    private Uni<Void> vote(Tx tx, Distribution asked, int level, boolean approved, Decider by, UUID event) {
        Instant now = BusinessTime.now();
        return approvals.vote(tx, asked.tenantId(), asked.id(), new Vote(by.id(), level, approved, now), event);
    }

    /** Who is not in the directory may: it is the token that says who is a manager. */
    Uni<Void> mayDecide(Tx tx, Decider by) {
        var key = new Directory.Key(by.tenantId(), by.id());
        return directory
                .look(tx, List.of(key))
                .invoke(found -> {
                    var member = found.get(key);
                    if (member != null && !member.active()) {
                        throw ApprovalProblems.inactive().exception();
                    }
                })
                .replaceWithVoid();
    }

    private Uni<Void> mayGive(Tx tx, Distribution asked) {
        return pools.refusal(tx, asked.tenantId())
                .invoke(refusal -> refusal.ifPresent(reason -> {
                    throw ApprovalProblems.ofTenant(reason).exception();
                }))
                .replaceWithVoid();
    }

    /** Fails with a 404 problem if there is none, or it is none of the viewer's business. */
    Uni<ApprovalView> view(Tx tx, UUID id, Decider viewer) {
        return approvals.find(tx, viewer.tenantId(), id).chain(row -> {
            if (row == null
                    || row.getInteger("approval_levels") == null
                    || !viewer.isManager() && !row.getUUID("requested_by").equals(viewer.id())) {
                throw Problem.notFound("approval").exception();
            }
            return approvals
                    .votes(tx, List.of(id))
                    .map(votes -> ApprovalView.of(row, votes.getOrDefault(id, List.of()), viewer.id()));
        });
    }

    /** Newest first. */
    Uni<List<ApprovalView>> page(Tx tx, boolean open, @Nullable UUID askedBy, UUID before, int most, Decider viewer) {
        return approvals
                .page(tx, viewer.tenantId(), open, askedBy, before, most)
                .chain(rows -> approvals
                        .votes(tx, rows.stream().map(row -> row.getUUID("id")).toList())
                        .map(votes -> rows.stream()
                                .map(row -> ApprovalView.of(row, votes.getOrDefault(id(row), List.of()), viewer.id()))
                                .toList()));
    }

    private static UUID id(Row row) {
        return row.getUUID("id");
    }
}
