package io.points.distribution.policy;

import io.points.contract.PoolEvent.TenantSettingsChanged;
import io.points.distribution.rule.RuleJson;
import io.points.ledger.dates.LocalDays;
import io.points.platform.outbox.Tx;
import io.points.platform.persistence.Columns;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tenants' policies in their tables. */
@ApplicationScoped
public class Policies {

    private static final String FIND = "select p.revision, p.earned_to, p.earned_notice_days, p.budgets_to, p.rules, "
            + "p.undo_approval_above, "
            + Dating.COLUMNS + " from policies p where p.tenant_id = $1";

    private static final String UNDO_TAKES_TWO =
            "select exists (select from policies where tenant_id = $1 and undo_approval_above < $2) as yes";

    private static final String OTHER_MANAGER =
            "select exists (select from members where tenant_id = $1 and role = 'manager' and active and user_id <> $2) as yes";

    private static final String OPEN = "insert into policies (tenant_id) values ($1) on conflict do nothing";

    private static final String CHANGE = """
            update policies set revision = $2, earned_after = $3, earned_round = $4, earned_every = $5, earned_min_days = $6,
                   earned_to = $7, earned_notice_days = $8, budgets_after = $9, budgets_round = $10, budgets_every = $11,
                   budgets_min_days = $12, budgets_to = $13, rules = $14, undo_approval_above = $15 where tenant_id = $1
            """;

    private static final String LOG = """
            insert into policy_logs (tenant_id, revision, earned_after, earned_round, earned_every, earned_min_days, earned_to,
                   earned_notice_days, budgets_after, budgets_round, budgets_every, budgets_min_days, budgets_to, rules,
                   undo_approval_above, event_id, created_by, created_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
            """;

    /** Once anything can be dated, the tenant's wallets are gone through each day. */
    private static final String BEGIN_ROUNDS = """
            insert into expiry_rounds (tenant_id, due_at)
            select tenant_id, $2 from unnest($1::uuid[]) as n (tenant_id) order by tenant_id on conflict do nothing
            """;

    /** Whatever order they come in, the newest wins. */
    private static final String TAKE_OVER = """
            insert into policies as p (tenant_id, time_zone, previous_time_zone, settings_revision)
            select * from unnest($1::uuid[], $2::text[], $3::text[], $4::bigint[])
            on conflict (tenant_id) do update set time_zone = excluded.time_zone,
                   previous_time_zone = excluded.previous_time_zone, settings_revision = excluded.settings_revision
            where excluded.settings_revision > p.settings_revision
            """;

    private final Pool database;
    private final RuleJson json;

    Policies(Pool database, RuleJson json) {
        this.database = database;
        this.json = json;
    }

    /**
     * A policy, and in which zone its days are.
     */
    record Found(PolicyView policy, LocalDays days) {
        private static final Found NOTHING = new Found(PolicyView.NONE, LocalDays.UTC);

        private static Found of(RowSet<Row> rows, RuleJson json) {
            if (rows.rowCount() == 0) {
                return NOTHING;
            }
            var row = rows.iterator().next();
            return new Found(PolicyView.of(row, json), Dating.daysOf(row));
        }
    }

    Uni<Found> find(UUID tenantId) {
        return database.preparedQuery(FIND).execute(Tuple.of(tenantId)).map(rows -> Found.of(rows, json));
    }

    /**
     * Null unless something must be approved and the directory knows no active manager besides the reader. Who is not in it may be one all the
     * same: the token says so.
     */
    Uni<@Nullable String> warning(UUID tenantId, UUID reader, PolicyView policy) {
        return policy.asksForApproval()
                ? database.preparedQuery(OTHER_MANAGER)
                        .execute(Tuple.of(tenantId, reader))
                        .map(rows -> rows.iterator().next().getBoolean("yes") ? null : PolicyView.NO_OTHER_MANAGER)
                : Uni.createFrom().nullItem();
    }

    /** In which zone the tenant's days are. */
    public Uni<LocalDays> daysOf(Tx tx, UUID tenantId) {
        return tx.query(FIND, tenantId).map(rows -> Found.of(rows, json).days());
    }

    /** Whether taking so many points back at once takes two people. */
    public Uni<Boolean> undoTakesTwoPeople(Tx tx, UUID tenantId, long amount) {
        return tx.query(UNDO_TAKES_TWO, tenantId, amount)
                .map(rows -> rows.iterator().next().getBoolean("yes"));
    }

    /** Nobody else changes it until the commit. */
    Uni<PolicyView> lock(Tx tx, UUID tenantId) {
        return tx.query(OPEN, tenantId)
                .chain(() -> tx.query(FIND + " for update", tenantId))
                .map(rows -> Found.of(rows, json).policy());
    }

    /** Writes the next revision of a policy that is locked. */
    Uni<Void> save(Tx tx, UUID tenantId, PolicyView policy, UUID eventId, UUID by, Instant now) {
        var rules = rules(tenantId, policy);
        var logged = new ArrayList<>(rules);
        Collections.addAll(logged, eventId, by, now.atOffset(ZoneOffset.UTC));
        return Tx.together(
                tx.query(CHANGE, rules.toArray()),
                beginRounds(tx, List.of(tenantId), now),
                tx.query(LOG, logged.toArray()));
    }

    private List<@Nullable Object> rules(UUID tenantId, PolicyView policy) {
        var earned = TermsColumns.of(policy.earned().expires());
        var notices =
                policy.earned().noticeDays().stream().map(Math::toIntExact).toArray(Integer[]::new);
        var budgets = TermsColumns.of(policy.budgets().expires());
        return Arrays.asList(
                tenantId,
                policy.revision(),
                earned.after(),
                earned.round(),
                earned.every(),
                earned.days(),
                policy.earned().to(),
                notices,
                budgets.after(),
                budgets.round(),
                budgets.every(),
                budgets.days(),
                policy.budgets().to(),
                json.write(policy.rules()),
                policy.undoApprovalAbove());
    }

    /** From then on the tenants' wallets are gone through each day, if they are not already. */
    public Uni<Void> beginRounds(Tx tx, Collection<UUID> tenants, Instant now) {
        return tenants.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.query(BEGIN_ROUNDS, tenants.toArray(UUID[]::new), now.atOffset(ZoneOffset.UTC))
                        .replaceWithVoid();
    }

    /**
     * From now on the tenants' days are in these zones; of each tenant one.
     *
     * @return fails with IllegalArgumentException if there is no such zone
     */
    public Uni<Void> takeOver(Tx tx, Collection<TenantSettingsChanged> settings) {
        if (settings.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        settings.forEach(Policies::requireZones);
        return tx.query(
                        TAKE_OVER,
                        Columns.uuids(settings, TenantSettingsChanged::tenantId),
                        Columns.texts(settings, TenantSettingsChanged::timeZone),
                        Columns.texts(settings, TenantSettingsChanged::previousTimeZone),
                        Columns.longs(settings, TenantSettingsChanged::settingsRevision))
                .replaceWithVoid();
    }

    private static void requireZones(TenantSettingsChanged settings) {
        try {
            ZoneId.of(settings.timeZone());
            if (settings.previousTimeZone() != null) {
                ZoneId.of(settings.previousTimeZone());
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("time_zone: " + e.getMessage(), e);
        }
    }
}
