package io.points.e2e;

import static io.points.local.Service.ALLOCATION;
import static io.points.local.Service.AUDIT;
import static io.points.local.Service.BILLING;
import static io.points.local.Service.DISTRIBUTION;

import io.points.local.Service;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * The state in which the books can be compared: all sagas have ended, nothing waits to be attested, sent, heard, sealed,
 * posted or counted.
 */
final class Rest {

    static final Duration LONGEST_WAY = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private static final String ATTESTING = "select count(*) from attestation_round where due_at < 'infinity'"
            + " and (due_at <= now() or tenant_id is not null)";
    private static final String UNPOSTED =
            "select (select count(*) from audit_unposted) + (select count(*) from audit_attestations)";

    private static final String UNDOING = "select count(*) from batch_undos where state = 'UNDOING'";
    private static final String UNSENT = "select count(*) from outbox where set_aside is null";

    /** A round takes them off. */
    private static final String COUNTED_FOR_NOTHING = "select count(*) from distributions where counted_on is not null"
            + " and (state in ('REJECTED', 'CANCELLED', 'COMPENSATED') or reversed_by is not null)";

    private static final String UNCOUNTED =
            "select count(*) from audit_books b left join audit_counted c using (tenant_id)"
                    + " where b.tree_size > coalesce(c.tree_size, 0)";

    private final Books books;
    private final Topics topics;

    Rest(Books books, Topics topics) {
        this.books = books;
        this.topics = topics;
    }

    /**
     * Waits for it.
     *
     * @return how long it took
     * @throws AssertionError if it takes longer than that
     */
    Duration await(Duration longest) {
        return await(longest, this::unrest);
    }

    /**
     * Waits until all that callers have asked for stands in all books. What goes on by itself may go on: the attestation
     * of balances, the counting of records.
     *
     * @return how long it took
     * @throws AssertionError if it takes longer than that
     */
    Duration awaitSettled(Duration longest) {
        return await(longest, this::unsettled);
    }

    private static Duration await(Duration longest, Supplier<String> look) {
        long began = System.nanoTime();
        while (true) {
            String found = look(look);
            var passed = Duration.ofNanos(System.nanoTime() - began);
            if (found == null) {
                return passed;
            }
            if (passed.compareTo(longest) > 0) {
                throw new AssertionError("Not at rest after " + passed.toSeconds() + " s: " + found);
            }
            pause();
        }
    }

    private static String look(Supplier<String> look) {
        try {
            return look.get();
        } catch (IllegalStateException e) {
            return e.toString();
        }
    }

    private String unrest() {
        var open = open();
        if (open != null) {
            return open;
        }
        for (var owner : List.of(ALLOCATION, DISTRIBUTION)) {
            if (books.number(owner, ATTESTING) > 0) {
                return owner.module() + " attests its balances";
            }
        }
        var underWay = underWay();
        if (underWay != null) {
            return underWay;
        }
        long uncounted = books.has(AUDIT, "audit_counted") ? books.number(AUDIT, UNCOUNTED) : 0;
        if (uncounted > 0) {
            return "the records of " + uncounted + " tenants wait to be counted";
        }
        long counts = books.number(AUDIT, UNSENT) + topics.lag(BILLING);
        return counts == 0 ? null : counts + " counts of records are on their way to billing-service";
    }

    private String unsettled() {
        var open = open();
        return open == null ? underWay() : open;
    }

    private String open() {
        long open = books.number(DISTRIBUTION, "select count(*) from distributions where due_at is not null");
        if (open > 0) {
            return open + " distributions are open";
        }
        long batches = books.number(DISTRIBUTION, "select count(*) from batches where waiting");
        if (batches > 0) {
            return batches + " batches wait";
        }
        long undos = books.has(DISTRIBUTION, "batch_undos") ? books.number(DISTRIBUTION, UNDOING) : 0;
        if (undos > 0) {
            return undos + " batches are being undone";
        }
        long counted = books.has(DISTRIBUTION, "given") ? books.number(DISTRIBUTION, COUNTED_FOR_NOTHING) : 0;
        return counted == 0 ? null : counted + " distributions are counted that did not happen";
    }

    private String underWay() {
        for (var service : Service.values()) {
            // In the order in which one leads to the next.
            long lag = topics.lag(service);
            long unsealed = service == AUDIT ? books.number(AUDIT, "select count(*) from " + unsealed()) : 0;
            if (unsealed > 0) {
                return unsealed + " audit records wait for their leaves";
            }
            long waiting = books.number(service, UNSENT);
            if (waiting > 0 || lag > 0) {
                return service.module() + " has " + waiting + " messages to send and " + lag + " to read";
            }
        }
        long unposted = books.number(AUDIT, UNPOSTED);
        return unposted == 0 ? null : unposted + " seals or attested balances wait for the books";
    }

    /** Where records wait for their leaves; the bench measures older revisions too, which call it otherwise. */
    private String unsealed() {
        return books.has(AUDIT, "audit_waiting") ? "audit_waiting" : "audit_unsealed";
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_EVERY.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted on the way to rest", e);
        }
    }
}
