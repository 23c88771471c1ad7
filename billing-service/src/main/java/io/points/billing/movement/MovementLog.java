package io.points.billing.movement;

import io.points.billing.BilledTenants;
import io.points.billing.BilledTenants.BilledTenant;
import io.points.billing.BilledTenants.TenantName;
import io.points.billing.Flow;
import io.points.billing.Period;
import io.points.billing.entry.Billable;
import io.points.billing.entry.BillingLog;
import io.points.contract.Message;
import io.points.contract.PoolEvent.TenantClosed;
import io.points.contract.PoolEvent.TenantNamed;
import io.points.platform.inbox.Received;
import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Writes down what moved points: once per event, however often the event is read. An allocation is billed at once, for its
 * event says all that it costs. What a clawback gives back follows from what was bought before it, so it is billed once all
 * movements of the pool before it are known, or an adjustment has made up for those that nobody will ever tell.
 */
@ApplicationScoped
class MovementLog {

    private final BilledTenants tenants;
    private final MovementRows rows;
    private final BillingLog billing;

    MovementLog(BilledTenants tenants, MovementRows rows, BillingLog billing) {
        this.tenants = tenants;
        this.rows = rows;
        this.billing = billing;
    }

    /** Takes a poll. Repeated events change nothing and announce nothing. */
    <M extends Message> Uni<Void> record(Tx tx, List<Received<M>> poll) {
        var heardOf = new HashMap<UUID, Period>();
        var movements = new LinkedHashMap<UUID, Movement>();
        var names = new HashMap<UUID, TenantName>();
        var closings = new HashMap<UUID, Instant>();
        for (var received : poll) {
            heardOf.merge(
                    received.envelope().tenantId(),
                    Period.of(received.envelope().time()),
                    Period::orEarlier);
            if (received.message() instanceof TenantNamed named) {
                names.merge(
                        named.tenantId(),
                        new TenantName(named.name(), received.envelope().time()),
                        TenantName::newer);
            }
            if (received.message() instanceof TenantClosed closed) {
                closings.putIfAbsent(closed.tenantId(), received.envelope().time());
            }
            Movement.of(received.envelope(), received.message())
                    .ifPresent(it -> movements.putIfAbsent(it.eventId(), it));
        }
        return tenants.heard(tx, heardOf)
                .call(() -> tenants.name(tx, names))
                .call(() -> tenants.closed(tx, closings))
                .chain(known -> record(tx, known, movements));
    }

    private Uni<Void> record(Tx tx, Map<UUID, BilledTenant> known, Map<UUID, Movement> movements) {
        if (movements.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var counted = movements.values().stream()
                .map(it -> new Counted(it, period(known, it)))
                .toList();
        return rows.insert(tx, counted)
                .call(fresh -> requireKnown(tx, movements.keySet(), fresh))
                .chain(fresh -> bill(
                        tx,
                        known,
                        counted.stream()
                                .filter(it -> fresh.contains(it.movement().eventId()))
                                .toList()));
    }

    private static Period period(Map<UUID, BilledTenant> known, Movement movement) {
        return known.get(movement.tenantId()).open(Period.of(movement.envelope().time()));
    }

    private Uni<Void> bill(Tx tx, Map<UUID, BilledTenant> known, List<Counted> fresh) {
        var allocations = fresh.stream()
                .filter(it -> it.movement().flow() == Flow.ALLOCATED)
                .map(Counted::billable)
                .toList();
        return billing.purchase(tx, allocations).chain(() -> billWhatWaited(tx, known, fresh));
    }

    private Uni<Void> billWhatWaited(Tx tx, Map<UUID, BilledTenant> known, List<Counted> fresh) {
        var firstOfEach = new HashMap<UUID, Long>();
        var due = new ArrayList<Billable>();
        for (var one : fresh) {
            var movement = one.movement();
            var version = movement.poolVersion();
            if (version == null) {
                continue;
            }
            firstOfEach.merge(movement.tenantId(), version, Math::min);
            // It was missing when an adjustment made up for it, and came all the same: nothing is waited for any more.
            if (movement.flow() == Flow.CLAWED_BACK
                    && version <= known.get(movement.tenantId()).contiguousVersion()) {
                due.add(one.billable());
            }
        }
        return firstOfEach.isEmpty()
                ? Uni.createFrom().voidItem()
                : rows.advance(tx, firstOfEach)
                        .chain(stretches -> rows.clawbacks(tx, stretches))
                        .invoke(due::addAll)
                        .chain(() -> billing.credit(tx, due));
    }

    /** What was not written must be a repeat: two events for one pool version would be a movement left out. */
    private Uni<Void> requireKnown(Tx tx, Collection<UUID> asked, Set<UUID> fresh) {
        var others = asked.stream().filter(id -> !fresh.contains(id)).toList();
        return others.isEmpty()
                ? Uni.createFrom().voidItem()
                : rows.countKnown(tx, others)
                        .invoke(known -> {
                            if (known != others.size()) {
                                throw new IllegalStateException(
                                        "the pool version is known already, from another event");
                            }
                        })
                        .replaceWithVoid();
    }
}
