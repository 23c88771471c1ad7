package io.points.allocation.tenant;

import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.contract.PoolEvent.ContractChanged;
import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
import io.points.platform.time.BusinessTime;
import io.points.platform.web.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes contracts, which are immutable: a new one is another row, and is published. */
@ApplicationScoped
class Contracts {

    private static final String NEWEST = """
            select revision, currency, price_per_point, po_number, cost_centre, valid_from
            from contract_logs where tenant_id = $1 order by revision desc limit 1
            """;

    private static final String INSERT = """
            insert into contract_logs (tenant_id, revision, currency, price_per_point, po_number, cost_centre, valid_from,
                                       event_id, created_by, created_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """;

    private final Transactions transactions;

    Contracts(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Which contract of a tenant, told by which event, and when. */
    record Revision(UUID tenantId, long number, UUID eventId, Instant now) {}

    /**
     * Gives the tenant another contract. One that says what the newest says changes nothing.
     *
     * @return the revision that holds what was asked for; fails with a 404 problem if there is no such tenant, a 400
     *     problem if {@code valid_from} has passed
     */
    Uni<Long> change(UUID tenantId, ChangeContract request, Envelope.Actor actor) {
        return transactions.write(tx -> tx.query("select id from tenants where id = $1 for update", tenantId)
                .chain(found -> {
                    if (found.rowCount() == 0) {
                        throw Problem.notFound("tenant").exception();
                    }
                    // Taken under the lock, so that times follow revisions.
                    var now = BusinessTime.now();
                    var terms = new Contract.Terms(
                            request.currency(),
                            new BigDecimal(request.pricePerPoint()),
                            request.poNumber(),
                            request.costCentre(),
                            Contract.time(request.validFrom(), now));
                    return tx.query(NEWEST, tenantId)
                            .chain(rows -> follow(
                                    tx,
                                    rows.rowCount() == 0
                                            ? null
                                            : rows.iterator().next(),
                                    terms,
                                    request.validFrom() == null,
                                    new Revision(tenantId, 0, Ids.next(now), now),
                                    actor));
                }));
    }

    private Uni<Long> follow(
            Tx tx, @Nullable Row newest, Contract.Terms terms, boolean fromNow, Revision next, Envelope.Actor actor) {
        long last = newest == null ? 0 : newest.getLong("revision");
        if (newest != null && isRepeat(terms(newest), terms, fromNow, next.now())) {
            return Uni.createFrom().item(last);
        }
        // Only now: a repeat of what was right when it was asked for first stays right.
        Contract.requireNotPassed(terms.validFrom(), next.now());
        var revision = new Revision(next.tenantId(), last + 1, next.eventId(), next.now());
        tx.send(
                revision.eventId(),
                new ContractChanged(
                        revision.tenantId(),
                        revision.number(),
                        terms.currency(),
                        Price.text(terms.price()),
                        terms.poNumber(),
                        terms.costCentre(),
                        terms.validFrom()),
                revision.now(),
                actor);
        return append(tx, terms, revision, actor).replaceWith(revision.number());
    }

    /** The same terms again, for the same time; or for now, when they hold already. */
    private static boolean isRepeat(Contract.Terms newest, Contract.Terms asked, boolean fromNow, Instant now) {
        return newest.sayTheSameAs(asked)
                && (fromNow
                        ? !newest.validFrom().isAfter(now)
                        : newest.validFrom().equals(asked.validFrom()));
    }

    private static Contract.Terms terms(Row row) {
        return new Contract.Terms(
                row.getString("currency"),
                row.getBigDecimal("price_per_point"),
                row.getString("po_number"),
                row.getString("cost_centre"),
                row.getOffsetDateTime("valid_from").toInstant());
    }

    /** Appends the row. Whoever calls holds the tenant's lock. */
    Uni<Void> append(Tx tx, Contract.Terms terms, Revision revision, Envelope.Actor actor) {
        return tx.query(
                        INSERT,
                        revision.tenantId(),
                        revision.number(),
                        terms.currency(),
                        terms.price(),
                        terms.poNumber(),
                        terms.costCentre(),
                        terms.validFrom().atOffset(ZoneOffset.UTC),
                        revision.eventId(),
                        UUID.fromString(actor.id()),
                        revision.now().atOffset(ZoneOffset.UTC))
                .replaceWithVoid();
    }
}
