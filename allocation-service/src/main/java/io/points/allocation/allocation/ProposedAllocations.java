package io.points.allocation.allocation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.points.allocation.alert.MovementAlerts;
import io.points.allocation.allocation.AllocationRules.CapExceeded;
import io.points.allocation.allocation.AllocationRules.Decision;
import io.points.allocation.allocation.AllocationRules.TakesTwo;
import io.points.allocation.allocation.Allocations.Details;
import io.points.allocation.allocation.Allocations.Moment;
import io.points.allocation.pool.PlatformRules;
import io.points.allocation.pool.PlatformRules.Moved;
import io.points.allocation.pool.Pool;
import io.points.allocation.proposal.Proposal;
import io.points.allocation.proposal.ProposalKind;
import io.points.allocation.proposal.ProposalService;
import io.points.allocation.proposal.ProposalService.Wish;
import io.points.allocation.proposal.ProposedAction;
import io.points.allocation.tenant.TenantSettings;
import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.platform.outbox.Tx;
import io.points.platform.web.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Allocations that take a second platform admin. Nothing is fixed when one is proposed but what was asked for: what is approved is an allocation of
 * that moment, at the contract that is in force then.
 */
@ApplicationScoped
class ProposedAllocations implements ProposedAction {

    private static final String INSERT = """
            insert into proposed_allocations (proposal_id, currency, expires, schedule_id, period, allocation_id)
            values ($1, $2, $3, $4, $5, $6)
            """;

    private static final String FIND = "select * from proposed_allocations where proposal_id = $1";

    private final Allocations allocations;
    private final ProposalService proposals;
    private final MovementAlerts alerts;
    private final ObjectMapper json;

    ProposedAllocations(Allocations allocations, ProposalService proposals, MovementAlerts alerts, ObjectMapper json) {
        this.allocations = allocations;
        this.proposals = proposals;
        this.alerts = alerts;
        this.json = json;
    }

    /**
     * Whose run of which period it is, if a schedule asks for it.
     *
     * @param allocationId that it will have
     */
    record Run(UUID scheduleId, String period, UUID allocationId) {}

    Uni<Proposal> propose(Tx tx, Pool pool, Allocate request, Instant now, Envelope.Actor by) {
        return propose(tx, pool, request, Ids.next(now), UUID.fromString(by.id()), null, now, by);
    }

    /**
     * Writes a proposal; the pool is locked.
     *
     * @param proposedBy who may not approve it: of a schedule's run, who made the schedule
     */
    Uni<Proposal> propose(
            Tx tx,
            Pool pool,
            Allocate request,
            UUID id,
            UUID proposedBy,
            @Nullable Run run,
            Instant now,
            Envelope.Actor by) {
        var wish = new Wish(kind(), request.amount(), false, request.referenceNote());
        return proposals
                .propose(tx, pool, id, wish, proposedBy, now, by)
                .call(() -> insert(tx, id, request.currency(), write(request.expires()), run));
    }

    /**
     * Writes what a manager asks for, in the currency of this moment's contract; the pool is locked.
     *
     * @param amount points
     * @param note why, in the manager's words: no event has it, and what is allocated refers to the request by its id
     */
    Uni<Proposal> ask(Tx tx, Pool pool, long amount, String note, Instant now, Envelope.Actor by) {
        var id = Ids.next(now);
        var wish = new Wish(kind(), amount, false, "Request " + id, note);
        return Terms.at(tx, pool.tenantId(), now).chain(terms -> proposals
                .propose(tx, pool, id, wish, UUID.fromString(by.id()), now, by)
                .call(() -> insert(tx, id, terms.currency(), null, null)));
    }

    private static Uni<Void> insert(Tx tx, UUID id, String currency, @Nullable String expires, @Nullable Run run) {
        return tx.query(
                        INSERT,
                        id,
                        currency,
                        expires,
                        run == null ? null : run.scheduleId(),
                        run == null ? null : run.period(),
                        run == null ? null : run.allocationId())
                .replaceWithVoid();
    }

    @Override
    public ProposalKind kind() {
        return ProposalKind.ALLOCATION;
    }

    /** What an allocation would be at one moment, and whether it takes two platform admins. */
    private record Judged(Decision decision, Moved moved, Terms terms, Moment moment, Details details) {}

    /** All people are in the audit log; the history names who has approved it last. Another currency, too little room or a cap is a problem. */
    @Override
    public Uni<UUID> carryOut(Tx tx, Proposal proposal, Pool pool, Instant now, Envelope.Actor by) {
        return judge(tx, proposal, pool, now, by)
                .chain(it -> allocations.write(tx, it.moved(), it.terms(), it.moment(), by, it.details()))
                .map(Allocation::allocationId);
    }

    @Override
    public Uni<Boolean> takesTwo(Tx tx, Proposal request, Pool pool, Instant now, Envelope.Actor by) {
        return judge(tx, request, pool, now, by).map(it -> it.decision() instanceof TakesTwo);
    }

    private Uni<Judged> judge(Tx tx, Proposal proposal, Pool pool, Instant now, Envelope.Actor by) {
        return tx.query(FIND, proposal.proposalId())
                .map(rows -> rows.iterator().next())
                .chain(row -> judge(tx, proposal, row, pool, now, by));
    }

    private Uni<Judged> judge(Tx tx, Proposal proposal, Row row, Pool pool, Instant now, Envelope.Actor by) {
        var request = new Allocate(
                proposal.tenantId(),
                proposal.amount(),
                row.getString("currency"),
                proposal.reason(),
                read(row.getString("expires")));
        var kept = row.getUUID("allocation_id");
        var id = kept == null ? Ids.next(now) : kept;
        var moment = new Moment(id, Ids.derive(id, "PointsAllocated"), now);
        var details = new Details(
                UUID.fromString(by.id()),
                request.referenceNote(),
                null,
                row.getUUID("schedule_id"),
                row.getString("period"));
        return Terms.at(tx, pool.tenantId(), now)
                .invoke(terms -> throwIfAny(terms.refusal(request)))
                .chain(terms -> TenantSettings.of(tx, pool.tenantId()).chain(settings -> alerts.budget(
                                tx, pool.tenantId(), request.amount(), now)
                        .map(standing -> AllocationService.decide(request.amount(), standing, settings, now))
                        .map(decision -> new Judged(
                                decision, moved(decision, request, settings, pool, moment), terms, moment, details))));
    }

    /** Whoever approves it answers for the month's budget, unless that refuses more. */
    private static Moved moved(Decision decision, Allocate request, TenantSettings settings, Pool pool, Moment moment) {
        if (decision instanceof CapExceeded exceeded) {
            throw MovementProblems.of(exceeded).exception();
        }
        var today = settings.days().dayOf(moment.now());
        var outcome = PlatformRules.allocate(
                pool,
                request.amount(),
                request.lastDay(today, settings.poolExpires()),
                moment.allocationId(),
                moment.eventId());
        throwIfAny(MovementProblems.of(outcome));
        return (Moved) outcome;
    }

    private static void throwIfAny(@Nullable Problem refusal) {
        if (refusal != null) {
            throw refusal.exception();
        }
    }

    private @Nullable String write(@Nullable AllocationExpiry expires) {
        try {
            return expires == null ? null : json.writeValueAsString(expires);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("When points lapse could not be serialised", e);
        }
    }

    private @Nullable AllocationExpiry read(@Nullable String text) {
        try {
            return text == null ? null : json.readValue(text, AllocationExpiry.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("When points lapse cannot be read", e);
        }
    }
}
