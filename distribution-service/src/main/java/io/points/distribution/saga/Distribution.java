package io.points.distribution.saga;

import io.points.contract.DistributionKind;
import io.points.contract.Envelope;
import io.points.contract.PointsSource;
import io.points.contract.RefusalReason;
import io.points.distribution.feed.FeedItem;
import io.points.distribution.member.Directory;
import io.points.distribution.member.MemberRole;
import io.points.distribution.wallet.Wallet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One movement of points between the pool and a wallet, or between two wallets.
 *
 * @param source where the points come from
 * @param reason why it did not happen, or null
 * @param fromUserId who gives; of a return, whose budget it is
 * @param toUserId who receives; null for a return, which goes to the pool, and for a batch, which goes to many
 * @param amount 1 … 10^12 points
 * @param tone whether it is a recognition, and for whom
 * @param cause who asked for it
 * @param debitId the batch under whose id the pool was debited; null if it is debited under this one's own
 */
record Distribution(
        UUID id,
        UUID tenantId,
        DistributionKind kind,
        PointsSource source,
        State state,
        @Nullable RefusalReason reason,
        UUID fromUserId,
        @Nullable UUID toUserId,
        long amount,
        Tone tone,
        Envelope.Cause cause,
        @Nullable UUID debitId) {

    /** Whether something was said with the award, and who may hear it. */
    enum Tone {
        PLAIN,
        PRIVATE_RECOGNITION,
        PUBLIC_RECOGNITION
    }

    Distribution in(State next, @Nullable RefusalReason why) {
        return with(next, why, cause);
    }

    /** The same, where nobody asked: the system acts on its own, within the trace of whoever asked first. */
    Distribution bySystem() {
        return with(state, reason, new Envelope.Cause(null, null, cause.traceparent()));
    }

    private Distribution with(State next, @Nullable RefusalReason why, Envelope.Cause by) {
        return new Distribution(id, tenantId, kind, source, next, why, fromUserId, toUserId, amount, tone, by, debitId);
    }

    /** Who receives it. Not for a return or a batch. */
    Directory.Key receiver() {
        return new Directory.Key(tenantId, receiverId());
    }

    /** The role that the receiver must have. */
    MemberRole requiredRole() {
        return kind == DistributionKind.DELEGATION ? MemberRole.LEAD : MemberRole.EMPLOYEE;
    }

    /** The wallet that is credited when it completes. Not for a return or a batch. */
    Wallet.Key creditedWallet() {
        return creditedWallet(receiverId());
    }

    /** The wallet of one of its receivers. */
    Wallet.Key creditedWallet(UUID receiver) {
        return kind == DistributionKind.DELEGATION
                ? Wallet.Key.budget(tenantId, receiver)
                : Wallet.Key.earned(tenantId, receiver);
    }

    /** The wallet that is debited, if the points come from one. */
    Wallet.Key debitedWallet() {
        return Wallet.Key.budget(tenantId, fromUserId);
    }

    FeedItem feedItem(UUID eventId) {
        var kindOfItem =
                switch (kind) {
                    case DELEGATION -> FeedItem.Kind.DELEGATION;
                    case RETURN -> FeedItem.Kind.RETURN;
                    case BATCH -> throw new IllegalStateException("Only the awards of batch " + id + " are told");
                    case AWARD -> tone == Tone.PLAIN ? FeedItem.Kind.AWARD : FeedItem.Kind.RECOGNITION;
                };
        var audience = tone == Tone.PUBLIC_RECOGNITION ? FeedItem.Audience.TENANT : FeedItem.Audience.INVOLVED;
        return new FeedItem(tenantId, kindOfItem, audience, fromUserId, toUserId, amount, id, eventId);
    }

    private UUID receiverId() {
        if (toUserId == null) {
            throw new IllegalStateException("Distribution " + id + " goes to no single receiver");
        }
        return toUserId;
    }
}
