package io.points.audit.seal;

import io.points.audit.proof.Note;
import io.points.audit.quarantine.Quarantine;
import io.points.audit.quarantine.Work;
import io.points.contract.AuditEvent.RecordsSealed;
import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Default;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Sees, before anything is sealed, whether seals were published that this database does not have. Then it was restored
 * from an older backup: their leaves have to be made again, in the same order, and the events behind them are past the
 * offsets that Kafka knows, so all event topics are read once more from their beginning; what is recorded already is
 * recognised. After that every published checkpoint fits again.
 */
@ApplicationScoped
@Default
@Identifier("restoration")
class Restoration implements KafkaConsumerRebalanceListener {

    private static final Logger LOG = Logger.getLogger(Restoration.class);
    private static final List<String> CHANNELS =
            List.of("pool-events", "allocation-alerts", "wallet-events", "billing-entries", "billing-periods");

    private final PublishedSeals published;
    private final ForeseenSeals foreseen;
    private final Transactions transactions;
    private final CheckpointKeys keys;
    private final KafkaClientService kafka;
    private final Quarantine quarantine;

    private volatile boolean stopped;
    private volatile boolean known;
    private volatile boolean underWay;

    Restoration(
            PublishedSeals published,
            ForeseenSeals foreseen,
            Transactions transactions,
            CheckpointKeys keys,
            KafkaClientService kafka,
            Quarantine quarantine) {
        this.published = published;
        this.foreseen = foreseen;
        this.transactions = transactions.background();
        this.keys = keys;
        this.kafka = kafka;
        this.quarantine = quarantine;
    }

    void start(@Observes StartupEvent event) {
        look().onFailure()
                .invoke(failure ->
                        LOG.warnf("Published seals could not be read; nothing is sealed until they are: %s", failure))
                .onFailure(failure -> !stopped)
                .retry()
                .withBackOff(Duration.ofMillis(200), Duration.ofSeconds(5))
                .indefinitely()
                .subscribe()
                .with(done -> {}, failure -> LOG.debugf("Stopped before the published seals were read: %s", failure));
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
    }

    /** Whether it is known what was published. Nothing may be sealed before. */
    boolean isKnown() {
        return known;
    }

    /** Whether leaves have to be made again. */
    boolean isUnderWay() {
        return underWay;
    }

    /** All leaves are made again. */
    void end() {
        LOG.info("Every published seal is restored");
        underWay = false;
    }

    /** Looks at what was published. */
    Uni<Void> look() {
        return Uni.createFrom()
                .voidItem()
                .invoke(() -> {
                    known = false;
                    published.readBackwards(this::hasNews);
                })
                .runSubscriptionOn(Infrastructure.getDefaultExecutor())
                .chain(() -> transactions.write(foreseen::tenants))
                .chain(tenants -> {
                    underWay = !tenants.isEmpty();
                    known = true;
                    if (!underWay) {
                        return Uni.createFrom().voidItem();
                    }
                    LOG.warnf(
                            "The database is older than the published seals: the leaves of %s tenants are being restored",
                            tenants.size());
                    return readEventsAgain();
                });
    }

    private boolean hasNews(List<RecordsSealed> seals) {
        var ours = seals.stream().filter(this::isOurs).toList();
        return transactions
                .write(tx -> foreseen.signedRoots(tx, ours).chain(roots -> {
                    var news = new ArrayList<RecordsSealed>();
                    var forked = new ArrayList<RecordsSealed>();
                    for (int i = 0; i < ours.size(); i++) {
                        var seal = ours.get(i);
                        var signed = roots.get(i);
                        if (signed.isEmpty()) {
                            news.add(seal);
                        } else if (!Arrays.equals(signed.get(), root(seal))) {
                            forked.add(seal);
                        }
                    }
                    return foreseen.foresee(tx, news)
                            .chain(() -> foreseen.withoutRefuted(tx, forked))
                            .chain(left -> leaveOut(tx, left))
                            .replaceWith(!news.isEmpty());
                }))
                .await()
                .indefinitely();
    }

    /** Permanent and stored: once sealed further, such a tree would look complete to anyone who has not seen the topic. */
    private Uni<Void> leaveOut(Tx tx, Collection<RecordsSealed> forked) {
        var all = Uni.createFrom().voidItem();
        for (var seal : forked.stream()
                .collect(Collectors.toMap(RecordsSealed::tenantId, seal -> seal, (first, second) -> second))
                .values()) {
            var why = "another tree of " + seal.treeSize() + " leaves was published than this database has signed";
            all = all.chain(() -> quarantine.addForGood(tx, Work.SEALING, seal.tenantId(), why));
        }
        return all;
    }

    private static byte[] root(RecordsSealed seal) {
        return Base64.getDecoder().decode(seal.rootHash());
    }

    private boolean isOurs(RecordsSealed seal) {
        if (isSigned(seal)) {
            return true;
        }
        LOG.errorf("ALARM: a seal of tenant %s on the topic is not signed with any of our keys", seal.tenantId());
        return false;
    }

    private boolean isSigned(RecordsSealed seal) {
        try {
            var note = Note.parse(seal.note());
            return note.checkpoint().tenantId().equals(seal.tenantId())
                    && note.checkpoint().size() == seal.treeSize()
                    && Arrays.equals(note.checkpoint().root(), root(seal))
                    && note.signer(keys.all()).isPresent();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private Uni<Void> readEventsAgain() {
        var all = Uni.createFrom().voidItem();
        for (var channel : CHANNELS) {
            all = all.chain(() -> kafka.getConsumer(channel).runOnPollingThread(consumer -> {
                consumer.seekToBeginning(consumer.assignment());
            }));
        }
        return all;
    }

    /** Whatever Kafka knows to be acknowledged, this database may not have. */
    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        if (underWay) {
            consumer.seekToBeginning(partitions);
        }
    }
}
