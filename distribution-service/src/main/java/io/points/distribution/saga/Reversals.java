package io.points.distribution.saga;

import io.points.contract.Ids;
import io.points.contract.WalletEvent.PointsAwarded;
import io.points.distribution.wallet.WalletKind;
import io.points.ledger.dates.LotColumns;
import io.points.platform.outbox.Tx;
import io.points.platform.persistence.Columns;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the rows of awards and of their reversals say of each other. */
@ApplicationScoped
public class Reversals {

    private static final String REVERSED_BY = "select reversed_by from distributions where id = $1";

    private static final String DATES = """
            select kind, lot_dates, lot_points, lot_origins from wallet_ledger
            where distribution_id = $1 and user_id = any($2) and lot_dates is not null
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

    /** The reversal that has taken the award back; null if none has. */
    public Uni<@Nullable UUID> reversedBy(Tx tx, UUID award) {
        return tx.query(REVERSED_BY, award).map(rows -> rows.iterator().next().getUUID("reversed_by"));
    }

    /** Until when the points of a completed award could be used, by the entries that it made. */
    public Uni<Reversal.Dates> dates(Tx tx, Distribution award) {
        return tx.query(DATES, award.id(), new UUID[] {award.fromUserId(), award.toUserId()})
                .map(rows -> {
                    var dates = Reversal.Dates.NONE;
                    for (var row : rows) {
                        var lots = LotColumns.read(row);
                        dates = WalletKind.EARNED.word().equals(row.getString("kind"))
                                ? new Reversal.Dates(lots.first(), dates.ofBudget())
                                : new Reversal.Dates(dates.ofAward(), lots);
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
