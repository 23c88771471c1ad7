package io.points.distribution.saga;

import io.points.contract.DistributionKind;
import io.points.contract.Message;
import io.points.contract.PoolCommand;
import io.points.contract.RefusalReason;
import io.points.contract.ReturnOrigin;
import io.points.contract.WalletEvent;
import io.points.distribution.wallet.Wallet;
import io.points.distribution.wallet.WalletEntry;
import io.points.ledger.dates.Lots;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The commands and events that the {@link Saga} publishes, built from a distribution and its movements. Plain Java. */
final class SagaMessages {

    private SagaMessages() {}

    /**
     * The movements with which a state was reached.
     *
     * @param debited the budget after the debit
     * @param credited the receiver's wallet after the credit
     * @param awards of a batch that has completed
     * @param refunded points refunded to the pool
     * @param lots what of the points is dated, where they were credited; of what goes back to the pool, in the budget that they come of
     * @param reversal the award that was taken back, if one was
     * @param lapse what has lapsed, if something has
     * @param heldUntil when they go back, if they wait for approval
     */
    record Moved(
            @Nullable Wallet debited,
            @Nullable Wallet credited,
            int awards,
            long refunded,
            Lots lots,
            @Nullable Reversal reversal,
            @Nullable Lapse lapse,
            @Nullable Instant heldUntil) {

        /** Before: what is asked for is asked for again. */
        static Moved before(Lots lots) {
            return new Moved(null, null, 0, 0, lots, null, null, null);
        }

        static Moved returned(WalletEntry debited) {
            return new Moved(debited.after(), null, 0, 0, debited.lots(), null, null, null);
        }

        static Moved credit(@Nullable Wallet debited, WalletEntry credited) {
            return new Moved(debited, credited.after(), 0, 0, credited.lots(), null, null, null);
        }

        static Moved awards(int awards) {
            return new Moved(null, null, awards, 0, Lots.NONE, null, null, null);
        }

        static Moved noWallet(long refunded) {
            return new Moved(null, null, 0, refunded, Lots.NONE, null, null, null);
        }

        static Moved reversed(Wallet debited, @Nullable Wallet credited, Lots lots, Reversal reversal) {
            return new Moved(debited, credited, 0, 0, lots, reversal, null, null);
        }

        static Moved lapsed(Wallet debited, Lapse lapse) {
            return new Moved(debited, null, 0, 0, Lots.NONE, null, lapse, null);
        }

        static Moved held(@Nullable Wallet debited, Lots lots, Instant until) {
            return new Moved(debited, null, 0, 0, lots, null, null, until);
        }
    }

    /** What the pool is asked first: to give points, or to move them between departments' envelopes. */
    static Message askPool(Distribution it, Moved moved) {
        return it.kind() == DistributionKind.TRANSFER
                ? new PoolCommand.MovePoolPoints(
                        it.id(), it.tenantId(), it.departmentId(), it.toDepartmentId(), it.amount())
                : new PoolCommand.DebitPool(it.id(), it.tenantId(), it.kind(), it.amount(), it.departmentId());
    }

    static Message cancelPoolDebit(Distribution it, Moved moved) {
        return new PoolCommand.CancelPoolDebit(it.id(), it.tenantId());
    }

    static Message refundPool(Distribution it, Moved moved) {
        return new PoolCommand.RefundPool(it.id(), it.tenantId());
    }

    static Message returnToPool(Distribution it, Moved moved) {
        return new PoolCommand.ReturnToPool(
                it.id(),
                it.tenantId(),
                it.fromUserId(),
                it.amount(),
                it.debitId(),
                origin(it.kind()),
                moved.lots().inPool().told(),
                it.toDepartmentId());
    }

    /** Of a lead's budget none is told. */
    private static @Nullable ReturnOrigin origin(DistributionKind kind) {
        return switch (kind) {
            case REVERSAL -> ReturnOrigin.REVERSAL;
            case LAPSE -> ReturnOrigin.LAPSE;
            case RETURN, DELEGATION, AWARD, BATCH, TRANSFER -> null;
        };
    }

    static Message requested(Distribution it, Moved moved) {
        return new WalletEvent.DistributionRequested(
                it.id(), it.tenantId(), it.kind(), it.fromUserId(), it.toUserId(), it.amount());
    }

    /** That a wallet was debited, and its points are on their way to the pool. */
    static Message returning(Distribution it, Moved moved) {
        return switch (it.kind()) {
            case REVERSAL -> reversed(it, present(moved.debited()), moved);
            case LAPSE -> earnedReturned(it, present(moved.debited()), present(moved.lapse()));
            case RETURN, DELEGATION, AWARD, BATCH, TRANSFER -> budgetReturned(it, moved);
        };
    }

    private static Message earnedReturned(Distribution it, Wallet earned, Lapse lapse) {
        return new WalletEvent.EarnedReturned(
                it.id(),
                it.tenantId(),
                it.fromUserId(),
                lapse.reason(),
                lapse.expiresOn(),
                it.amount(),
                earned.entryNumber(),
                earned.balance());
    }

    private static Message budgetReturned(Distribution it, Moved moved) {
        var budget = present(moved.debited());
        return new WalletEvent.BudgetReturned(
                it.id(),
                it.tenantId(),
                it.fromUserId(),
                it.amount(),
                budget.entryNumber(),
                budget.balance(),
                moved.lots().told());
    }

    /** That points wait for approval, out of the pool or of a budget. */
    static Message held(Distribution it, Moved moved) {
        var budget = moved.debited();
        return new WalletEvent.DistributionHeld(
                it.id(),
                it.tenantId(),
                it.kind(),
                it.source(),
                it.fromUserId(),
                it.toUserId(),
                it.amount(),
                it.approval().levels(),
                present(moved.heldUntil()),
                budget == null ? null : budget.entryNumber(),
                budget == null ? null : budget.balance(),
                moved.lots().told());
    }

    /**
     * That points wait no more.
     *
     * @param against why they are not given; null if they are
     * @param budget that has them again; null if they came from the pool
     */
    static Message released(Distribution it, @Nullable RefusalReason against, @Nullable Wallet budget, Lots lots) {
        return new WalletEvent.DistributionReleased(
                it.id(),
                it.tenantId(),
                it.source(),
                it.fromUserId(),
                it.amount(),
                against,
                budget == null ? null : budget.entryNumber(),
                budget == null ? null : budget.balance(),
                lots.told());
    }

    static Message cancelling(Distribution it, Moved moved) {
        return new WalletEvent.DistributionCancelling(it.id(), it.tenantId(), it.kind(), it.amount(), why(it));
    }

    static Message compensating(Distribution it, Moved moved) {
        return new WalletEvent.DistributionCompensating(it.id(), it.tenantId(), it.kind(), it.amount(), why(it));
    }

    static Message rejected(Distribution it, Moved moved) {
        return new WalletEvent.DistributionRejected(it.id(), it.tenantId(), it.kind(), it.amount(), why(it));
    }

    static Message cancelled(Distribution it, Moved moved) {
        return new WalletEvent.DistributionCancelled(
                it.id(), it.tenantId(), it.kind(), it.amount(), moved.refunded(), why(it));
    }

    static Message compensated(Distribution it, Moved moved) {
        return new WalletEvent.DistributionCompensated(
                it.id(), it.tenantId(), it.kind(), it.amount(), moved.refunded(), why(it));
    }

    private static Message reversed(Distribution it, Wallet earned, Moved moved) {
        var reversal = moved.reversal();
        var budget = moved.credited();
        return new WalletEvent.AwardReversed(
                it.id(),
                it.tenantId(),
                reversal.award().id(),
                it.source(),
                earned.key().userId(),
                it.amount(),
                reversal.missing(),
                earned.entryNumber(),
                earned.balance(),
                budget == null ? null : budget.key().userId(),
                budget == null ? null : budget.entryNumber(),
                budget == null ? null : budget.balance(),
                budget == null ? null : moved.lots().told());
    }

    /** For what went back to the pool, or stayed in it, the pool has published everything. */
    static @Nullable Message completed(Distribution it, Moved moved) {
        return switch (it.kind()) {
            case DELEGATION -> delegated(it, present(moved.credited()), moved);
            case AWARD -> awarded(it, present(moved.credited()), moved);
            case BATCH ->
                new WalletEvent.BatchAwarded(it.id(), it.tenantId(), it.fromUserId(), moved.awards(), it.amount());
            case RETURN, LAPSE, TRANSFER -> null;
            case REVERSAL -> moved.reversal() == null ? null : reversed(it, present(moved.debited()), moved);
        };
    }

    private static Message delegated(Distribution it, Wallet credited, Moved moved) {
        return new WalletEvent.PointsDelegated(
                it.id(),
                it.tenantId(),
                it.fromUserId(),
                credited.key().userId(),
                it.amount(),
                credited.entryNumber(),
                credited.balance(),
                moved.lots().told());
    }

    private static Message awarded(Distribution it, Wallet credited, Moved moved) {
        var budget = moved.debited();
        return new WalletEvent.PointsAwarded(
                it.id(),
                it.tenantId(),
                it.source(),
                it.fromUserId(),
                credited.key().userId(),
                it.amount(),
                credited.entryNumber(),
                credited.balance(),
                budget == null ? null : budget.entryNumber(),
                budget == null ? null : budget.balance(),
                it.debitId(),
                moved.lots().first());
    }

    private static <T> T present(@Nullable T moved) {
        if (moved == null) {
            throw new IllegalStateException("No wallet has changed");
        }
        return moved;
    }

    private static RefusalReason why(Distribution it) {
        if (it.reason() == null) {
            throw new IllegalStateException("Distribution " + it.id() + " is " + it.state() + " without a reason");
        }
        return it.reason();
    }
}
