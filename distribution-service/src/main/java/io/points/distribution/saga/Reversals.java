package io.points.distribution.saga;

import io.points.contract.Ids;
import io.points.contract.WalletEvent.PointsAwarded;
import io.points.distribution.wallet.WalletKind;
import io.points.ledger.dates.LotColumns;
import io.points.platform.outbox.Tx;
import io.points.platform.persistence.Columns;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What the rows of awards and of their reversals say of each other. */
@ApplicationScoped
public class Reversals {

    private static final String REVERSED_BY =
            "select id, reversed_by from distributions where id = any($1) and reversed_by is not null";

    private static final String DATES = """
            select distribution_id, kind, lot_dates, lot_points, lot_origins from wallet_ledger
            where distribution_id = any($1) and lot_dates is not null
            """;

    private static final String OF_REVERSALS = """
            update distributions d set reverses = n.award, missing = n.missing
            from unnest($1::uuid[], $2::uuid[], $3::bigint[]) as n (id, award, missing) where d.id = n.id
            """;

    private static final String OF_AWARDS = """
            update distributions d set reversed_by = n.reversal
            from unnest($1::uuid[], $2::uuid[]) as n (reversal, award) where d.id = n.award
            """;

    /** What everybody saw is then for those involved alone, who still see what was said. */
    private static final String OUT_OF_THE_FEED =
            "update feed set audience = 'involved' where event_id = any($1) and audience = 'tenant'";

    /** The reversals that have taken awards back, by award; nothing of those that none has. */
    public Uni<Map<UUID, UUID>> reversedBy(Tx tx, Collection<UUID> awards) {
        return tx.query(REVERSED_BY, (Object) awards.toArray(UUID[]::new)).map(rows -> {
            var reversals = new HashMap<UUID, UUID>();
            rows.forEach(row -> reversals.put(row.getUUID("id"), row.getUUID("reversed_by")));
            return reversals;
        });
    }

    /** Until when the points of completed awards could be used, by the entries that they made; nothing of those that could for ever. */
    public Uni<Map<UUID, Reversal.Dates>> dates(Tx tx, Collection<UUID> awards) {
        return tx.query(DATES, (Object) awards.toArray(UUID[]::new)).map(rows -> {
            var dates = new HashMap<UUID, Reversal.Dates>();
            for (var row : rows) {
                var lots = LotColumns.read(row);
                var others = dates.getOrDefault(row.getUUID("distribution_id"), Reversal.Dates.NONE);
                dates.put(
                        row.getUUID("distribution_id"),
                        WalletKind.EARNED.word().equals(row.getString("kind"))
                                ? new Reversal.Dates(lots.first(), others.ofBudget())
                                : new Reversal.Dates(others.ofAward(), lots));
            }
            return dates;
        });
    }

    /** After the reversals' own rows. */
    Uni<Void> write(Tx tx, List<Reversal> reversals) {
        if (reversals.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var ids = Columns.uuids(reversals, it -> it.distribution().id());
        var awards = Columns.uuids(reversals, it -> it.award().id());
        return Tx.together(
                tx.query(OF_REVERSALS, ids, awards, Columns.longs(reversals, Reversal::missing)),
                tx.query(OF_AWARDS, ids, awards),
                tx.query(
                        OUT_OF_THE_FEED,
                        Columns.uuids(
                                reversals, it -> Ids.derive(it.award().id(), PointsAwarded.class.getSimpleName()))));
    }
}
