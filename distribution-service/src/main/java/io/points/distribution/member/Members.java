package io.points.distribution.member;

import io.points.messaging.Envelope;
import io.points.messaging.Ids;
import io.points.messaging.contract.MemberEvent.MemberChanged;
import io.points.messaging.outbox.Transactions;
import io.points.messaging.outbox.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps the directory. Every change is told, with ids only. */
@ApplicationScoped
class Members {

    private static final String WRITE = """
            insert into members as m (tenant_id, user_id, role, active, display_name, email, revision, enrolled_at, updated_at)
            values ($1, $2, $3, $4, $5, $6, 1, $7, $7)
            on conflict (tenant_id, user_id) do update set role = excluded.role, active = excluded.active,
                   display_name = excluded.display_name, email = excluded.email, revision = m.revision + 1,
                   updated_at = excluded.updated_at
            returning revision
            """;

    private final Transactions transactions;
    private final BudgetReturns budgets;

    Members(Transactions transactions, BudgetReturns budgets) {
        this.transactions = transactions;
        this.budgets = budgets;
    }

    /** A member as they shall be. */
    record Wish(
            MemberRole role,
            boolean active,
            @Nullable String displayName,
            @Nullable String email) {
        boolean isLead() {
            return active && role == MemberRole.LEAD;
        }
    }

    /** Enrols or changes a member. Whoever stops being an active lead gives the budget back at once. */
    Uni<Void> put(UUID tenantId, UUID userId, Wish wish, Envelope.Cause cause) {
        var now = now();
        return transactions.write(tx -> enrolFirst(tx, tenantId, cause, now)
                .chain(() -> tx.query(
                        "select role, active from members where tenant_id = $1 and user_id = $2 for update",
                        tenantId,
                        userId))
                .chain(rows -> {
                    var wasLead = rows.rowCount() > 0 && isLead(rows.iterator().next());
                    return write(tx, tenantId, userId, wish, cause, now)
                            .chain(() -> wasLead && !wish.isLead()
                                    ? budgets.returnAll(tx, tenantId, userId, cause)
                                    : Uni.createFrom().voidItem());
                }));
    }

    /** The first manager of a tenant is enrolled from the token. */
    Uni<Void> enrolFirst(UUID tenantId, Envelope.Cause cause) {
        return transactions.write(tx -> enrolFirst(tx, tenantId, cause, now()));
    }

    private Uni<Void> enrolFirst(Tx tx, UUID tenantId, Envelope.Cause cause, Instant now) {
        var caller = UUID.fromString(cause.actorId());
        return tx.query("select 1 from members where tenant_id = $1 limit 1", tenantId)
                .chain(rows -> rows.rowCount() > 0
                        ? Uni.createFrom().voidItem()
                        : write(tx, tenantId, caller, new Wish(MemberRole.MANAGER, true, null, null), cause, now));
    }

    private static Uni<Void> write(Tx tx, UUID tenantId, UUID userId, Wish wish, Envelope.Cause cause, Instant now) {
        return tx.query(
                        WRITE,
                        tenantId,
                        userId,
                        wish.role().word(),
                        wish.active(),
                        wish.displayName(),
                        wish.email(),
                        now.atOffset(ZoneOffset.UTC))
                .invoke(rows -> tx.send(
                        Ids.next(now),
                        new MemberChanged(
                                tenantId,
                                userId,
                                wish.role().word(),
                                wish.active(),
                                rows.iterator().next().getLong("revision")),
                        now,
                        cause))
                .replaceWithVoid();
    }

    private static boolean isLead(Row row) {
        return row.getBoolean("active") && MemberRole.of(row.getString("role")) == MemberRole.LEAD;
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
