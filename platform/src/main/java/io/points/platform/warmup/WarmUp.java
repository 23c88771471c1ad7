package io.points.platform.warmup;

import io.points.platform.internals.OwnContext;
import io.quarkus.vertx.http.HttpServerStart;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/**
 * A service is ready when its first request is answered like any later one: until then it sends requests to itself, opens
 * connections to its database, reads a row of each entity, asks Kafka for a topic, and waits for the keys of the identity
 * provider. All of it reads only. After {@code points.warm-up.limit} nothing of it matters: a service that is slow at first is
 * better than none.
 */
@Readiness
@ApplicationScoped
class WarmUp implements HealthCheck {

    private static final Logger LOG = Logger.getLogger(WarmUp.class);
    private static final int CONNECTIONS = 8;
    private static final String PRODUCER = "kafka-out";

    private final Vertx vertx;
    private final Pool pool;
    private final Mutiny.SessionFactory sessions;
    private final KafkaClientService kafka;
    private final String path;
    private final String topic;
    private final Duration limit;
    private final long made = System.nanoTime();
    private final AtomicBoolean begun = new AtomicBoolean();
    private volatile boolean done;

    WarmUp(
            Vertx vertx,
            Pool pool,
            Mutiny.SessionFactory sessions,
            KafkaClientService kafka,
            @ConfigProperty(name = "points.warm-up.path") String path,
            @ConfigProperty(name = "points.warm-up.topic") String topic,
            @ConfigProperty(name = "points.warm-up.limit") Duration limit) {
        this.vertx = vertx;
        this.pool = pool;
        this.sessions = sessions;
        this.kafka = kafka;
        this.path = path;
        this.topic = topic;
        this.limit = limit;
    }

    @Override
    public HealthCheckResponse call() {
        boolean isLate = System.nanoTime() - made > limit.toNanos();
        return HealthCheckResponse.named("warm-up").status(done || isLate).build();
    }

    /** Begins once requests can be answered; each of the server's event loops says so. */
    void begin(@ObservesAsync HttpServerStart server) {
        if (!begun.compareAndSet(false, true)) {
            return;
        }
        int port = server.options().getPort();
        var works = Map.of(
                "requests",
                stranger(port, Stranger::ask),
                "keys of the identity provider",
                stranger(port, Stranger::awaitKeys),
                "database",
                connections().chain(this::entities),
                "kafka",
                Uni.createFrom()
                        .deferred(() -> kafka.getProducer(PRODUCER).partitionsFor(topic))
                        .replaceWithVoid());
        Steps.all(works, limit).subscribe().with(x -> {
            done = true;
            LOG.infof("Warmed up after %s ms", (System.nanoTime() - made) / 1_000_000);
        });
    }

    private Uni<Void> stranger(int port, Function<Stranger, Uni<Void>> work) {
        return Uni.createFrom().deferred(() -> {
            var stranger = new Stranger(vertx, port, path);
            return work.apply(stranger).onTermination().invoke(stranger::close);
        });
    }

    /** The pool opens one for each query that finds none free. */
    private Uni<Void> connections() {
        return Uni.join()
                .all(IntStream.range(0, CONNECTIONS)
                        .mapToObj(i -> pool.query("select 1").execute())
                        .toList())
                .andFailFast()
                .replaceWithVoid();
    }

    /** A session wants a context that nobody else is on, as a request has one. */
    private Uni<Void> entities() {
        return Uni.createFrom()
                .emitter(end -> OwnContext.run(vertx, () -> Uni.createFrom()
                        .deferred(() -> sessions.withSession(this::oneOfEach))
                        .subscribe()
                        .with(end::complete, end::fail)));
    }

    private Uni<Void> oneOfEach(Mutiny.Session session) {
        Uni<Void> all = Uni.createFrom().voidItem();
        for (var entity : sessions.getMetamodel().getEntities()) {
            all = all.chain(() -> session.createSelectionQuery("from " + entity.getName(), entity.getJavaType())
                    .setMaxResults(1)
                    .getResultList()
                    .replaceWithVoid());
        }
        return all;
    }
}
