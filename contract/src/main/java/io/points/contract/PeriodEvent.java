package io.points.contract;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.UUID;

/**
 * What finance did with a tenant's month, told by billing-service: each step of its end, once. When it was done is the
 * message's time.
 */
public sealed interface PeriodEvent extends Message {

    /** The month, UTC, as {@code 2026-01}. */
    String period();

    /** 1, 2, … within the month: the number of the step. */
    long step();

    /** 1, 2, … within the month: which closing this step is about, the one that is under way or the newest. */
    long revision();

    /** Why, as whoever did it said; 1 to 2,000 characters. */
    String reason();

    /** Who did it: the subject of their token. Of a proposal that has lapsed, who made it. */
    UUID createdBy();

    @Override
    @JsonIgnore
    default UUID subject() {
        return tenantId();
    }

    @Override
    @JsonIgnore
    default String topic() {
        return Topic.BILLING_PERIODS;
    }

    /**
     * Finance looks at the figures of a month that is over; what comes late still counts to it.
     *
     * @param period the month, UTC, as {@code 2026-01}
     * @param step 1, 2, … within the month
     * @param revision of the closing that it leads to: 1 for the first one, one more after each reopening
     * @param reason as whoever did it said
     * @param createdBy the subject of their token
     */
    record PeriodSoftClosed(
            UUID tenantId,
            String period,
            @Within.Numbered long step,
            @Within.Numbered long revision,
            String reason,
            UUID createdBy)
            implements PeriodEvent {}

    /**
     * The soft-close of the month is undone: it is open again, and was not closed in between.
     *
     * @param period the month, UTC, as {@code 2026-01}
     * @param step 1, 2, … within the month
     * @param revision of the closing that it was soft-closed for
     * @param reason as whoever did it said
     * @param createdBy the subject of their token
     */
    record PeriodSoftCloseUndone(
            UUID tenantId,
            String period,
            @Within.Numbered long step,
            @Within.Numbered long revision,
            String reason,
            UUID createdBy)
            implements PeriodEvent {}

    /**
     * The month is closed: its statement stays as it is, and what comes late counts to a later month.
     *
     * @param period the month, UTC, as {@code 2026-01}
     * @param step 1, 2, … within the month
     * @param revision counts the closings of the month from 1
     * @param reason as whoever did it said
     * @param createdBy the subject of their token
     * @param statementSha256 digest of the statement's JSON in UTF-8, 64 hexadecimal digits
     */
    record PeriodClosed(
            UUID tenantId,
            String period,
            @Within.Numbered long step,
            @Within.Numbered long revision,
            String reason,
            UUID createdBy,
            String statementSha256)
            implements PeriodEvent {}

    /**
     * Somebody proposes to reopen the month; it stays closed until somebody else approves.
     *
     * @param period the month, UTC, as {@code 2026-01}
     * @param step 1, 2, … within the month
     * @param revision of the closing that is to be undone
     * @param reason as whoever did it said
     * @param createdBy the subject of their token
     * @param statementSha256 digest of the statement that is to be given up, 64 hexadecimal digits
     */
    record PeriodReopeningProposed(
            UUID tenantId,
            String period,
            @Within.Numbered long step,
            @Within.Numbered long revision,
            String reason,
            UUID createdBy,
            String statementSha256)
            implements PeriodEvent {}

    /**
     * A proposal to reopen the month is set aside, by somebody else or by whoever has made it; the month stays closed.
     *
     * @param period the month, UTC, as {@code 2026-01}
     * @param step 1, 2, … within the month
     * @param revision of the closing that stays
     * @param reason as whoever did it said
     * @param createdBy the subject of their token
     * @param statementSha256 digest of the statement that stays, 64 hexadecimal digits
     */
    record PeriodReopeningRejected(
            UUID tenantId,
            String period,
            @Within.Numbered long step,
            @Within.Numbered long revision,
            String reason,
            UUID createdBy,
            String statementSha256)
            implements PeriodEvent {}

    /**
     * Whoever has proposed to reopen the month takes the proposal back; the month stays closed.
     *
     * @param period the month, UTC, as {@code 2026-01}
     * @param step 1, 2, … within the month
     * @param revision of the closing that stays
     * @param reason as whoever did it said
     * @param createdBy the subject of their token
     * @param statementSha256 digest of the statement that stays, 64 hexadecimal digits
     */
    record PeriodReopeningWithdrawn(
            UUID tenantId,
            String period,
            @Within.Numbered long step,
            @Within.Numbered long revision,
            String reason,
            UUID createdBy,
            String statementSha256)
            implements PeriodEvent {}

    /**
     * Nobody has approved a proposal to reopen the month within seven days, so nobody can any more; the month stays closed. The
     * message's time is when the seven days were over.
     *
     * @param period the month, UTC, as {@code 2026-01}
     * @param step 1, 2, … within the month
     * @param revision of the closing that stays
     * @param reason that its time is over, in words
     * @param createdBy who made the proposal: the subject of their token
     * @param statementSha256 digest of the statement that stays, 64 hexadecimal digits
     */
    record PeriodReopeningLapsed(
            UUID tenantId,
            String period,
            @Within.Numbered long step,
            @Within.Numbered long revision,
            String reason,
            UUID createdBy,
            String statementSha256)
            implements PeriodEvent {}

    /**
     * A second person has approved: the month is open again, and will be closed with another statement.
     *
     * @param period the month, UTC, as {@code 2026-01}
     * @param step 1, 2, … within the month
     * @param revision of the closing that is undone
     * @param reason as whoever did it said
     * @param createdBy the subject of their token
     * @param statementSha256 digest of the statement that no longer holds, 64 hexadecimal digits
     */
    record PeriodReopened(
            UUID tenantId,
            String period,
            @Within.Numbered long step,
            @Within.Numbered long revision,
            String reason,
            UUID createdBy,
            String statementSha256)
            implements PeriodEvent {}
}
