package io.points.billing.period;

import io.points.billing.entry.EntryView;
import io.points.billing.entry.LateEntries;
import io.points.billing.entry.LateEntryMove;
import io.points.billing.period.PeriodRules.Refusal;
import io.points.billing.period.PeriodService.Wish;
import io.points.billing.period.Periods.Found;
import io.points.billing.period.Periods.Month;
import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
import io.points.platform.web.paging.PageRequest;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Moves what was booked late into the month to which it belongs, while that is open again. */
@ApplicationScoped
class LateEntryService {

    /** So many allocations and clawbacks are moved by one request, so that the tenant's lock is held for moments only. */
    static final int MOST_EVENTS = 200;

    private final Transactions transactions;
    private final Periods periods;
    private final LateEntries entries;

    LateEntryService(Transactions transactions, Periods periods, LateEntries entries) {
        this.transactions = transactions;
        this.periods = periods;
        this.entries = entries;
    }

    /**
     * What is moved.
     *
     * @param remaining late entries of the month that are left
     */
    record Outcome(LateEntryMove move, long remaining) {}

    /** Where an entry stands in the list. */
    record Cursor(long poolVersion, int line) {

        static final Cursor START = new Cursor(0, 0);

        /** @throws IllegalArgumentException if it is none */
        static Cursor of(String text) {
            var parts = text.split(" ", 2);
            if (parts.length < 2) {
                throw new IllegalArgumentException(text);
            }
            return new Cursor(Long.parseLong(parts[0]), Integer.parseInt(parts[1]));
        }

        static String text(EntryView entry) {
            return entry.poolVersion() + " " + entry.line();
        }
    }

    /** Fails with a 404 problem if the tenant is unknown. */
    Uni<List<EntryView>> list(Month month, PageRequest page) {
        var given = page.position(Cursor::of);
        var after = given == null ? Cursor.START : given;
        return transactions.snapshot(tx -> periods.asItStands(tx, month)
                .chain(found -> entries.page(
                        tx, month.tenantId(), month.period(), after.poolVersion(), after.line(), page.fetch())));
    }

    /** What {@link #move} would do now; it fails as that would. */
    Uni<Outcome> check(Month month, @Nullable List<UUID> chosen) {
        return transactions.snapshot(
                tx -> periods.asItStands(tx, month).chain(found -> decide(tx, month, found, chosen)));
    }

    /** Moves all late entries of the month, or chosen ones; those that were moved already stay where they are. */
    Uni<Outcome> move(Tx tx, Month month, Wish wish, @Nullable List<UUID> chosen) {
        return periods.lock(tx, month)
                .chain(found -> decide(tx, month, found, chosen))
                .call(outcome -> entries.move(tx, outcome.move(), wish.actor(), wish.reason()));
    }

    private Uni<Outcome> decide(Tx tx, Month month, Found found, @Nullable List<UUID> chosen) {
        var refused = PeriodRules.moveLateEntries(found.history(), found.around());
        if (refused != null) {
            throw Periods.problem(refused);
        }
        return requireKnown(tx, month, chosen)
                .chain(() -> entries.chosen(tx, month.tenantId(), month.period(), chosen, MOST_EVENTS))
                .call(move -> entries.pool(tx, month.tenantId()).invoke(pool -> {
                    var missing = move.missing(pool);
                    if (missing != null) {
                        throw incomplete(missing);
                    }
                }))
                .chain(move -> entries.count(tx, month.tenantId(), month.period())
                        .map(late -> new Outcome(move, late - move.entries().size())));
    }

    private Uni<Void> requireKnown(Tx tx, Month month, @Nullable List<UUID> chosen) {
        return chosen == null
                ? Uni.createFrom().voidItem()
                : entries.strangers(tx, month.tenantId(), month.period(), chosen)
                        .invoke(strangers -> {
                            if (!strangers.isEmpty()) {
                                throw unknown(chosen.indexOf(strangers.get(0)));
                            }
                        })
                        .replaceWithVoid();
    }

    /** Whether there is such an entry elsewhere is not said. */
    private static ProblemException unknown(int index) {
        var field = "entry_ids[" + index + "]";
        return Problem.of(
                        422,
                        "late-entry-unknown",
                        "An entry is not a late entry of the month",
                        field + " is not an entry that belongs to the month and was booked in a later one.")
                .withError(field, "is not a late entry of the month")
                .exception();
    }

    private static ProblemException incomplete(String missing) {
        var refusal = Refusal.LATE_ENTRIES_INCOMPLETE;
        return Problem.of(409, refusal.slug(), refusal.title(), missing)
                .withError("entry_ids", missing)
                .exception();
    }
}
