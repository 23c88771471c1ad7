package io.points.distribution.saga;

import io.points.contract.DistributionKind;
import io.points.contract.Envelope;
import io.points.contract.PointsSource;
import io.points.contract.RefusalReason;
import io.points.distribution.feed.FeedItem;
import io.points.distribution.member.Directory;
import io.points.distribution.member.MemberRole;
import io.points.distribution.recognition.Visibility;
import io.points.distribution.wallet.Wallet;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One movement of points between the pool and a wallet, or between two wallets.
 *
 * @param createdAt when it was requested
 * @param source where the points come from; of a reversal or a lapse, where they go back to
 * @param reason why it was not completed, or null
 * @param fromUserId the giver; for a return, the owner of the budget; for a reversal, whoever had the award; for a lapse, whoever
 *     had the points
 * @param toUserId the receiver; null for what goes back to the pool, and for a batch, which has many receivers
 * @param amount 1 … 10^12 points
 * @param actor who requested it
 * @param debitId the batch under whose id the pool was debited; null if it is debited under this one's own. Of a reversal, the debit
 *     that the points left the pool by, if it was one
 * @param attempts how often the pending command was retried
 * @param judged what the tenant's rules said of it; null if there were none
 * @param departmentId the department out of whose envelope the pool is debited; null: out of none
 * @param toDepartmentId the department into whose envelope the points go; null: into none
 */
public record Distribution(
        UUID id,
        Instant createdAt,
        UUID tenantId,
        DistributionKind kind,
        PointsSource source,
        State state,
        @Nullable RefusalReason reason,
        UUID fromUserId,
        @Nullable UUID toUserId,
        long amount,
        DistributionText text,
        Envelope.Actor actor,
        @Nullable UUID debitId,
        int attempts,
        @Nullable Judged judged,
        @Nullable UUID departmentId,
        @Nullable UUID toDepartmentId) {

    /** A new distribution. {@code toUserId} is null for a return, a batch or a transfer. */
    public static Distribution first(
            UUID id,
            Instant createdAt,
            UUID tenantId,
            DistributionKind kind,
            PointsSource source,
            UUID fromUserId,
            @Nullable UUID toUserId,
            long amount,
            DistributionText text,
            Envelope.Actor actor,
            @Nullable UUID debitId) {
        var state = Saga.first(kind, source, debitId != null);
        return new Distribution(
                id,
                createdAt,
                tenantId,
                kind,
                source,
                state,
                null,
                fromUserId,
                toUserId,
                amount,
                text,
                actor,
                debitId,
                0,
                null,
                null,
                null);
    }

    /** The same request, before it has begun, out of something else. */
    public Distribution outOf(PointsSource other) {
        return first(id, createdAt, tenantId, kind, other, fromUserId, toUserId, amount, text, actor, debitId);
    }

    /**
     * The same, between departments' envelopes.
     *
     * @param from out of whose envelope; null: out of none
     * @param to into whose envelope; null: into none
     */
    public Distribution between(@Nullable UUID from, @Nullable UUID to) {
        return new Distribution(
                id,
                createdAt,
                tenantId,
                kind,
                source,
                state,
                reason,
                fromUserId,
                toUserId,
                amount,
                text,
                actor,
                debitId,
                attempts,
                judged,
                from,
                to);
    }

    /**
     * The same, as the tenant's rules let it pass. If they want it approved, it waits once its points have left the pool or the
     * budget.
     */
    public Distribution judged(@Nullable Judged how) {
        var waits = how != null && how.approval() != null && state == State.COMPLETED && debitId == null;
        return new Distribution(
                id,
                createdAt,
                tenantId,
                kind,
                source,
                waits ? State.HELD : state,
                reason,
                fromUserId,
                toUserId,
                amount,
                text,
                actor,
                debitId,
                attempts,
                how,
                departmentId,
                toDepartmentId);
    }

    /** What it needs before it is given; null if nothing. */
    public @Nullable Approval approval() {
        return judged == null ? null : judged.approval();
    }

    /** The same, refused immediately. */
    public Distribution rejected(RefusalReason why) {
        return with(createdAt, State.REJECTED, why, actor, 0);
    }

    /** The same after a step of its saga. */
    Distribution after(Saga.Step step) {
        return with(createdAt, step.to(), step.reason(), actor, step.to() == state ? attempts + 1 : 0);
    }

    /** The same, with the system as the actor, within the trace of the original request. */
    Distribution bySystem() {
        return with(createdAt, state, reason, new Envelope.Actor(null, null, actor.traceparent()), attempts);
    }

    /** The same, with another actor. */
    Distribution by(Envelope.Actor whoever) {
        return with(createdAt, state, reason, whoever, attempts);
    }

    /** The same, created at another time. */
    Distribution at(Instant time) {
        return with(time, state, reason, actor, attempts);
    }

    private Distribution with(Instant time, State next, @Nullable RefusalReason why, Envelope.Actor by, int repeated) {
        return new Distribution(
                id,
                time,
                tenantId,
                kind,
                source,
                next,
                why,
                fromUserId,
                toUserId,
                amount,
                text,
                by,
                debitId,
                repeated,
                judged,
                departmentId,
                toDepartmentId);
    }

    /** Who requested it. */
    public UUID requestedBy() {
        return UUID.fromString(actor.id());
    }

    /** The receiver. Not for a return or a batch. */
    public Directory.Key receiver() {
        return new Directory.Key(tenantId, receiverId());
    }

    /** The role that the receiver must have. */
    public MemberRole requiredRole() {
        return kind == DistributionKind.DELEGATION ? MemberRole.LEAD : MemberRole.EMPLOYEE;
    }

    /** The wallet that is credited when it completes. Not for a return or a batch. */
    public Wallet.Key creditedWallet() {
        return kind == DistributionKind.DELEGATION
                ? Wallet.Key.budget(tenantId, receiverId())
                : Wallet.Key.earned(tenantId, receiverId());
    }

    /** The wallet that is debited, if the points come from one. */
    public Wallet.Key debitedWallet() {
        return Wallet.Key.budget(tenantId, fromUserId);
    }

    FeedItem feedItem(UUID eventId) {
        var kindOfItem =
                switch (kind) {
                    case DELEGATION -> FeedItem.Kind.DELEGATION;
                    case RETURN -> FeedItem.Kind.RETURN;
                    case BATCH ->
                        throw new IllegalStateException("Only the awards of batch " + id + " appear in the feed");
                    case REVERSAL ->
                        throw new IllegalStateException("Only its award says what reversal " + id + " shows");
                    case LAPSE -> throw new IllegalStateException("Lapse " + id + " appears in no feed");
                    case TRANSFER -> throw new IllegalStateException("Transfer " + id + " appears in no feed");
                    case AWARD -> text.isRecognition() ? FeedItem.Kind.RECOGNITION : FeedItem.Kind.AWARD;
                };
        var audience = text.visibility() == Visibility.PUBLIC ? FeedItem.Audience.TENANT : FeedItem.Audience.INVOLVED;
        return new FeedItem(tenantId, kindOfItem, audience, fromUserId, toUserId, amount, id, eventId);
    }

    private UUID receiverId() {
        if (toUserId == null) {
            throw new IllegalStateException("Distribution " + id + " has no single receiver");
        }
        return toUserId;
    }
}
