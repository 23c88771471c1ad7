package io.points.ledger.attestation;

import io.points.contract.Account;
import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.platform.background.Round;
import io.points.platform.background.Rounds;
import io.points.platform.background.Schedule;
import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
import io.points.platform.persistence.Columns;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Goes over all balances of the service, slice by slice in the order of their ids, and tells of each what its row says
 * and what its entries add up to. How far it has come stands in {@code attestation_round}, whose one row is locked for
 * the length of a slice: so of several instances one is at it, and whoever dies, another goes on. The service's migrations
 * make the views that are read here.
 */
@ApplicationScoped
public class Attestor {

    private static final Logger LOG = Logger.getLogger(Attestor.class);

    /** As many balances fit into an event several times over. */
    private static final int BALANCES = 200;

    /**
     * Some hundredths of a second's work for the database, where it reads sums from the key alone. Of those that came since
     * it last cleaned up, a fifth of a table, each may cost a read from the disk: that is some seconds.
     */
    private static final long ENTRIES = 50_000;

    /** Between slices: the balances' users come first. */
    private static final Duration REST = Duration.ofMillis(100);

    private static final Duration LONGEST_SLICE = Duration.ofSeconds(20);

    private static final String TURN = """
            select tenant_id, holder_id, account, now() as at
            from attestation_round where due_at <= now() for update skip locked
            """;

    private static final String SLICE = """
            select tenant_id, holder_id, account, entry_number, balance
            from balances_to_attest
            where (tenant_id, holder_id, account) > ($1::uuid, $2::uuid, $3::text)
            order by tenant_id, holder_id, account limit $4
            """;

    /**
     * Entries up to a number that somebody has seen never change any more, so this needs no common snapshot. A sum that is beyond
     * a bigint, which only somebody at the tables can have made, is told as the last that is not: it differs all the same, and one
     * balance must not keep all others from being attested.
     */
    private static final String SUMS = """
            select least(greatest(coalesce((select sum(entry.amount) from entries_to_attest entry
                             where entry.tenant_id = holding.tenant_id and entry.holder_id = holding.holder_id
                               and entry.account = holding.account and entry.entry_number <= holding.entry_number),
                            0), -9223372036854775808), 9223372036854775807)::bigint as total
            from unnest($1::uuid[], $2::uuid[], $3::text[], $4::bigint[]) with ordinality
                 as holding (tenant_id, holder_id, account, entry_number, place)
            order by place
            """;

    private static final String GO_ON = """
            update attestation_round set began_at = case when tenant_id is null then now() else began_at end,
                   tenant_id = $1, holder_id = $2, account = $3
            """;

    private static final String END = """
            update attestation_round set due_at = case when tenant_id is null then now() else began_at end + make_interval(secs => $1),
                   tenant_id = null, holder_id = null, account = null
            """;

    private final Transactions transactions;
    private final AttestationConfig config;
    private final Schedule schedule;
    private final Round round;

    Attestor(Transactions transactions, AttestationConfig config, Schedule schedule, Rounds rounds) {
        this.schedule = schedule;
        this.transactions = transactions.background();
        this.config = config;
        round = rounds.round("attestation");
    }

    /** Where the slice before has ended. */
    private record Cursor(UUID tenantId, UUID holderId, String account, Instant at) {

        private static final UUID FIRST = new UUID(0, 0);

        static Cursor of(Row row) {
            var tenant = row.getUUID("tenant_id");
            return new Cursor(
                    tenant == null ? FIRST : tenant,
                    tenant == null ? FIRST : row.getUUID("holder_id"),
                    tenant == null ? "" : row.getString("account"),
                    row.getOffsetDateTime("at").toInstant());
        }
    }

    void start(@Observes StartupEvent event) {
        schedule.everyConfigured("points.attestation.look-every", this::attest);
    }

    /** Attests what is due: nothing, or all that is left of a round. */
    public Uni<Void> attest() {
        return round.run(() -> transactions
                        .write(this::slice)
                        .ifNoItem()
                        .after(LONGEST_SLICE)
                        .fail()
                        .call(more -> more ? rest() : Uni.createFrom().voidItem()))
                .onFailure()
                .recoverWithUni(failure -> {
                    LOG.warnf("Balances could not be attested; the next round continues: %s", failure);
                    return Uni.createFrom().voidItem();
                });
    }

    private static Uni<Void> rest() {
        return Uni.createFrom().voidItem().onItem().delayIt().by(REST);
    }

    /** @return whether there is more to do at once */
    private Uni<Boolean> slice(Tx tx) {
        return tx.query(TURN).chain(turn -> {
            if (turn.rowCount() == 0) {
                return Uni.createFrom().item(false);
            }
            var place = Cursor.of(turn.iterator().next());
            return tx.query(SLICE, place.tenantId(), place.holderId(), place.account(), BALANCES)
                    .map(Attestor::holdings)
                    .chain(found -> attest(tx, Holding.within(found, ENTRIES), place.at())
                            .chain(last -> proceed(tx, found, last)));
        });
    }

    private Uni<List<Holding>> attest(Tx tx, List<Holding> holdings, Instant at) {
        if (holdings.isEmpty()) {
            return Uni.createFrom().item(holdings);
        }
        return tx.query(
                        SUMS,
                        Columns.uuids(holdings, Holding::tenantId),
                        Columns.uuids(holdings, Holding::holderId),
                        Columns.texts(holdings, it -> it.account().word()),
                        Columns.longs(holdings, Holding::entryNumber))
                .map(rows -> {
                    var sums = new ArrayList<Long>(holdings.size());
                    rows.forEach(row -> sums.add(row.getLong("total")));
                    Holding.attested(holdings, sums)
                            .forEach(event -> tx.send(Ids.next(at), event, at, Envelope.Actor.SYSTEM));
                    return holdings;
                });
    }

    private Uni<Boolean> proceed(Tx tx, List<Holding> found, List<Holding> attested) {
        if (found.size() < BALANCES && attested.size() == found.size()) {
            return tx.query(END, config.every().toMillis() / 1e3).replaceWith(false);
        }
        var last = attested.get(attested.size() - 1);
        return tx.query(GO_ON, last.tenantId(), last.holderId(), last.account().word())
                .replaceWith(true);
    }

    private static List<Holding> holdings(RowSet<Row> rows) {
        var holdings = new ArrayList<Holding>(rows.rowCount());
        rows.forEach(row -> holdings.add(new Holding(
                row.getUUID("tenant_id"),
                row.getUUID("holder_id"),
                Account.of(row.getString("account")),
                row.getLong("entry_number"),
                row.getLong("balance"))));
        return holdings;
    }
}
