package io.points.distribution.limit;

import io.points.contract.Ids;
import io.points.distribution.rule.Giving;
import io.points.distribution.rule.GivingKind;
import io.points.distribution.rule.GivingRules;
import io.points.distribution.rule.Twin;
import io.points.platform.outbox.Tx;
import io.points.platform.persistence.Columns;
import io.points.platform.time.BusinessTime;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Finds what is the same as something that is asked for and was asked for shortly before, where a rule wants to know. What was given by the giver is
 * locked by then; so of two at once the second finds the first. What came to nothing, or was reversed, is no twin.
 */
@ApplicationScoped
class Twins {

    private static final String FIND = """
            select n.tenant_id, n.giver_id, n.receiver_id, n.amount, n.kind, d.id, d.created_at
            from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::text[], $6::uuid[])
                 as n (tenant_id, giver_id, receiver_id, amount, kind, since)
            cross join lateral (
                select d.id, d.created_at from distributions d
                where d.tenant_id = n.tenant_id and d.from_user_id = n.giver_id and d.id >= n.since
                  and d.to_user_id = n.receiver_id and d.amount = n.amount and d.kind = n.kind
                  and d.state not in ('REJECTED', 'CANCELLED', 'COMPENSATED') and d.reversed_by is null
                order by d.id desc limit 1) d
            """;

    /** What is looked for, from when on. */
    private record Wanted(UUID tenantId, Twin.Key key, UUID since) {}

    /** Of each tenant; nothing of those without rules of twins, for which nothing is looked up. */
    Uni<Map<UUID, Map<Twin.Key, Twin>>> find(Tx tx, Map<UUID, Rulebook> rulebooks, Collection<Giving> givings) {
        var now = BusinessTime.now();
        var wanted = wanted(rulebooks, givings, now);
        if (wanted.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return tx.query(
                        FIND,
                        Columns.uuids(wanted, Wanted::tenantId),
                        Columns.uuids(wanted, it -> it.key().giver()),
                        Columns.uuids(wanted, it -> it.key().receiver()),
                        Columns.longs(wanted, it -> it.key().points()),
                        Columns.texts(wanted, it -> it.key().kind().word()),
                        Columns.uuids(wanted, Wanted::since))
                .map(rows -> {
                    var found = new HashMap<UUID, Map<Twin.Key, Twin>>();
                    rows.forEach(row -> found.computeIfAbsent(row.getUUID("tenant_id"), it -> new HashMap<>())
                            .put(key(row), twin(row, now)));
                    return found;
                });
    }

    private static List<Wanted> wanted(Map<UUID, Rulebook> rulebooks, Collection<Giving> givings, Instant now) {
        var wanted = new ArrayList<Wanted>();
        for (var giving : givings) {
            var rulebook = rulebooks.get(giving.tenantId());
            var before = rulebook == null ? Duration.ZERO : GivingRules.lookedForTwins(rulebook.rules(), giving);
            if (!before.isZero()) {
                wanted.add(new Wanted(giving.tenantId(), Twin.Key.of(giving), Ids.first(now.minus(before))));
            }
        }
        return wanted;
    }

    private static Twin.Key key(Row row) {
        return new Twin.Key(
                row.getUUID("giver_id"),
                GivingKind.of(row.getString("kind")),
                row.getUUID("receiver_id"),
                row.getLong("amount"));
    }

    private static Twin twin(Row row, Instant now) {
        return new Twin(
                row.getUUID("id"),
                Duration.between(row.getOffsetDateTime("created_at").toInstant(), now));
    }
}
