package io.points.allocation.allocation;

import io.points.allocation.allocation.Allocations.Details;
import io.points.allocation.allocation.Allocations.Moment;
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
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Allocations that a schedule makes: by the same rules as one by hand, in the schedule's transaction. */
@ApplicationScoped
public class ScheduledAllocations {

    private static final String TYPE_PREFIX = "urn:points:problem:";

    private final Allocations allocations;

    ScheduledAllocations(Allocations allocations) {
        this.allocations = allocations;
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
        return lastDay(tx, refill, request, now)
                .chain(lastDay -> Terms.at(tx, refill.tenantId(), now).map(terms -> {
                    var outcome = PlatformRules.allocate(
                            pool, refill.amount(), lastDay.orElse(null), moment.allocationId(), moment.eventId());
                    var refusal = terms.refusal(request);
                    refusal = refusal == null ? MovementProblems.of(outcome) : refusal;
                    return refusal != null
                            ? new Refused(reason(refusal))
                            : new Possible(
                                    (Moved) outcome,
                                    terms,
                                    moment,
                                    new Details(
                                            refill.madeBy(),
                                            refill.referenceNote(),
                                            null,
                                            refill.scheduleId(),
                                            refill.period()));
                }));
    }

    private static Uni<Optional<LocalDate>> lastDay(Tx tx, Refill refill, Allocate request, Instant now) {
        var own = refill.lastDay();
        return own == null
                ? Allocations.lastDay(tx, request, now)
                : TenantSettings.of(tx, refill.tenantId())
                        .map(settings ->
                                Optional.ofNullable(own.of(settings.days().dayOf(now))));
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
