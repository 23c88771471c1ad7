package io.points.distribution.wallet;

import io.points.distribution.member.People;
import io.points.distribution.wallet.WalletView.Balance;
import io.points.ledger.dates.ExpiringPoints;
import io.points.ledger.dates.LotColumns;
import io.points.ledger.dates.Lots;
import io.points.platform.persistence.Columns;
import io.points.platform.time.BusinessTime;
import io.points.platform.web.paging.Conditions;
import io.points.platform.web.paging.Page;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Read models of wallets. Every query is within one tenant. */
@ApplicationScoped
class WalletViews {

    /** What was awarded this month, and not taken back, is read from the newest entries of one person, once. */
    private static final String BALANCES = """
            select kind, balance, entry_number, lot_dates, lot_points, lot_origins,
                   (select coalesce(sum(l.amount), 0)::bigint from wallet_ledger l
                    where l.tenant_id = $1 and l.user_id = $2 and l.created_at >= $3 and l.kind = 'earned' and not l.adjustment
                      and (l.amount > 0 or exists (
                            select from distributions r
                            join wallet_ledger a on a.distribution_id = r.reverses and a.user_id = $2 and a.kind = 'earned'
                            where r.id = l.distribution_id and a.created_at >= $3))) as earned_this_month,
                   (select c.earned_until from tenant_closings c
                    where c.tenant_id = $1 and c.stage in ('recalling', 'waiting', 'emptying') limit 1) as earned_until
            from wallets where tenant_id = $1 and user_id = $2
            """;

    private static final String EXPIRING = """
            select w.kind, lot.day, sum(lot.points)::bigint as points, count(distinct w.user_id)::integer as members
            from wallets w, unnest(w.lot_dates, w.lot_points) as lot (day, points)
            where w.tenant_id = $1 and w.next_expiry is not null and w.next_expiry <= $2 and lot.day <= $2
            group by w.kind, lot.day order by lot.day
            """;

    private static final String ORIGINS = """
            select d.id, d.kind, d.source, d.from_user_id, d.to_user_id, d.reference_type, d.description,
                   r.message, r.value_name, r.visibility
            from distributions d left join recognitions r on r.distribution_id = d.id
            where d.id = any($1) and d.tenant_id = $2
            """;

    /** Their ids have the upper half of the entries'. */
    private static final String WAITING = """
            select d.id from unnest($1::uuid[], $2::uuid[]) as n (first, last)
            join distributions d on d.id between n.first and n.last
            where d.tenant_id = $3 and d.approval_levels is not null
            """;

    private final Pool database;
    private final People people;

    WalletViews(Pool database, People people) {
        this.database = database;
        this.people = people;
    }

    /** What the wallets hold. */
    private record Balances(
            Map<WalletKind, Balance> byKind,
            long earnedThisMonth,
            Map<WalletKind, Lots> dated,
            @Nullable LocalDate earnedUntil) {
        Balance of(WalletKind kind) {
            return byKind.getOrDefault(kind, Balance.NONE);
        }

        List<ExpiringPoints> expiring(WalletKind kind) {
            return ExpiringPoints.of(dated.getOrDefault(kind, Lots.NONE));
        }
    }

    /**
     * Somebody's wallets with a page of their entries.
     *
     * @param viewer private words are for the giver and the receiver
     */
    Uni<WalletView> find(UUID tenant, UUID user, UUID viewer, WalletQuery.Asked asked) {
        return balances(tenant, user).chain(balances -> lines(tenant, user, asked)
                .chain(lines -> causes(tenant, lines).chain(causes -> origins(tenant, user, viewer, asked, causes)
                        .chain(origins -> view(tenant, user, asked, balances, lines, causes, origins)))));
    }

    private Uni<WalletView> view(
            UUID tenant,
            UUID user,
            WalletQuery.Asked asked,
            Balances balances,
            List<WalletLine> lines,
            Map<UUID, UUID> causes,
            Map<UUID, EntryOrigin> origins) {
        var counterparties = origins.values().stream().map(EntryOrigin::counterpartyId);
        var entries = Page.of(
                lines,
                asked.page(),
                line -> Cursor.of(line).text(),
                line -> WalletLine.View.of(
                        line, causes.get(line.distributionId), origins.get(causes.get(line.distributionId))));
        return people.of(tenant, asked.expands(WalletExpansion.PEOPLE), Stream.concat(Stream.of(user), counterparties))
                .map(named -> new WalletView(
                        user,
                        balances.of(WalletKind.BUDGET),
                        balances.of(WalletKind.EARNED),
                        balances.earnedThisMonth(),
                        balances.expiring(WalletKind.EARNED),
                        balances.expiring(WalletKind.BUDGET),
                        balances.earnedUntil(),
                        entries.items(),
                        entries.nextCursor(),
                        named));
    }

    /** What of all members' points lapses up to a day. */
    Uni<ExpiringView> expiring(UUID tenant, LocalDate until) {
        return database.preparedQuery(EXPIRING).execute(Tuple.of(tenant, until)).map(rows -> {
            var earned = new ArrayList<ExpiringView.Day>(rows.size());
            var budgets = new ArrayList<ExpiringView.Day>();
            rows.forEach(row -> (WalletKind.of(row.getString("kind")) == WalletKind.EARNED ? earned : budgets)
                    .add(new ExpiringView.Day(
                            row.getLocalDate("day"), row.getLong("points"), row.getInteger("members"))));
            return new ExpiringView(earned, budgets);
        });
    }

    private Uni<Balances> balances(UUID tenant, UUID user) {
        return database.preparedQuery(BALANCES)
                .execute(Tuple.of(tenant, user, beginOfMonth()))
                .map(rows -> {
                    var balances = new EnumMap<WalletKind, Balance>(WalletKind.class);
                    long earnedThisMonth = 0;
                    var dated = new EnumMap<WalletKind, Lots>(WalletKind.class);
                    LocalDate earnedUntil = null;
                    for (Row row : rows) {
                        var kind = WalletKind.of(row.getString("kind"));
                        dated.put(kind, LotColumns.read(row));
                        balances.put(kind, new Balance(row.getLong("balance"), row.getLong("entry_number")));
                        earnedThisMonth = row.getLong("earned_this_month");
                        earnedUntil = row.getLocalDate("earned_until");
                    }
                    return new Balances(balances, earnedThisMonth, dated, earnedUntil);
                });
    }

    private static OffsetDateTime beginOfMonth() {
        return BusinessTime.now().atOffset(ZoneOffset.UTC).withDayOfMonth(1).with(LocalTime.MIDNIGHT);
    }

    /** Newest first: by time, and within a moment by wallet and number; all three make the cursor. */
    private static Uni<List<WalletLine>> lines(UUID tenant, UUID user, WalletQuery.Asked asked) {
        var wallet = asked.wallet();
        var conditions = new Conditions()
                .and("tenantId = :tenant", "tenant", tenant)
                .and("userId = :user", "user", user)
                .and("kind = :wallet", "wallet", wallet == null ? null : wallet.word())
                .and("createdAt >= :from", "from", asked.from())
                .and("createdAt < :to", "to", asked.to());
        var after = asked.after();
        if (after != null) {
            conditions
                    .and("createdAt <= :time", "time", after.time())
                    .and(
                            "createdAt < :time or kind > :kind or kind = :kind and entryNumber < :number",
                            "kind",
                            after.kind())
                    .bind("number", after.number());
        }
        return Panache.withSession(() -> WalletLine.<WalletLine>find(
                        conditions.orderBy("createdAt desc, kind, entryNumber desc"), conditions.values())
                .range(0, asked.page().fetch() - 1)
                .list());
    }

    /** The distribution of each line, by the id under which the line is kept. */
    private Uni<Map<UUID, UUID>> causes(UUID tenant, List<WalletLine> lines) {
        var causes = new HashMap<UUID, UUID>();
        lines.forEach(line -> causes.put(line.distributionId, line.distributionId));
        var waiting = lines.stream()
                .filter(line -> WalletEntry.HOLD.equals(line.cause) || WalletEntry.RELEASE.equals(line.cause))
                .map(line -> line.distributionId.getMostSignificantBits())
                .toList();
        if (waiting.isEmpty()) {
            return Uni.createFrom().item(causes);
        }
        return database.preparedQuery(WAITING)
                .execute(Tuple.of(
                        Columns.uuids(waiting, half -> new UUID(half, 0)),
                        Columns.uuids(waiting, half -> new UUID(half, -1)),
                        tenant))
                .map(rows -> {
                    rows.forEach(row -> {
                        var id = row.getUUID("id");
                        causes.replace(WalletEntry.held(id), id);
                        causes.replace(WalletEntry.released(id), id);
                    });
                    return causes;
                });
    }

    private Uni<Map<UUID, EntryOrigin>> origins(
            UUID tenant, UUID user, UUID viewer, WalletQuery.Asked asked, Map<UUID, UUID> causes) {
        if (!asked.expands(WalletExpansion.DISTRIBUTION) || causes.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        var ids = causes.values().toArray(UUID[]::new);
        return database.preparedQuery(ORIGINS).execute(Tuple.of(ids, tenant)).map(rows -> {
            var origins = new HashMap<UUID, EntryOrigin>();
            rows.forEach(row -> origins.put(row.getUUID("id"), EntryOrigin.of(row, user, viewer)));
            return origins;
        });
    }
}
