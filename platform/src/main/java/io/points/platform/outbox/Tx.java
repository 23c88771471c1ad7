package io.points.platform.outbox;

import io.points.contract.Envelope;
import io.points.contract.Message;
import io.points.contract.MessageJson;
import io.smallrye.mutiny.CompositeException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One open database transaction, and the messages that are published if and only if it commits. There is no other way to publish
 * a message. Its statements run in the order in which they are submitted.
 */
public final class Tx {

    private static final String INSERT_OUTBOX = """
            insert into outbox (event_id, topic, type, subject, occurred_at, tenant_id, actor_id, actor_role, traceparent, payload,
                                available_at)
            select n.*, clock_timestamp() + $11 * interval '1 second'
            from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::uuid[], $7::text[],
                        $8::text[], $9::text[], $10::text[]) as n
            returning position, event_id
            """;

    private final SqlConnection connection;
    private final BiFunction<Tx, Uni<Void>, Uni<Void>> conclusion;
    private final List<Outgoing> outgoing = new ArrayList<>();
    private final List<Runnable> afterCommit = new ArrayList<>();
    private boolean concluded;

    private record Outgoing(UUID id, Message message, Instant time, Envelope.Actor actor) {
        Envelope envelope(String source) {
            return new Envelope(
                    id,
                    message.type(),
                    source,
                    message.subject().toString(),
                    time,
                    message.tenantId(),
                    actor.id(),
                    actor.role(),
                    actor.traceparent());
        }
    }

    /** @param conclusion runs the last statements of a transaction, its messages and its end */
    Tx(SqlConnection connection, BiFunction<Tx, Uni<Void>, Uni<Void>> conclusion) {
        this.connection = connection;
        this.conclusion = conclusion;
    }

    /** Runs one prepared statement. */
    public Uni<RowSet<Row>> query(String sql, Object... arguments) {
        return Uni.createFrom().deferred(() -> {
            requireOpen();
            return connection.preparedQuery(sql).execute(Tuple.from(arguments));
        });
    }

    /** Sends a command of the transaction itself, such as {@code begin}, at once: whatever is submitted after it runs after it. */
    Uni<Void> submit(String command) {
        return started(connection.query(command).execute().replaceWithVoid());
    }

    /** The work, which has begun: whoever subscribes hears how it ends. */
    public static <T> Uni<T> started(Uni<T> work) {
        var running = work.memoize().indefinitely();
        running.subscribe().with(done -> {}, failure -> {});
        return running;
    }

    /**
     * Runs independent statements, pipelined. The first that fails determines the failure; later ones fail because of it, and may say so
     * sooner, as their answers come on another thread.
     */
    public static Uni<Void> together(Uni<?>... statements) {
        return Uni.combine()
                .all()
                .unis(statements)
                .collectFailures()
                .discardItems()
                .onFailure(CompositeException.class)
                .transform(all -> all.getCauses().get(0));
    }

    /**
     * Runs the last statements, pipelined, and right behind them writes the messages and ends the transaction: no round trip is waited for in
     * between. If one of them fails, nothing is committed. The work gives what this gives, or fails with it, and does nothing more; what the
     * statements return cannot undo them.
     */
    public Uni<Void> conclude(Uni<?>... statements) {
        return Uni.createFrom().deferred(() -> conclusion.apply(this, together(statements)));
    }

    /**
     * Runs work that may be refused. If it fails with such a {@code refusal}, its writes and messages are
     * rolled back to a savepoint, and the transaction can continue; any other failure ends the transaction.
     *
     * @return the result of the work; fails if the work fails
     */
    public <T> Uni<T> attempt(Class<? extends Throwable> refusal, Supplier<Uni<T>> work) {
        int messages = outgoing.size();
        int actions = afterCommit.size();
        return query("savepoint before_attempt")
                .chain(marked -> work.get())
                .onFailure(refusal)
                .call(() -> query("rollback to savepoint before_attempt").invoke(() -> {
                    outgoing.subList(messages, outgoing.size()).clear();
                    afterCommit.subList(actions, afterCommit.size()).clear();
                }));
    }

    /**
     * Publishes {@code message} once this transaction has committed; at least once, always under the same id.
     *
     * @param time when it happened
     * @throws IllegalStateException if the message is out of its own bounds, so that every consumer would reject it
     */
    public void send(UUID id, Message message, Instant time, Envelope.Actor actor) {
        requireOpen();
        MessageJson.requireValid(message);
        outgoing.add(new Outgoing(id, message, time, actor));
    }

    /**
     * Runs after this transaction has committed, and never if it does not; a crash loses it. Its exceptions are logged and
     * counted, and do not fail the committed work: a caller who saw a failure would retry it.
     */
    public void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    /** @param failed receives what an action throws; the other actions run regardless */
    void committed(Consumer<Throwable> failed) {
        for (var action : afterCommit) {
            try {
                action.run();
            } catch (RuntimeException | Error e) {
                failed.accept(e);
            }
        }
    }

    private void requireOpen() {
        if (concluded) {
            throw new IllegalStateException("the transaction has been concluded");
        }
    }

    boolean isConcluded() {
        return concluded;
    }

    /** Its end has been submitted. */
    void concluded() {
        concluded = true;
    }

    int messages() {
        return outgoing.size();
    }

    /**
     * Writes the messages into the outbox.
     *
     * @param source the service that writes them
     * @param lease for how long the relay ignores them, in whole seconds
     * @return the rows, in the order of their positions
     */
    Uni<List<OutboxRow>> flush(String source, Duration lease) {
        if (outgoing.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        int n = outgoing.size();
        var ids = new UUID[n];
        var topics = new String[n];
        var types = new String[n];
        var subjects = new String[n];
        var times = new OffsetDateTime[n];
        var tenants = new UUID[n];
        var actors = new String[n];
        var roles = new String[n];
        var traces = new String[n];
        var payloads = new String[n];
        for (int i = 0; i < n; i++) {
            var out = outgoing.get(i);
            ids[i] = out.id();
            topics[i] = out.message().topic();
            types[i] = out.message().type();
            subjects[i] = out.message().subject().toString();
            times[i] = out.time().atOffset(ZoneOffset.UTC);
            tenants[i] = out.message().tenantId();
            actors[i] = out.actor().id();
            roles[i] = out.actor().role();
            traces[i] = out.actor().traceparent();
            payloads[i] = MessageJson.write(out.message());
        }
        return query(INSERT_OUTBOX, ids, topics, types, subjects, times, tenants, actors, roles, traces, payloads, (int)
                        lease.toSeconds())
                .map(rows -> written(rows, payloads, source));
    }

    /** The same id means the same message. */
    private List<OutboxRow> written(RowSet<Row> rows, String[] payloads, String source) {
        var places = new HashMap<UUID, Integer>();
        for (int i = 0; i < outgoing.size(); i++) {
            places.put(outgoing.get(i).id(), i);
        }
        var written = new ArrayList<OutboxRow>(outgoing.size());
        for (var row : rows) {
            int i = places.get(row.getUUID("event_id"));
            var out = outgoing.get(i);
            written.add(
                    new OutboxRow(row.getLong("position"), out.message().topic(), out.envelope(source), payloads[i]));
        }
        written.sort(Comparator.comparingLong(OutboxRow::position));
        return written;
    }
}
