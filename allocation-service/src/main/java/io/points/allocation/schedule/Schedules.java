package io.points.allocation.schedule;

import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.contract.PoolEvent.ScheduleChanged;
import io.points.platform.outbox.Tx;
import io.points.platform.web.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The repository of schedules. Whoever changes one holds its row's lock until the commit; it is locked before tenants are. */
@ApplicationScoped
class Schedules {

    static final String SELECT = "select * from schedules where ";

    /** Another instance's are left to it. */
    static final String DUE = SELECT + "next_due_at <= $1 order by next_due_at, id limit $2 for update skip locked";

    static final String DUE_BEHIND = SELECT
            + "next_due_at <= $1 and (next_due_at, id) > ($2, $3) order by next_due_at, id limit 1 for update skip locked";

    private static final String LOCK = SELECT + "id = $1 for update";

    private static final String LOCK_ACTIVE =
            SELECT + "tenant_id = $1 and next_due_at is not null order by id for update";

    private static final String LOCK_NOT_ENDED = SELECT + "tenant_id = $1 and state <> 'ended' order by id for update";

    private static final String INSERT = """
            insert into schedules (id, tenant_id, what, revision, name, mode, amount, currency, reference_note, every, day, at,
                                   starts_on, ends_on, catch_up, state, next_period, next_due_at, runs, created_by, created_at,
                                   expires, expires_after, expires_round)
            values ($1, $2, 'allocate', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
                    $23)
            """;

    private static final String UPDATE = """
            update schedules set revision = $2, name = $3, mode = $4, amount = $5, currency = $6, reference_note = $7, every = $8,
                   day = $9, at = $10, starts_on = $11, ends_on = $12, catch_up = $13, state = $14, next_period = $15,
                   next_due_at = $16, runs = $17, expires = $18, expires_after = $19, expires_round = $20
            where id = $1
            """;

    private static final String LOG = """
            insert into schedule_logs (schedule_id, revision, tenant_id, what, name, mode, amount, currency, reference_note, every,
                                       day, at, starts_on, ends_on, catch_up, state, expires, expires_after, expires_round,
                                       event_id, created_by, created_at)
            select id, revision, tenant_id, what, name, mode, amount, currency, reference_note, every, day, at, starts_on, ends_on,
                   catch_up, state, expires, expires_after, expires_round, $2, $3, $4
            from schedules where id = $1
            """;

    /** @return fails with a 404 problem if there is none */
    Uni<AllocationSchedule> lock(Tx tx, UUID id) {
        return tx.query(LOCK, id).map(Schedules::only);
    }

    static AllocationSchedule only(RowSet<Row> rows) {
        if (rows.rowCount() == 0) {
            throw Problem.notFound("schedule").exception();
        }
        return AllocationSchedule.of(rows.iterator().next());
    }

    /** Locks some that fall due until then and that nobody has locked, the oldest first. */
    Uni<List<AllocationSchedule>> lockDue(Tx tx, Instant until, int most) {
        return tx.query(DUE, time(until), most).map(Schedules::all);
    }

    /**
     * Locks the next one that falls due until then and that nobody has locked.
     *
     * @param behind the one before it, whose time may have changed since; null for the first
     */
    Uni<List<AllocationSchedule>> lockNextDue(Tx tx, Instant until, @Nullable AllocationSchedule behind) {
        return tx.query(
                        DUE_BEHIND,
                        time(until),
                        time(behind == null ? Instant.EPOCH : behind.nextDueAt()),
                        behind == null ? Ids.NIL : behind.id())
                .map(Schedules::all);
    }

    /** Locks those of a tenant that wait for their moment. */
    Uni<List<AllocationSchedule>> lockNotEnded(Tx tx, UUID tenantId) {
        return tx.query(LOCK_NOT_ENDED, tenantId).map(Schedules::all);
    }

    Uni<List<AllocationSchedule>> lockActive(Tx tx, UUID tenantId) {
        return tx.query(LOCK_ACTIVE, tenantId).map(Schedules::all);
    }

    static List<AllocationSchedule> all(RowSet<Row> rows) {
        var found = new ArrayList<AllocationSchedule>(rows.rowCount());
        rows.forEach(row -> found.add(AllocationSchedule.of(row)));
        return found;
    }

    /** Writes a new one, logs it, and tells of it. */
    Uni<Void> insert(Tx tx, AllocationSchedule made, Instant now, Envelope.Actor by) {
        var terms = made.terms();
        return tx.query(
                        INSERT,
                        made.id(),
                        made.tenantId(),
                        made.revision(),
                        terms.name(),
                        terms.mode().word(),
                        terms.amount(),
                        terms.currency(),
                        terms.referenceNote(),
                        terms.every().word(),
                        terms.day(),
                        terms.at(),
                        terms.startsOn(),
                        terms.endsOn(),
                        terms.catchUp().word(),
                        made.state().word(),
                        made.nextPeriod().label(),
                        time(made.nextDueAt()),
                        made.runs(),
                        made.createdBy(),
                        time(made.createdAt()),
                        word(terms.expires()),
                        after(terms.expires()),
                        round(terms.expires()))
                .chain(() -> tell(tx, made, now, by));
    }

    /** Writes a changed one, logs it, and tells of it. */
    Uni<Void> change(Tx tx, AllocationSchedule changed, Instant now, Envelope.Actor by) {
        return save(tx, changed).chain(() -> tell(tx, changed, now, by));
    }

    /** Writes how far it has come, which changes nothing that anybody has said. */
    Uni<Void> save(Tx tx, AllocationSchedule schedule) {
        var terms = schedule.terms();
        return tx.query(
                        UPDATE,
                        schedule.id(),
                        schedule.revision(),
                        terms.name(),
                        terms.mode().word(),
                        terms.amount(),
                        terms.currency(),
                        terms.referenceNote(),
                        terms.every().word(),
                        terms.day(),
                        terms.at(),
                        terms.startsOn(),
                        terms.endsOn(),
                        terms.catchUp().word(),
                        schedule.state().word(),
                        schedule.nextPeriod().label(),
                        time(schedule.nextDueAt()),
                        schedule.runs(),
                        word(terms.expires()),
                        after(terms.expires()),
                        round(terms.expires()))
                .replaceWithVoid();
    }

    private static Uni<Void> tell(Tx tx, AllocationSchedule schedule, Instant now, Envelope.Actor by) {
        var eventId = Ids.next(now);
        tx.send(
                eventId,
                new ScheduleChanged(
                        schedule.id(),
                        schedule.tenantId(),
                        schedule.revision(),
                        MakeSchedule.Work.WORD,
                        schedule.state()),
                now,
                by);
        return tx.query(LOG, schedule.id(), eventId, by.id() == null ? null : UUID.fromString(by.id()), time(now))
                .replaceWithVoid();
    }

    private static @Nullable String word(@Nullable ScheduleExpiry expires) {
        return expires == null ? null : expires.word();
    }

    private static @Nullable String after(@Nullable ScheduleExpiry expires) {
        return expires == null ? null : expires.after();
    }

    private static @Nullable String round(@Nullable ScheduleExpiry expires) {
        return expires == null || expires.round() == null
                ? null
                : expires.round().word();
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
