package io.points.distribution.saga;

import io.points.contract.DistributionKind;
import io.points.contract.Envelope;
import io.points.contract.Message;
import io.points.contract.PoolEvent.PlatformMovement;
import io.points.contract.PoolEvent.PointsAllocated;
import io.points.contract.PoolEvent.PointsReturnSetAside;
import io.points.contract.PoolEvent.PoolAnswer;
import io.points.contract.PoolEvent.PoolDebitCancelled;
import io.points.contract.PoolEvent.PoolDebitRefused;
import io.points.contract.PoolEvent.PoolDebited;
import io.points.contract.PoolEvent.PoolRefunded;
import io.points.contract.RefusalReason;
import io.points.distribution.department.DepartmentBalances;
import io.points.distribution.feed.FeedItem;
import io.points.distribution.pool.PoolNews;
import io.points.distribution.pool.PoolProjection;
import io.points.ledger.dates.Lots;
import io.points.platform.inbox.Inbox;
import io.points.platform.inbox.Received;
import io.points.platform.outbox.Tx;
import io.points.platform.telemetry.LogIds;
import io.points.platform.time.BusinessTime;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Consumes the pools' replies and advances the distributions. A poll is one transaction: distributions, then members,
 * then wallets are locked, each in key order; the steps are decided in memory and written together.
 */
@ApplicationScoped
class PoolReplies {

    private static final Logger LOG = Logger.getLogger(PoolReplies.class);

    private final Inbox inbox;
    private final Distributions distributions;
    private final Arrivals arrivals;
    private final PoolProjection projection;
    private final DepartmentBalances departments;
    private final CompletionRegistry completions;

    PoolReplies(
            Inbox inbox,
            Distributions distributions,
            Arrivals arrivals,
            PoolProjection projection,
            DepartmentBalances departments,
            CompletionRegistry completions) {
        this.inbox = inbox;
        this.distributions = distributions;
        this.arrivals = arrivals;
        this.projection = projection;
        this.departments = departments;
        this.completions = completions;
    }

    @Incoming("pool-events")
    Uni<Void> consume(ConsumerRecords<String, byte[]> poll) {
        return inbox.process(
                poll,
                Message.class,
                PoolReplies::isOfAWholeBatch,
                (tx, events) -> advance(
                        tx,
                        events.stream().map(PoolNews::of).toList(),
                        events.stream()
                                .map(Received::message)
                                .filter(DepartmentBalances::tells)
                                .toList()));
    }

    /** It may credit 10,000 wallets: the limit of one transaction's time and memory. */
    private static boolean isOfAWholeBatch(Message message) {
        return message instanceof PoolDebited debited && debited.kind() == DistributionKind.BATCH;
    }

    /** @param ofDepartments what of it tells of departments' envelopes */
    private Uni<Void> advance(Tx tx, List<PoolNews> events, List<Message> ofDepartments) {
        return lockAll(tx, events).chain(locked -> {
            // After the locks, so that a later entry of a wallet never has an earlier time.
            var now = BusinessTime.now();
            var changes = decide(events, locked, now);
            var ended = changes.updated().stream()
                    .filter(distribution -> !distribution.state().isOpen())
                    .map(Distribution::id)
                    .toList();
            tx.afterCommit(() -> completions.ended(ended));
            var written = Tx.together(distributions.write(tx, changes), arrivals.beginRounds(tx, changes));
            var projected = projection.update(tx, events);
            if (!ofDepartments.isEmpty()) {
                return Tx.together(written, projected, departments.update(tx, ofDepartments));
            }
            return PoolProjection.isOneStatement(events)
                    ? tx.conclude(written, projected)
                    : Tx.together(written, projected);
        });
    }

    /** The rows that a poll may change. */
    private record Locked(Map<UUID, Distribution> distributions, Arrivals.Locked arrivals) {}

    private Uni<Locked> lockAll(Tx tx, List<PoolNews> events) {
        var answered = new TreeSet<UUID>();
        var debited = new HashSet<UUID>();
        for (var news : events) {
            var answer = news.answer();
            if (answer != null) {
                answered.add(answer.distributionId());
                if (answer instanceof PoolDebited) {
                    debited.add(answer.distributionId());
                }
            }
        }
        if (answered.isEmpty()) {
            return Uni.createFrom().item(new Locked(Map.of(), Arrivals.Locked.NOTHING));
        }
        return distributions.lock(tx, answered).chain(found -> {
            var arriving = found.stream()
                    .filter(distribution -> distribution.state() == State.REQUESTED
                            && distribution.approval() == null
                            && debited.contains(distribution.id()))
                    .toList();
            var byId = found.stream().collect(Collectors.toMap(Distribution::id, d -> d));
            return arrivals.lock(tx, arriving, List.of(), List.of()).map(locked -> new Locked(byId, locked));
        });
    }

    private static Changes decide(List<PoolNews> events, Locked locked, Instant now) {
        var changes =
                new Changes(now, locked.arrivals().wallets(), locked.arrivals().awards());
        for (var news : events) {
            if (news.answer() != null) {
                onAnswer(news.envelope(), news.answer(), locked, changes);
            }
            if (news.movement() != null) {
                changes.tell(forManagers(news.movement(), news.envelope().id()));
            }
        }
        return changes;
    }

    private static void onAnswer(Envelope envelope, PoolAnswer answer, Locked locked, Changes changes) {
        if (answer instanceof PointsReturnSetAside aside) {
            LogIds.of(envelope)
                    .distribution(aside.distributionId())
                    .around(() -> LOG.errorf(
                            "ALARM: the pool of tenant %s quarantined return %s of %s points",
                            aside.tenantId(), aside.distributionId(), aside.amount()));
        }
        var before = locked.distributions().get(answer.distributionId());
        if (before == null || !before.tenantId().equals(answer.tenantId())) {
            LogIds.of(envelope)
                    .distribution(answer.distributionId())
                    .around(() -> LOG.warnf(
                            "Ignored a %s for unknown distribution %s", answer.type(), answer.distributionId()));
            return;
        }
        var current = changes.current(before);
        Saga.onAnswer(current, answer, () -> locked.arrivals().canTake(current)).ifPresent(step -> {
            if (answer instanceof PoolDebited debited && current.kind() == DistributionKind.DELEGATION) {
                changes.dated(current.id(), Lots.ofTold(debited.lots()));
            }
            changes.step(current, step, refunded(answer));
            if (answer instanceof PoolDebitRefused refused
                    && (refused.reason() == RefusalReason.INSUFFICIENT_POOL_BALANCE
                            || refused.reason() == RefusalReason.INSUFFICIENT_DEPARTMENT_BALANCE)) {
                changes.refusedAt(current.id(), refused.balance());
            }
        });
    }

    private static long refunded(PoolAnswer answer) {
        if (answer instanceof PoolDebitCancelled cancelled) {
            return cancelled.refunded();
        }
        return answer instanceof PoolRefunded refunded ? refunded.refunded() : 0;
    }

    private static FeedItem forManagers(PlatformMovement movement, UUID eventId) {
        return new FeedItem(
                movement.tenantId(),
                movement instanceof PointsAllocated ? FeedItem.Kind.ALLOCATION : FeedItem.Kind.CLAWBACK,
                FeedItem.Audience.MANAGERS,
                null,
                null,
                movement.amount(),
                null,
                eventId);
    }
}
