package io.points.distribution.member;

import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.contract.MemberEvent.PersonalDataErased;
import io.points.distribution.member.ErasedTexts.Side;
import io.points.platform.background.Loop;
import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
import io.points.platform.time.BusinessTime;
import io.points.platform.web.problem.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Deletes what is known of a person beyond their id: name, address, and what was written to and by them, in whatever waits to
 * be written too. Ledgers, logs and events have ids alone and stay as they are, and with them every proof. Long histories go
 * bit by bit, the member last, so a request that was cut off is simply repeated, and goes on. A repeat that finds nothing new
 * changes nothing.
 */
@ApplicationScoped
public class Erasure {

    private static final String FIND = "select from members where tenant_id = $1 and user_id = $2";

    private static final String PERSON = """
            update members m set display_name = null, email = null, revision = revision + 1, updated_at = $3
            where tenant_id = $1 and user_id = $2
              and (display_name is not null or email is not null or not exists (
                    select from erasures e where e.tenant_id = $1 and e.user_id = $2 and e.erased_at is not null))
            returning revision
            """;

    private static final String TOLD = """
            insert into erasures (tenant_id, user_id, erased_at) values ($1, $2, $3)
            on conflict (tenant_id, user_id) do update set erased_at = excluded.erased_at
            """;

    private final Transactions transactions;
    private final ErasedTexts texts;

    Erasure(Transactions transactions, ErasedTexts texts) {
        this.transactions = transactions;
        this.texts = texts;
    }

    /** Fails with a 404 problem if the tenant has no such member. */
    public Uni<Void> erase(UUID tenantId, UUID userId, Envelope.Actor actor) {
        return transactions
                .write(tx -> require(tx, tenantId, userId))
                // First what waits: of it distributions are made, which are looked at next.
                .chain(() -> Loop.run(() -> transactions.write(tx -> texts.ofUndoProposals(tx, tenantId, userId))))
                .chain(() -> transactions.write(tx -> texts.ofUndos(tx, tenantId, userId)))
                .chain(() -> Loop.run(() -> transactions.write(tx -> texts.ofDecisions(tx, tenantId, userId))))
                .chain(() -> Loop.run(() -> transactions.write(tx -> texts.ofWishes(tx, tenantId, userId))))
                .chain(() -> Loop.run(() -> transactions.write(tx -> texts.ofBoosts(tx, tenantId, userId))))
                .chain(() -> Loop.run(() -> transactions.write(tx -> texts.ofWrittenBatch(tx, tenantId, userId))))
                .chain(() -> Loop.run(() -> transactions.write(tx -> texts.ofReceivedLines(tx, tenantId, userId))))
                .chain(() -> ofDistributions(Side.GIVEN, tenantId, userId))
                .chain(() -> ofDistributions(Side.RECEIVED, tenantId, userId))
                .chain(() -> ofDistributions(Side.RETURNED, tenantId, userId))
                .chain(() -> ofDistributions(Side.REVERSED, tenantId, userId))
                .chain(() -> transactions.write(tx -> erasePerson(tx, tenantId, userId, actor)));
    }

    private Uni<Void> ofDistributions(Side side, UUID tenantId, UUID userId) {
        var now = BusinessTime.now();
        var upTo = new AtomicReference<UUID>();
        return transactions
                .write(tx -> texts.begin(tx, side, tenantId, userId))
                .invoke(upTo::set)
                .chain(() -> Loop.run(() -> transactions
                        .write(tx -> texts.ofDistributions(tx, side, tenantId, userId, upTo.get(), now))
                        .invoke(slice -> upTo.set(slice.upTo()))
                        .map(slice -> slice.upTo() != null)));
    }

    private static Uni<Void> require(Tx tx, UUID tenantId, UUID userId) {
        return tx.query(FIND, tenantId, userId)
                .invoke(rows -> {
                    if (rows.rowCount() == 0) {
                        throw Problem.notFound("member").exception();
                    }
                })
                .replaceWithVoid();
    }

    private static Uni<Void> erasePerson(Tx tx, UUID tenantId, UUID userId, Envelope.Actor actor) {
        var now = BusinessTime.now();
        var at = now.atOffset(ZoneOffset.UTC);
        return tx.query(PERSON, tenantId, userId, at).chain(rows -> {
            if (rows.rowCount() == 0) {
                return Uni.createFrom().voidItem();
            }
            long revision = rows.iterator().next().getLong("revision");
            tx.send(Ids.next(now), new PersonalDataErased(tenantId, userId, revision), now, actor);
            return tx.query(TOLD, tenantId, userId, at).replaceWithVoid();
        });
    }
}
