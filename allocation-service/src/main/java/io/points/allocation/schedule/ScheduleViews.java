package io.points.allocation.schedule;

import io.points.allocation.tenant.TenantSettings;
import io.points.contract.ScheduleState;
import io.points.platform.outbox.Transactions;
import io.points.platform.time.BusinessTime;
import io.points.platform.web.paging.Page;
import io.points.platform.web.paging.PageRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Schedules and their runs as they are read, and what they would do next. */
@ApplicationScoped
class ScheduleViews {

    static final String ALL = Schedules.SELECT + "id < $1 order by id desc limit $2";

    static final String IN_STATE = Schedules.SELECT + "state = $3 and id < $1 order by id desc limit $2";

    static final String OF_TENANT = Schedules.SELECT
            + "tenant_id = $3 and ($4::text is null or state = $4) and id < $1 order by id desc limit $2";

    static final String RUNS = """
            select * from schedule_runs where schedule_id = $1 and number < $2 order by number desc limit $3
            """;

    private static final String FIND = Schedules.SELECT + "id = $1";

    /** Behind all others, so that the first page needs no statement of its own. */
    private static final UUID BEYOND = new UUID(-1, -1);

    private final Transactions transactions;

    ScheduleViews(Transactions transactions) {
        this.transactions = transactions;
    }

    /** @return fails with a 404 problem if there is none */
    Uni<ScheduleView> find(UUID id) {
        return transactions
                .snapshot(tx -> tx.query(FIND, id))
                .map(Schedules::only)
                .map(ScheduleView::of);
    }

    /** The newest first. */
    Uni<Page<ScheduleView>> page(@Nullable UUID tenantId, @Nullable ScheduleState state, PageRequest page) {
        var given = page.afterId();
        var after = given == null ? BEYOND : given;
        return transactions
                .snapshot(tx -> {
                    if (tenantId != null) {
                        return tx.query(OF_TENANT, after, page.fetch(), tenantId, state == null ? null : state.word());
                    }
                    return state == null
                            ? tx.query(ALL, after, page.fetch())
                            : tx.query(IN_STATE, after, page.fetch(), state.word());
                })
                .map(rows -> Page.of(
                        Schedules.all(rows), page, schedule -> schedule.id().toString(), ScheduleView::of));
    }

    /** The newest first. */
    Uni<Page<ScheduleRun>> runs(UUID id, PageRequest page) {
        return transactions
                .snapshot(tx -> tx.query(FIND, id)
                        .invoke(Schedules::only)
                        .chain(() -> tx.query(
                                RUNS,
                                id,
                                Objects.requireNonNullElse(page.afterNumber(), Long.MAX_VALUE),
                                page.fetch())))
                .map(rows -> {
                    var runs = new ArrayList<ScheduleRun>(rows.rowCount());
                    rows.forEach(row -> runs.add(ScheduleRun.of(row)));
                    return Page.of(runs, page, run -> Integer.toString(run.number()), run -> run);
                });
    }

    /**
     * The next periods: of an active schedule those that it will run, of a paused one those that it would if it were resumed now, of
     * one that has ended none.
     */
    Uni<PeriodPreview> preview(UUID id, int periods) {
        return transactions.snapshot(
                tx -> tx.query(FIND, id).map(Schedules::only).chain(schedule -> TenantSettings.of(
                                tx, schedule.tenantId())
                        .map(settings -> new PeriodPreview(next(schedule, settings.zone(), periods)))));
    }

    private static List<PeriodPreview.Due> next(AllocationSchedule schedule, ZoneId zone, int periods) {
        var rhythm = schedule.rhythm();
        var due =
                switch (schedule.state()) {
                    case ACTIVE -> ScheduleRules.from(rhythm, zone, schedule.nextPeriod());
                    case PAUSED -> ScheduleRules.firstAfter(rhythm, zone, BusinessTime.now(), schedule.nextPeriod());
                    case ENDED -> Optional.<ScheduleRules.Due>empty();
                };
        var found = new ArrayList<PeriodPreview.Due>(periods);
        while (due.isPresent() && found.size() < periods) {
            found.add(
                    new PeriodPreview.Due(due.get().period().label(), due.get().at()));
            due = ScheduleRules.from(rhythm, zone, due.get().period().next());
        }
        return found;
    }
}
