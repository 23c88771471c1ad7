package io.points.contract;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a tenant and its pool, told by allocation-service. Amounts and balances are points.
 * {@code poolVersion} is the number of the pool ledger entry behind the event: gap-free per tenant. An answer that
 * moved nothing names the newest entry instead and changes no balance.
 */
public sealed interface PoolEvent extends Message {

    @Override
    @JsonIgnore
    default String topic() {
        return Topic.POOL_EVENTS;
    }

    /** An event that tells the pool's balance and the entry number at which it stood so. */
    interface BalanceTold {
        long balanceAfter();

        long poolVersion();
    }

    /** About the tenant itself. {@code revision} counts its registrations, suspensions and reactivations from 1. */
    sealed interface TenantEvent extends PoolEvent {
        long revision();

        @Override
        @JsonIgnore
        default UUID subject() {
            return tenantId();
        }
    }

    /**
     * A tenant with its first contract.
     *
     * @param currency ISO 4217 code
     * @param pricePerPoint decimal in the currency's major unit
     * @param poNumber the tenant's purchase order
     * @param costCentre where the tenant books it
     * @param validFrom since when the contract is in force; null in events from before contracts had a history
     */
    record TenantRegistered(
            UUID tenantId,
            @Text.CurrencyCode String currency,
            @Text.Price String pricePerPoint,
            @Within.Numbered long revision,
            @Text.Reference @Nullable String poNumber,
            @Text.Reference @Nullable String costCentre,
            @Nullable Instant validFrom)
            implements TenantEvent {

        public TenantRegistered(UUID tenantId, String currency, String pricePerPoint, long revision) {
            this(tenantId, currency, pricePerPoint, revision, null, null, null);
        }
    }

    /**
     * What the tenant is called from now on.
     *
     * @param name of a company or a part of one, and of no person
     */
    record TenantNamed(UUID tenantId, @Text(max = 200) String name) implements PoolEvent {

        @Override
        @JsonIgnore
        public UUID subject() {
            return tenantId;
        }
    }

    /**
     * By whose days a tenant's points lapse from now on, and until when those can be used that are allocated. Days that were given
     * before stay; none is over before it is over in the zone before, too. One of {@code poolAfter} and {@code poolEvery} is given, or
     * neither: then allocated points stay for ever.
     *
     * @param settingsRevision counts the tenant's settings from 1
     * @param timeZone a region of the IANA's time zones, or UTC
     * @param previousTimeZone the one before; null if it was none but UTC, which all have that have chosen none
     * @param poolAfter after which time points lapse that are allocated: days, months or years
     * @param poolRound whether that is the day itself, or up to the end of its month; null without a time
     * @param poolEvery on which day of each year they lapse, as 12-31
     * @param poolMinDays how many days off that day is at least; null without it
     * @param approveAllocationsAbove more points at once are allocated by two platform admins; null: any by one
     */
    record TenantSettingsChanged(
            UUID tenantId,
            @Within.Numbered long settingsRevision,
            @Text.Zone String timeZone,
            @Text.Zone @Nullable String previousTimeZone,
            @Text.ExpiryAfter @Nullable String poolAfter,
            @Text.ExpiryRound @Nullable String poolRound,
            @Text.YearDay @Nullable String poolEvery,
            @Within(min = 1, max = 366) @Nullable Long poolMinDays,

            @Within(min = 0, max = Within.MOST_MOVED) @Nullable
            Long approveAllocationsAbove)
            implements PoolEvent {

        /** Allocated points stay for ever, and one admin allocates any. */
        public TenantSettingsChanged(
                UUID tenantId, long settingsRevision, String timeZone, @Nullable String previousTimeZone) {
            this(tenantId, settingsRevision, timeZone, previousTimeZone, null, null, null, null, null);
        }

        @Override
        @JsonIgnore
        public UUID subject() {
            return tenantId;
        }
    }

    /** No points leave the pool from now on, but by clawback. */
    record TenantSuspended(UUID tenantId, @Within.Numbered long revision) implements TenantEvent {}

    /** The suspension is over. */
    record TenantReactivated(UUID tenantId, @Within.Numbered long revision) implements TenantEvent {}

    /**
     * The tenant is being closed: nothing is allocated or given from now on, budgets go back to the pool, and the pool is drained once
     * nothing is left in wallets.
     *
     * @param earnedUntil the last day on which earned points can be used, in the tenant's time zone
     * @param unspent what becomes of what was never awarded
     * @param earnedThen what becomes of earned points after that day: credited ones go back to the pool first
     * @param proposedBy who has proposed the closing; the event's actor has approved it
     */
    record TenantClosing(
            UUID tenantId,
            @Within.Numbered long revision,
            UUID closingId,
            LocalDate earnedUntil,
            Settlement unspent,
            Settlement earnedThen,
            UUID proposedBy)
            implements TenantEvent {}

    /** The closing is called off: the tenant is active again. What has gone back to the pool stays there. */
    record TenantClosingCalledOff(
            UUID tenantId, @Within.Numbered long revision, UUID closingId) implements TenantEvent {}

    /** The tenant is closed, for ever: pool, budgets and wallets are empty. */
    record TenantClosed(UUID tenantId, @Within.Numbered long revision, UUID closingId) implements TenantEvent {}

    /**
     * Points of a pool lapse soon, unless they are given or clawed back before.
     *
     * @param expiresOn the last day on which they can be used, in the tenant's time zone
     * @param points so many at this moment
     * @param days so long before at the latest it is told; they do not wait for it
     */
    record PoolPointsExpiring(
            UUID tenantId,
            LocalDate expiresOn,
            @Within(min = 1, max = Within.MOST) long points,
            @Within(min = 1, max = 90) long days)
            implements PoolEvent {

        @Override
        @JsonIgnore
        public UUID subject() {
            return tenantId;
        }
    }

    /** What is known of the people of a closed tenant is to be deleted: names, addresses, and what they have written. */
    record PeopleErasureRequested(UUID tenantId, UUID closingId) implements PoolEvent {

        @Override
        @JsonIgnore
        public UUID subject() {
            return tenantId;
        }
    }

    /**
     * The tenant has a new contract from {@code validFrom} on. It reprices nothing: an allocation's event carries the price
     * and currency that were in force when it was made.
     *
     * @param contractRevision counts the tenant's contracts from 1, which was told by {@link TenantRegistered}
     * @param currency ISO 4217 code
     * @param pricePerPoint decimal in the currency's major unit
     * @param poNumber the tenant's purchase order
     * @param costCentre where the tenant books it
     * @param validFrom from when on the contract is in force
     */
    record ContractChanged(
            UUID tenantId,
            @Within.Numbered long contractRevision,
            @Text.CurrencyCode String currency,
            @Text.Price String pricePerPoint,
            @Text.Reference @Nullable String poNumber,
            @Text.Reference @Nullable String costCentre,
            Instant validFrom)
            implements PoolEvent {

        @Override
        @JsonIgnore
        public UUID subject() {
            return tenantId;
        }
    }

    /**
     * What the tenant is to be allocated in a calendar month, UTC, has another limit.
     *
     * @param budgetRevision counts the tenant's budgets from 1
     * @param monthlyBudget points; null for none
     * @param onExceed what becomes of an allocation beyond it: it raises an alert, takes two platform admins, or is refused; null
     *     without a budget, and of an older version, where it raises an alert
     */
    record MonthlyBudgetChanged(
            UUID tenantId,
            @Within.Numbered long budgetRevision,
            @Within.Held @Nullable Long monthlyBudget,

            @Text(max = 7, pattern = "alert|approve|refuse", what = "what becomes of more") @Nullable
            String onExceed)
            implements PoolEvent {

        @Override
        @JsonIgnore
        public UUID subject() {
            return tenantId;
        }
    }

    /**
     * A manager has said below how many points the tenant's pool is low. It forbids nothing: a pool that is low raises an alert.
     *
     * @param revision counts what managers have said from 1
     * @param points null: it is low by what the tenant distributes alone
     */
    record PoolThresholdChanged(
            UUID tenantId,
            @Within.Numbered long revision,
            @Within.Amount @Nullable Long points) implements PoolEvent {

        @Override
        @JsonIgnore
        public UUID subject() {
            return tenantId;
        }
    }

    /** An allocation or a clawback by the platform admin, at the price of that moment. */
    sealed interface PlatformMovement extends PoolEvent, BalanceTold {
        UUID allocationId();

        long amount();

        String currency();

        String pricePerPoint();

        @Override
        @JsonIgnore
        default UUID subject() {
            return allocationId();
        }
    }

    /**
     * Price, currency and all that stands on the invoice are fixed here.
     *
     * @param referenceNote what finance finds it by, such as an invoice number
     * @param poNumber the contract's purchase order
     * @param costCentre the contract's cost centre
     * @param contractRevision the contract that was in force; null in events from before contracts had a history
     * @param scheduleId the schedule that made it; null if somebody did by hand
     * @param period the schedule's period for which it was made
     * @param expiresOn the last day on which the points can be used, in the tenant's time zone; null if they stay for ever
     */
    record PointsAllocated(
            UUID allocationId,
            UUID tenantId,
            @Within.Amount long amount,
            @Text.CurrencyCode String currency,
            @Text.Price String pricePerPoint,
            String referenceNote,
            @Within.Held long balanceAfter,
            @Within.Numbered long poolVersion,
            @Text.Reference @Nullable String poNumber,
            @Text.Reference @Nullable String costCentre,
            @Within.Numbered @Nullable Long contractRevision,
            @Nullable UUID scheduleId,
            @Text.Period @Nullable String period,
            @Nullable LocalDate expiresOn)
            implements PlatformMovement {

        /** By hand. */
        public PointsAllocated(
                UUID allocationId,
                UUID tenantId,
                long amount,
                String currency,
                String pricePerPoint,
                String referenceNote,
                long balanceAfter,
                long poolVersion,
                @Nullable String poNumber,
                @Nullable String costCentre,
                @Nullable Long contractRevision) {
            this(
                    allocationId,
                    tenantId,
                    amount,
                    currency,
                    pricePerPoint,
                    referenceNote,
                    balanceAfter,
                    poolVersion,
                    poNumber,
                    costCentre,
                    contractRevision,
                    null,
                    null,
                    null);
        }

        public PointsAllocated(
                UUID allocationId,
                UUID tenantId,
                long amount,
                String currency,
                String pricePerPoint,
                String referenceNote,
                long balanceAfter,
                long poolVersion) {
            this(
                    allocationId,
                    tenantId,
                    amount,
                    currency,
                    pricePerPoint,
                    referenceNote,
                    balanceAfter,
                    poolVersion,
                    null,
                    null,
                    null);
        }
    }

    /**
     * Its price is that of the moment; billing credits what the points were bought for instead.
     *
     * @param reason as the platform admin said
     */
    record PointsClawedBack(
            UUID allocationId,
            UUID tenantId,
            @Within.Amount long amount,
            @Text.CurrencyCode String currency,
            @Text.Price String pricePerPoint,
            String reason,
            @Within.Held long balanceAfter,
            @Within.Numbered long poolVersion)
            implements PlatformMovement {}

    /**
     * Two platform admins brought the pool back to what its events add up to. For the events' sums it moves nothing; it
     * also makes up for entries before it that no event told of.
     *
     * @param amount signed points of the ledger entry: what the ledger had too little
     * @param reason as the proposer said
     */
    record PoolAdjusted(
            UUID adjustmentId,
            UUID tenantId,
            @Within.Signed long amount,
            String reason,
            UUID proposedBy,
            UUID approvedBy,
            @Within.Held long balanceAfter,
            @Within.Numbered long poolVersion)
            implements PoolEvent, BalanceTold {

        @Override
        @JsonIgnore
        public UUID subject() {
            return adjustmentId;
        }
    }

    /**
     * Points of the pool wait for a decision about them, and nobody can give them meanwhile.
     *
     * @param reservationId what they wait for, such as the proposal of a clawback
     */
    record PoolReserved(
            UUID reservationId,
            UUID tenantId,
            @Within(min = 1, max = Within.MOST) long amount,
            @Within.Held long balanceAfter,
            @Within.Numbered long poolVersion,

            @Within(min = 1, max = DatedPoints.MOST_LOTS) @Nullable
            List<DatedPoints> lots)
            implements PoolReservation {}

    /** Reserved points are in the pool again, all of them, whatever was decided: what follows from it moves them by itself. */
    record PoolReleased(
            UUID reservationId,
            UUID tenantId,
            @Within(min = 1, max = Within.MOST) long amount,
            @Within.Held long balanceAfter,
            @Within.Numbered long poolVersion,

            @Within(min = 1, max = DatedPoints.MOST_LOTS) @Nullable
            List<DatedPoints> lots)
            implements PoolReservation {}

    /** A reservation, or its end. */
    sealed interface PoolReservation extends PoolEvent, BalanceTold {
        UUID reservationId();

        long amount();

        @Override
        @JsonIgnore
        default UUID subject() {
            return reservationId();
        }
    }

    /**
     * A platform admin has proposed something that another one must approve, or a manager has asked for points.
     *
     * @param kind what is proposed, such as {@code clawback}
     * @param amount points that it is about; null if it is about no amount
     * @param askedByTenant true if a manager of the tenant, the event's actor, has asked for it; null otherwise
     */
    record PlatformMovementProposed(
            UUID proposalId,
            UUID tenantId,
            @Text(max = 20) String kind,
            @Within.Amount @Nullable Long amount,
            @Nullable Boolean askedByTenant)
            implements PlatformProposal {}

    /**
     * The first of two platform admins, the event's actor, has approved what a manager of the tenant has asked for. It moves nothing: nothing is
     * decided before the second one has approved it.
     *
     * @param kind what is proposed, such as {@code allocation}
     */
    record PlatformApprovalGiven(
            UUID proposalId, UUID tenantId, @Text(max = 20) String kind) implements PlatformProposal {}

    /**
     * What became of a proposal. It moves nothing: what follows from an approval tells of itself.
     *
     * @param kind what was proposed, such as {@code clawback}
     * @param resultId what was made of it, such as the clawback; null unless it was approved
     */
    record PlatformMovementDecided(
            UUID proposalId,
            UUID tenantId,
            @Text(max = 20) String kind,
            ProposalOutcome outcome,
            @Nullable UUID resultId)
            implements PlatformProposal {}

    /** About something that takes two platform admins. */
    sealed interface PlatformProposal extends PoolEvent {
        UUID proposalId();

        @Override
        @JsonIgnore
        default UUID subject() {
            return proposalId();
        }
    }

    /**
     * Points of the pool have lapsed: the day until which they could be used is over. Nobody has them any more.
     *
     * @param expiresOn that day, in the tenant's time zone
     * @param departmentId the department whose envelope they were in; null if they were in none
     * @param departmentEntry number of the envelope's entry
     * @param departmentBalance points in the envelope afterwards
     */
    record PoolExpired(
            UUID expiryId,
            UUID tenantId,
            LocalDate expiresOn,
            @Within(min = 1, max = Within.MOST) long amount,
            @Within.Held long balanceAfter,
            @Within.Numbered long poolVersion,
            @Nullable UUID departmentId,
            @Within.Numbered @Nullable Long departmentEntry,
            @Within.Held @Nullable Long departmentBalance)
            implements PoolEvent, BalanceTold {

        /** In no department. */
        public PoolExpired(
                UUID expiryId, UUID tenantId, LocalDate expiresOn, long amount, long balanceAfter, long poolVersion) {
            this(expiryId, tenantId, expiresOn, amount, balanceAfter, poolVersion, null, null, null);
        }

        @Override
        @JsonIgnore
        public UUID subject() {
            return expiryId;
        }
    }

    /**
     * A schedule was made, changed, paused, resumed or ended.
     *
     * @param revision counts its changes from 1
     * @param what it does, such as {@code allocate}
     * @param state afterwards
     */
    record ScheduleChanged(
            UUID scheduleId,
            UUID tenantId,
            @Within.Numbered long revision,
            @Text(max = 20) String what,
            ScheduleState state)
            implements ScheduleEvent {}

    /**
     * A period of a schedule was run, or put on record because it was not. Of one period at most one attempt is done.
     *
     * @param what the schedule does, such as {@code allocate}
     * @param period in the tenant's calendar
     * @param attempt counts the attempts at the period from 1
     * @param reason why it was refused
     * @param resultId what was made, such as an allocation
     */
    record ScheduleRan(
            UUID scheduleId,
            UUID tenantId,
            @Text(max = 20) String what,
            @Text.Period String period,
            @Within.Numbered long attempt,
            RunOutcome outcome,
            @Text(max = 100) @Nullable String reason,
            @Nullable UUID resultId)
            implements ScheduleEvent {}

    /** About a schedule. It moves nothing: what a run brings about tells of itself. */
    sealed interface ScheduleEvent extends PoolEvent {
        UUID scheduleId();

        @Override
        @JsonIgnore
        default UUID subject() {
            return scheduleId();
        }
    }

    /** The answer to a {@link PoolCommand}. */
    sealed interface PoolAnswer extends PoolEvent {
        UUID distributionId();

        @Override
        @JsonIgnore
        default UUID subject() {
            return distributionId();
        }
    }

    /**
     * Points of a pool can be used until a later day than before. Nothing moves.
     *
     * @param fromDate the last day on which they could be used before
     * @param toDate the last day on which they can be used now
     * @param points so many, all that had that day
     */
    record PoolDatesExtended(
            UUID tenantId,
            LocalDate fromDate,
            LocalDate toDate,
            @Within(min = 1, max = Within.MOST) long points) implements PoolEvent {

        @Override
        @JsonIgnore
        public UUID subject() {
            return tenantId;
        }
    }

    /**
     * Points left the pool for a distribution.
     *
     * @param lots what of them was dated there, of a delegation alone: budgets keep these days, awards have their own
     * @param departmentId the department out of whose envelope they came; null if out of none
     * @param departmentEntry number of the envelope's entry
     * @param departmentBalance points in the envelope afterwards
     */
    record PoolDebited(
            UUID distributionId,
            UUID tenantId,
            DistributionKind kind,
            @Within.Amount long amount,
            @Within.Held long balanceAfter,
            @Within.Numbered long poolVersion,

            @Within(min = 1, max = DatedPoints.MOST_LOTS) @Nullable
            List<DatedPoints> lots,

            @Nullable UUID departmentId,
            @Within.Numbered @Nullable Long departmentEntry,
            @Within.Held @Nullable Long departmentBalance)
            implements PoolAnswer, BalanceTold {

        public PoolDebited {
            DatedPoints.requireWithin(lots, amount);
        }

        /** Out of no department's envelope. */
        public PoolDebited(
                UUID distributionId,
                UUID tenantId,
                DistributionKind kind,
                long amount,
                long balanceAfter,
                long poolVersion,
                @Nullable List<DatedPoints> lots) {
            this(distributionId, tenantId, kind, amount, balanceAfter, poolVersion, lots, null, null, null);
        }

        /** Of which nothing is dated, or nobody needs to know what is. */
        public PoolDebited(
                UUID distributionId,
                UUID tenantId,
                DistributionKind kind,
                long amount,
                long balanceAfter,
                long poolVersion) {
            this(distributionId, tenantId, kind, amount, balanceAfter, poolVersion, null);
        }
    }

    /**
     * Nothing moved.
     *
     * @param balance points that were there when it refused: in the envelope of a department, if one was to be debited; else in the
     *     pool, outside of all departments
     */
    record PoolDebitRefused(
            UUID distributionId,
            UUID tenantId,
            @Within.Any long amount,
            RefusalReason reason,
            @Within.Held long balance,
            @Within.Held long poolVersion)
            implements PoolAnswer {}

    /**
     * The debit is undone for ever. {@code refunded} is 0 if there was none.
     *
     * @param departmentId the department in whose envelope they are again; null if in none
     * @param departmentEntry number of the envelope's entry
     * @param departmentBalance points in the envelope afterwards
     */
    record PoolDebitCancelled(
            UUID distributionId,
            UUID tenantId,
            @Within(min = 0, max = Within.MOST_MOVED) long refunded,
            @Within.Held long balanceAfter,
            @Within.Held long poolVersion,
            @Nullable UUID departmentId,
            @Within.Numbered @Nullable Long departmentEntry,
            @Within.Held @Nullable Long departmentBalance)
            implements PoolAnswer, BalanceTold {

        /** Into no department's envelope. */
        public PoolDebitCancelled(
                UUID distributionId, UUID tenantId, long refunded, long balanceAfter, long poolVersion) {
            this(distributionId, tenantId, refunded, balanceAfter, poolVersion, null, null, null);
        }
    }

    /**
     * The debit of a distribution was given back.
     *
     * @param departmentId the department in whose envelope they are again; null if in none
     * @param departmentEntry number of the envelope's entry
     * @param departmentBalance points in the envelope afterwards
     */
    record PoolRefunded(
            UUID distributionId,
            UUID tenantId,
            @Within(min = 0, max = Within.MOST_MOVED) long refunded,
            @Within.Held long balanceAfter,
            @Within.Held long poolVersion,
            @Nullable UUID departmentId,
            @Within.Numbered @Nullable Long departmentEntry,
            @Within.Held @Nullable Long departmentBalance)
            implements PoolAnswer, BalanceTold {

        /** Into no department's envelope. */
        public PoolRefunded(UUID distributionId, UUID tenantId, long refunded, long balanceAfter, long poolVersion) {
            this(distributionId, tenantId, refunded, balanceAfter, poolVersion, null, null, null);
        }
    }

    /**
     * Points of a lead's budget are in the pool again.
     *
     * @param departmentId the department in whose envelope they are again; null if in none
     * @param departmentEntry number of the envelope's entry
     * @param departmentBalance points in the envelope afterwards
     */
    record PointsReturned(
            UUID distributionId,
            UUID tenantId,
            @Within(min = 1, max = Within.MOST) long amount,
            @Within.Held long balanceAfter,
            @Within.Numbered long poolVersion,
            @Nullable UUID departmentId,
            @Within.Numbered @Nullable Long departmentEntry,
            @Within.Held @Nullable Long departmentBalance)
            implements PoolAnswer, BalanceTold {

        /** Into no department's envelope. */
        public PointsReturned(UUID distributionId, UUID tenantId, long amount, long balanceAfter, long poolVersion) {
            this(distributionId, tenantId, amount, balanceAfter, poolVersion, null, null, null);
        }
    }

    /**
     * Points went from one envelope within the pool to another, or between an envelope and what is in none. The pool as a whole holds
     * what it held before.
     *
     * @param fromDepartmentId out of whose envelope; null: they were in none
     * @param fromEntry number of that envelope's entry
     * @param fromBalance points in that envelope afterwards
     * @param toDepartmentId into whose envelope; null: they are in none now
     * @param toEntry number of that envelope's entry
     * @param toBalance points in that envelope afterwards
     */
    record PoolPointsMoved(
            UUID distributionId,
            UUID tenantId,
            @Within(min = 1, max = Within.MOST) long amount,
            @Nullable UUID fromDepartmentId,
            @Within.Numbered @Nullable Long fromEntry,
            @Within.Held @Nullable Long fromBalance,
            @Nullable UUID toDepartmentId,
            @Within.Numbered @Nullable Long toEntry,
            @Within.Held @Nullable Long toBalance)
            implements PoolAnswer {}

    /**
     * A return of more than the tenant's leads can hold was set aside for an operator: it can only be forged or broken.
     *
     * @param outstanding points that were delegated and not yet returned
     */
    record PointsReturnSetAside(
            UUID distributionId,
            UUID tenantId,
            @Within.Any long amount,
            @Within.Any long outstanding) implements PoolAnswer {}
}
