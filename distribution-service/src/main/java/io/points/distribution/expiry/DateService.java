package io.points.distribution.expiry;

import io.points.contract.Account;
import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.contract.PolicyEvent.DatesExtended;
import io.points.distribution.policy.Policies;
import io.points.distribution.wallet.Wallet;
import io.points.distribution.wallet.WalletKind;
import io.points.distribution.wallet.Wallets;
import io.points.ledger.dates.ExpiringPoints;
import io.points.ledger.dates.ExtensionRules;
import io.points.ledger.dates.LotColumns;
import io.points.ledger.dates.Lots;
import io.points.ledger.dates.Lots.Extended;
import io.points.platform.outbox.Tx;
import io.points.platform.time.BusinessTime;
import io.points.platform.web.problem.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** Moves days of wallets later: of all points of a day. Nothing moves but the day, so it is told, and is no entry of the ledger. */
@ApplicationScoped
class DateService {

    private static final String LOG = """
            insert into date_log (id, tenant_id, user_id, kind, from_date, lot_dates, lot_points, lot_origins, created_by, created_at)
            values ($1, $2, $3, $4, $5, $6::text::date[], $7::text::bigint[], $8::text::date[], $9, $10)
            """;

    private final Wallets wallets;
    private final Policies policies;

    DateService(Wallets wallets, Policies policies) {
        this.wallets = wallets;
        this.policies = policies;
    }

    /**
     * @return what can be used longer; fails with 400 if {@code to} is too far off, with 404 if the wallet has no points of that day,
     *     and with 409 if they can already be used as long
     */
    Uni<DateView> extend(
            Tx tx, UUID tenant, WalletKind kind, UUID user, LocalDate from, LocalDate to, Envelope.Actor by) {
        var key = new Wallet.Key(tenant, user, kind);
        return policies.daysOf(tx, tenant)
                .invoke(days -> ExtensionRules.require(from, to, days.dayOf(BusinessTime.now())))
                .chain(days -> wallets.look(tx, List.of(key)))
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().failure(nothingOf(from).exception())
                        : wallets.lock(tx, List.of(key)))
                .chain(locked -> {
                    var wallet = locked.get(key);
                    // After the lock, so that times follow each other.
                    var now = BusinessTime.now();
                    var extended = extended(wallet.lots(), from, to);
                    var id = Ids.next(now);
                    tx.send(
                            id,
                            new DatesExtended(
                                    tenant,
                                    user,
                                    kind == WalletKind.BUDGET ? Account.BUDGET : Account.EARNED,
                                    from,
                                    extended.after().sum(),
                                    extended.after().list()),
                            now,
                            by);
                    return Tx.together(
                                    wallets.redate(tx, wallet.dated(extended.left())),
                                    log(tx, id, key, from, extended.after(), by, now))
                            .replaceWith(new DateView(user, kind.word(), from, ExpiringPoints.of(extended.after())));
                });
    }

    private static Extended extended(Lots lots, LocalDate from, LocalDate to) {
        if (lots.until(from).isEmpty()) {
            throw nothingOf(from).exception();
        }
        var extended = lots.extend(from, to);
        if (extended.before().isEmpty()) {
            throw ExtensionRules.earlier(
                            "These points were bought until " + from
                                    + " and cannot be given on any longer, unless they are returned and the platform moves the pool's day.")
                    .exception();
        }
        return extended;
    }

    private static Uni<Void> log(
            Tx tx, UUID id, Wallet.Key key, LocalDate from, Lots after, Envelope.Actor by, Instant now) {
        return tx.query(
                        LOG,
                        id,
                        key.tenantId(),
                        key.userId(),
                        key.kind().word(),
                        from,
                        LotColumns.dates(after),
                        LotColumns.points(after),
                        LotColumns.origins(after),
                        UUID.fromString(by.id()),
                        now.atOffset(ZoneOffset.UTC))
                .replaceWithVoid();
    }

    private static Problem nothingOf(LocalDate day) {
        return Problem.notFound("balance of points that can be used until " + day);
    }
}
