package io.points.billing.statement;

import io.points.billing.statement.JournalConfig.When;
import io.points.platform.background.Loop;
import io.points.platform.background.Offload;
import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
import io.points.platform.time.BusinessTime;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Puts entries that have no batch into one. Which these are is a state of each entry, and not a place in an order: entries are
 * committed in another order than they are written, so what comes in late is found by the next one who looks.
 */
@ApplicationScoped
class JournalBatchService {

    /** Entries of a batch: about two megabytes of CSV. */
    private static final int LARGEST = 5_000;

    /** Batches that one request makes, so that it ends in time however much there is. */
    private static final int AT_ONCE = 4;

    private final Transactions transactions;
    private final JournalBookings bookings;
    private final JournalBatches batches;
    private final boolean closedOnly;

    JournalBatchService(
            Transactions transactions, JournalBookings bookings, JournalBatches batches, JournalConfig config) {
        this.transactions = transactions;
        this.bookings = bookings;
        this.batches = batches;
        closedOnly = config.journal().batches() == When.CLOSED;
    }

    /** Makes the batches that are due, a few of them if there are many; each is a transaction. */
    Uni<Void> makeDue() {
        var made = new AtomicInteger();
        return Loop.run(() -> transactions.write(this::makeNext).map(more -> more && made.incrementAndGet() < AT_ONCE));
    }

    /** Gives whether there was anything to put into a batch. */
    private Uni<Boolean> makeNext(Tx tx) {
        return batches.lock(tx).chain(number -> bookings.due(tx, LARGEST, closedOnly)
                .chain(due -> due.isEmpty()
                        ? Uni.createFrom().item(false)
                        : make(tx, NewBatch.of(number, due)).replaceWith(true)));
    }

    private Uni<Void> make(Tx tx, NewBatch batch) {
        return Offload.call(batch::csv)
                .chain(content -> batches.insert(tx, batch, content, bookings.accounts(), BusinessTime.now()));
    }
}
