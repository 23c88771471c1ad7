package io.points.distribution.closing;

import io.points.contract.ClosingEvent.PeopleErased;
import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.distribution.member.Erasure;
import io.points.platform.background.Round;
import io.points.platform.background.Rounds;
import io.points.platform.background.Schedule;
import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
import io.points.platform.time.BusinessTime;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Deletes what is known of the people of closed tenants, member by member, as their managers delete what is known of one. How far it has come
 * stands in the table: whoever dies, or is at it beside another, deletes of one member again what is gone already.
 */
@ApplicationScoped
class PeopleErasureRound {

    private static final Logger LOG = Logger.getLogger(PeopleErasureRound.class);
    private static final Duration LONGEST_SLICE = Duration.ofSeconds(20);

    private static final String NEXT = """
            select e.*, (select m.user_id from members m where m.tenant_id = e.tenant_id and m.user_id > e.reached
                         order by m.user_id limit 1) as member
            from people_erasures e where e.done_at is null order by e.tenant_id limit 1
            """;

    private static final String REACHED =
            "update people_erasures set reached = greatest(reached, $2) where closing_id = $1";

    /** Of two instances one says so. */
    private static final String DONE = """
            update people_erasures set done_at = $2 where closing_id = $1 and done_at is null
            returning (select count(*) from members m where m.tenant_id = people_erasures.tenant_id) as members
            """;

    private final Transactions transactions;
    private final Erasure erasure;
    private final Schedule schedule;
    private final Round round;

    PeopleErasureRound(Transactions transactions, Erasure erasure, Schedule schedule, Rounds rounds) {
        this.transactions = transactions.background();
        this.erasure = erasure;
        this.schedule = schedule;
        round = rounds.round("people_erasures");
    }

    /** @param member whose turn it is; null if it was everybody's */
    private record Next(
            UUID closingId, UUID tenantId, @Nullable UUID member, Envelope.Actor actor) {

        private static Next of(Row row) {
            return new Next(
                    row.getUUID("closing_id"),
                    row.getUUID("tenant_id"),
                    row.getUUID("member"),
                    new Envelope.Actor(
                            row.getUUID("requested_by").toString(),
                            row.getString("requested_role"),
                            row.getString("traceparent")));
        }
    }

    void start(@Observes StartupEvent event) {
        schedule.everyConfigured("points.saga.sweep-every", this::turn);
    }

    private Uni<Void> turn() {
        return round.run(() -> slice().ifNoItem().after(LONGEST_SLICE).fail())
                .onFailure()
                .recoverWithUni(failure -> {
                    LOG.warnf(
                            "What is known of people of closed tenants could not be deleted; the next round goes on: %s",
                            failure);
                    return Uni.createFrom().voidItem();
                });
    }

    /** One member. */
    private Uni<Boolean> slice() {
        return transactions.write(PeopleErasureRound::next).chain(found -> {
            if (found.isEmpty()) {
                return Uni.createFrom().item(false);
            }
            var next = found.get();
            var member = next.member();
            return (member == null
                            ? transactions.write(tx -> end(tx, next))
                            : erasure.erase(next.tenantId(), member, next.actor())
                                    .chain(() -> transactions.write(tx -> tx.query(REACHED, next.closingId(), member)
                                            .replaceWithVoid())))
                    .replaceWith(true);
        });
    }

    private static Uni<Optional<Next>> next(Tx tx) {
        return tx.query(NEXT)
                .map(rows -> rows.rowCount() == 0
                        ? Optional.empty()
                        : Optional.of(Next.of(rows.iterator().next())));
    }

    private static Uni<Void> end(Tx tx, Next erased) {
        var now = BusinessTime.now();
        return tx.query(DONE, erased.closingId(), now.atOffset(ZoneOffset.UTC))
                .invoke(rows -> rows.forEach(row -> tx.send(
                        Ids.derive(erased.closingId(), PeopleErased.class.getSimpleName()),
                        new PeopleErased(erased.closingId(), erased.tenantId(), row.getLong("members")),
                        now,
                        erased.actor())))
                .replaceWithVoid();
    }
}
