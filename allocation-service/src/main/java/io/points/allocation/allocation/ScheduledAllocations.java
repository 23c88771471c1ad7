package io.points.allocation.allocation;

import io.points.allocation.alert.MovementAlerts;
import io.points.allocation.allocation.AllocationRules.CapExceeded;
import io.points.allocation.allocation.AllocationRules.TakesTwo;
import io.points.allocation.allocation.Allocations.Details;
import io.points.allocation.allocation.Allocations.Moment;
import io.points.allocation.allocation.ProposedAllocations.Run;
import io.points.allocation.pool.PlatformRules;
import io.points.allocation.pool.PlatformRules.Moved;
import io.points.allocation.pool.Pool;
import io.points.allocation.tenant.TenantSettings;
import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.platform.outbox.Tx;
import io.points.platform.web.problem.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Allocations that a schedule makes: by the same rules as one by hand, in the schedule's transaction. */
@ApplicationScoped
public class ScheduledAllocations {

    private static final String TYPE_PREFIX = "urn:points:problem:";

    private final Allocations allocations;
    private final ProposedAllocations proposed;
    private final MovementAlerts alerts;

    ScheduledAllocations(Allocations allocations, ProposedAllocations proposed, MovementAlerts alerts) {
        this.allocations = allocations;
        this.proposed = proposed;
        this.alerts = alerts;
    }

    /**
     * What a schedule wants to allocate.
     *
     * @param allocationId follows from the schedule and the period
     * @param amount 1 … 10^12 points
     * @param madeBy who made the schedule
     * @param lastDay on which the points can be used, if that is not as the tenant's settings say
     */
    public record Refill(
            UUID allocationId,
            UUID tenantId,
            long amount,
            String currency,
            String referenceNote,
            UUID scheduleId,
            String period,
            UUID madeBy,
            @Nullable LastDay lastDay) {}

    /** Until when points can be used. */
    @FunctionalInterface
    public interface LastDay {
        /** @return null: for ever */
        @Nullable
        LocalDate of(LocalDate today);
    }

    /** The decision. */
    public sealed interface Decision {}

    /** It cannot be; {@code reason} is the problem's type in upper case. */
    public record Refused(String reason) implements Decision {}

    /** It takes a second platform admin, and waits for one once it is proposed. */
    public static final class Proposable implements Decision {

        private final Allocate request;
        private final Refill refill;

        private Proposable(Allocate request, Refill refill) {
            this.request = request;
            this.refill = refill;
        }

        public long amount() {
            return request.amount();
        }

        /** The id that the proposal will have: it follows from the schedule and the period, too. */
        public UUID proposalId() {
            return Ids.derive(refill.allocationId(), "Proposal");
        }
    }

    /** It can be, and is once it is written. */
    public static final class Possible implements Decision {

        private final Moved moved;
        private final Terms terms;
        private final Moment moment;
        private final Details details;

        private Possible(Moved moved, Terms terms, Moment moment, Details details) {
            this.moved = moved;
            this.terms = terms;
            this.moment = moment;
            this.details = details;
        }

        public long amount() {
            return moved.entry().amount();
        }

        /** The pool after it. */
        public Pool after() {
            return moved.pool();
        }
    }

    /** Decides by the pool, which is locked, and the contract in force. */
    public Uni<Decision> decide(Tx tx, Pool pool, Refill refill, Instant now) {
        var moment = new Moment(refill.allocationId(), Ids.derive(refill.allocationId(), "PointsAllocated"), now);
        var request = new Allocate(refill.tenantId(), refill.amount(), refill.currency(), refill.referenceNote(), null);
        return TenantSettings.of(tx, refill.tenantId()).chain(settings -> {
            var today = settings.days().dayOf(now);
            var own = refill.lastDay();
            var lastDay = own == null ? request.lastDay(today, settings.poolExpires()) : own.of(today);
            var outcome =
                    PlatformRules.allocate(pool, refill.amount(), lastDay, moment.allocationId(), moment.eventId());
            return Terms.at(tx, refill.tenantId(), now).chain(terms -> {
                var refusal = terms.refusal(request);
                refusal = refusal == null ? MovementProblems.of(outcome) : refusal;
                return refusal != null
                        ? Uni.createFrom().<Decision>item(new Refused(reason(refusal)))
                        : decide(
                                tx,
                                refill,
                                settings,
                                now,
                                lastDay,
                                new Possible(
                                        (Moved) outcome,
                                        terms,
                                        moment,
                                        new Details(
                                                refill.madeBy(),
                                                refill.referenceNote(),
                                                null,
                                                refill.scheduleId(),
                                                refill.period())));
            });
        });
    }

    /** The month's budget, and the tenant's threshold, hold for schedules too. */
    private Uni<Decision> decide(
            Tx tx,
            Refill refill,
            TenantSettings settings,
            Instant now,
            @Nullable LocalDate lastDay,
            Possible possible) {
        return alerts.budget(tx, refill.tenantId(), refill.amount(), now).map(standing -> {
            var decision = AllocationService.decide(refill.amount(), standing, settings, now);
            if (decision instanceof CapExceeded exceeded) {
                return new Refused(reason(MovementProblems.of(exceeded)));
            }
            return decision instanceof TakesTwo
                    ? new Proposable(
                            new Allocate(
                                    refill.tenantId(),
                                    refill.amount(),
                                    refill.currency(),
                                    refill.referenceNote(),
                                    refill.lastDay() == null ? null : AllocationExpiry.until(lastDay)),
                            refill)
                    : possible;
        });
    }

    /** Proposes what was decided. */
    public Uni<Void> propose(Tx tx, Pool pool, Proposable decided, Instant now, Envelope.Actor actor) {
        var refill = decided.refill;
        return proposed.propose(
                        tx,
                        pool,
                        decided.request,
                        decided.proposalId(),
                        refill.madeBy(),
                        new Run(refill.scheduleId(), refill.period(), refill.allocationId()),
                        now,
                        actor)
                .replaceWithVoid();
    }

    /** Writes what was decided. */
    public Uni<Void> write(Tx tx, Possible decided, Envelope.Actor actor) {
        return allocations
                .write(tx, decided.moved, decided.terms, decided.moment, actor, decided.details)
                .replaceWithVoid();
    }

    /** Fails with a 422 problem if the contract that is in force at a moment, as far as it is known, has another currency. */
    public Uni<Void> requireCurrency(Tx tx, UUID tenantId, String currency, Instant moment) {
        return Terms.at(tx, tenantId, moment)
                .invoke(terms -> {
                    var refusal = terms.otherCurrency(currency);
                    if (refusal != null) {
                        throw refusal.exception();
                    }
                })
                .replaceWithVoid();
    }

    private static String reason(Problem problem) {
        return problem.type()
                .substring(TYPE_PREFIX.length())
                .toUpperCase(Locale.ROOT)
                .replace('-', '_');
    }
}
