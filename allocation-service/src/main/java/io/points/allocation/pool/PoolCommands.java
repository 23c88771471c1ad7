package io.points.allocation.pool;

import io.micrometer.core.instrument.MeterRegistry;
import io.points.allocation.alert.PoolAlerts;
import io.points.allocation.stats.WalletTotals;
import io.points.contract.DistributionKind;
import io.points.contract.PoolCommand;
import io.points.contract.PoolCommand.DebitPool;
import io.points.contract.PoolCommand.MovePoolPoints;
import io.points.contract.PoolCommand.ReturnToPool;
import io.points.contract.RefusalReason;
import io.points.platform.inbox.Inbox;
import io.points.platform.inbox.Received;
import io.points.platform.outbox.Tx;
import io.points.platform.telemetry.LogIds;
import io.points.platform.time.BusinessTime;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Consumes the saga's commands and publishes the pools' replies. A poll is one transaction: the pools are locked once in id
 * order, the decisions are made in memory, and a hot pool needs one row update for all of its commands.
 */
@ApplicationScoped
class PoolCommands {

    private static final Logger LOG = Logger.getLogger(PoolCommands.class);

    private final Inbox inbox;
    private final Pools pools;
    private final PoolDebits debits;
    private final DepartmentPools departments;
    private final WalletTotals totals;
    private final PoolAlerts alerts;
    private final MeterRegistry metrics;

    PoolCommands(
            Inbox inbox,
            Pools pools,
            PoolDebits debits,
            DepartmentPools departments,
            WalletTotals totals,
            PoolAlerts alerts,
            MeterRegistry metrics) {
        this.inbox = inbox;
        this.pools = pools;
        this.debits = debits;
        this.departments = departments;
        this.totals = totals;
        this.alerts = alerts;
        this.metrics = metrics;
    }

    @Incoming("pool-commands")
    Uni<Void> consume(ConsumerRecords<String, byte[]> poll) {
        return inbox.process(poll, PoolCommand.class, this::decide);
    }

    private Uni<Void> decide(Tx tx, List<Received<PoolCommand>> poll) {
        var tenants = poll.stream().map(command -> command.message().tenantId()).collect(Collectors.toSet());
        var distributions =
                poll.stream().map(command -> command.message().distributionId()).collect(Collectors.toSet());
        poll.stream()
                .map(command -> namedDebit(command.message()))
                .filter(Objects::nonNull)
                .forEach(distributions::add);
        return pools.lock(tx, tenants)
                .chain(locked -> debits.find(tx, distributions).chain(known -> departments
                        .find(tx, departments(poll, known))
                        .chain(envelopes -> new Round(locked, envelopes, known).run(tx, poll))));
    }

    /** The departments whose envelopes may change: what the commands name, or the debits that they undo. */
    private static Set<DepartmentPool.Key> departments(
            List<Received<PoolCommand>> poll, Map<UUID, PoolDebits.Known> known) {
        var keys = new HashSet<DepartmentPool.Key>();
        poll.forEach(received -> {
            var command = received.message();
            departmentsOf(command)
                    .filter(Objects::nonNull)
                    .forEach(id -> keys.add(new DepartmentPool.Key(command.tenantId(), id)));
        });
        known.values().forEach(it -> {
            if (it.debit() instanceof PoolDebit.Debited debit && debit.department() != null) {
                keys.add(new DepartmentPool.Key(
                        debit.tenantId(), debit.department().departmentId()));
            }
        });
        return keys;
    }

    private static Stream<@Nullable UUID> departmentsOf(PoolCommand command) {
        if (command instanceof DebitPool debit) {
            return Stream.of(debit.departmentId());
        }
        if (command instanceof MovePoolPoints move) {
            return Stream.of(move.fromDepartmentId(), move.toDepartmentId());
        }
        return command instanceof ReturnToPool giveBack ? Stream.of(giveBack.departmentId()) : Stream.empty();
    }

    private static @Nullable UUID namedDebit(PoolCommand command) {
        return command instanceof ReturnToPool giveBack ? giveBack.debitId() : null;
    }

    private void count(PoolDebit first) {
        if (first instanceof PoolDebit.Debited) {
            metrics.counter("points_pool_debits", "outcome", "debited", "reason", "")
                    .increment();
        } else if (first instanceof PoolDebit.Refused refused) {
            metrics.counter(
                            "points_pool_debits",
                            "outcome",
                            "refused",
                            "reason",
                            refused.reason().name())
                    .increment();
        }
    }

    /** The decisions of one poll, in its order. */
    private final class Round {
        private final Instant now = BusinessTime.now();
        private final Map<UUID, Pool> locked;
        private final Map<UUID, Pool> current;
        private final Map<DepartmentPool.Key, DepartmentPool> envelopes;
        private final Map<UUID, PoolDebits.Known> before;
        private final Map<UUID, PoolDebits.Known> after = new LinkedHashMap<>();
        private final Map<UUID, PoolRules.Named> takenBack = new HashMap<>();
        private final List<WalletTotals.Return> returned = new ArrayList<>();
        private final List<PoolEntry> entries = new ArrayList<>();
        private final Map<UUID, PoolAlerts.Empty> empty = new HashMap<>();
        private final List<DepartmentEntry> ofDepartments = new ArrayList<>();
        private final Set<UUID> moved = new LinkedHashSet<>();

        Round(
                Map<UUID, Pool> current,
                Map<DepartmentPool.Key, DepartmentPool> envelopes,
                Map<UUID, PoolDebits.Known> before) {
            locked = current;
            this.current = new HashMap<>(current);
            this.envelopes = new HashMap<>(envelopes);
            this.before = before;
        }

        Uni<Void> run(Tx tx, List<Received<PoolCommand>> poll) {
            poll.forEach(received -> decide(tx, received));
            var fresh = new ArrayList<PoolDebits.Known>();
            var changed = new ArrayList<PoolDebits.Known>();
            after.forEach((id, known) -> (before.containsKey(id) ? changed : fresh).add(known));
            tx.afterCommit(() -> fresh.forEach(known -> count(known.debit())));
            var changedPools = moved();
            return alerts.debited(tx, low(changedPools), empty.values(), now)
                    .chain(() -> tx.conclude(
                            debits.insert(tx, fresh, now),
                            debits.update(tx, changed, now),
                            debits.takeBack(tx, takenBack.values()),
                            pools.save(tx, changedPools, entries, now),
                            departments.save(tx, ofDepartments, now),
                            totals.returned(tx, returned, now)));
        }

        /** Those that have become so by this poll: nobody sees what was in between. */
        private List<PoolAlerts.Low> low(List<Pool> pools) {
            return pools.stream()
                    .filter(pool -> pool.becameLowSince(locked.get(pool.tenantId())))
                    .map(pool -> new PoolAlerts.Low(pool.tenantId(), pool.balance(), pool.lowAt()))
                    .toList();
        }

        private PoolDebits.@Nullable Known known(@Nullable UUID distribution) {
            return after.getOrDefault(distribution, before.get(distribution));
        }

        private PoolRules.@Nullable Named named(PoolCommand command) {
            var id = namedDebit(command);
            var debit = known(id);
            return debit == null
                    ? null
                    : takenBack.getOrDefault(id, new PoolRules.Named(debit.debit(), debit.returned()));
        }

        /** Points have come back to the pool: out of a budget, of an award that was reversed, or because they have lapsed. */
        private void giveBack(ReturnToPool command, PoolRules.@Nullable Named named) {
            if (named != null) {
                takenBack.put(command.debitId(), named.after(command.amount()));
            }
            returned.add(new WalletTotals.Return(
                    command.distributionId(), command.tenantId(), command.amount(), command.origin()));
        }

        private List<Pool> moved() {
            return moved.stream().map(current::get).toList();
        }

        private void decide(Tx tx, Received<PoolCommand> received) {
            var command = received.message();
            var known = known(command.distributionId());
            var named = named(command);
            var decision = PoolRules.decide(
                    current.get(command.tenantId()),
                    id -> envelopes.computeIfAbsent(
                            new DepartmentPool.Key(command.tenantId(), id), DepartmentPool::none),
                    known == null ? null : known.debit(),
                    named,
                    command);
            boolean repeated = known != null && known.debit().equals(decision.debit());
            if (!repeated) {
                after.put(command.distributionId(), row(known, decision.debit(), command));
                lacksPoints(decision.debit());
            }
            if (decision.pool() != null) {
                current.put(command.tenantId(), decision.pool());
            }
            decision.entry().ifPresent(entries::add);
            decision.departments().forEach(entry -> {
                ofDepartments.add(entry);
                envelopes.put(entry.after().key(), entry.after());
            });
            if (decision.entry().isPresent() || !decision.departments().isEmpty()) {
                moved.add(command.tenantId());
            }
            if (decision.entry().isPresent() && command instanceof ReturnToPool giveBack) {
                giveBack(giveBack, named);
            }
            if (decision.debit() instanceof PoolDebit.SetAside aside) {
                LogIds.of(received.envelope())
                        .distribution(aside.distributionId())
                        .around(() -> LOG.errorf(
                                "ALARM: return %s of %s points by tenant %s exceeds the %s that are outstanding; quarantined",
                                aside.distributionId(), aside.amount(), aside.tenantId(), aside.outstanding()));
            }
            tx.send(
                    decision.answerId(),
                    decision.debit().answer(),
                    repeated ? known.at() : now,
                    received.envelope().actor());
        }

        private void lacksPoints(PoolDebit debit) {
            if (debit instanceof PoolDebit.Refused refused
                    && refused.reason() == RefusalReason.INSUFFICIENT_POOL_BALANCE) {
                empty.putIfAbsent(
                        refused.tenantId(),
                        new PoolAlerts.Empty(refused.tenantId(), refused.balance(), refused.amount()));
            }
        }

        /** Kind and amount are those of the debit, even after its end; a tombstone has none. */
        private PoolDebits.Known row(PoolDebits.Known known, PoolDebit debit, PoolCommand command) {
            if (known != null) {
                return new PoolDebits.Known(debit, known.kind(), known.amount(), known.returned(), now);
            }
            if (command instanceof DebitPool first) {
                return new PoolDebits.Known(debit, first.kind().word(), first.amount(), 0, now);
            }
            if (command instanceof MovePoolPoints first) {
                return new PoolDebits.Known(debit, DistributionKind.TRANSFER.word(), first.amount(), 0, now);
            }
            return command instanceof ReturnToPool first
                    ? new PoolDebits.Known(debit, PoolRules.kind(first).word(), first.amount(), 0, now)
                    : new PoolDebits.Known(debit, "unknown", 0, 0, now);
        }
    }
}
