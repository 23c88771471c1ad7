package io.points.distribution.member;

import io.points.http.Problem;
import io.points.messaging.Envelope;
import io.points.messaging.Ids;
import io.points.messaging.contract.MemberEvent.PersonalDataErased;
import io.points.messaging.outbox.Transactions;
import io.points.messaging.outbox.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * Deletes what is known of a person beyond their id: name, address, and what was written to and by them. Ledgers, logs and
 * events have ids alone and stay as they are, and with them every proof. Long histories go bit by bit, the member last, so
 * a request that was cut off is simply repeated.
 */
@ApplicationScoped
class Erasure {

    private static final int AT_A_TIME = 2_000;

    private static final String TEXTS = """
            with spoken as (
                select id from distributions d
                where tenant_id = $1 and (from_user_id = $2 or to_user_id = $2)
                  and (description is not null or exists (select from recognitions r where r.distribution_id = d.id))
                order by id limit $3 for update),
            said as (delete from recognitions using spoken where distribution_id = spoken.id)
            update distributions set description = null from spoken where distributions.id = spoken.id
            """;

    private static final String LINES = """
            update batch_lines line set description = null from batches batch
            where batch.tenant_id = $1 and line.batch_id = batch.id and line.to_user_id = $2 and line.description is not null
            """;

    private static final String PERSON = """
            update members set display_name = null, email = null, revision = revision + 1, updated_at = $3
            where tenant_id = $1 and user_id = $2 returning revision
            """;

    private final Transactions transactions;

    Erasure(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Fails with a 404 problem if the tenant has no such member. */
    Uni<Void> erase(UUID tenantId, UUID userId, Envelope.Cause cause) {
        return transactions
                .write(tx -> require(tx, tenantId, userId)
                        .chain(() -> tx.query(TEXTS, tenantId, userId, AT_A_TIME))
                        .map(texts -> texts.rowCount() == AT_A_TIME))
                .chain(more -> more
                        ? erase(tenantId, userId, cause)
                        : transactions.write(tx -> erasePerson(tx, tenantId, userId, cause)));
    }

    private static Uni<Void> require(Tx tx, UUID tenantId, UUID userId) {
        return tx.query("select from members where tenant_id = $1 and user_id = $2", tenantId, userId)
                .invoke(rows -> {
                    if (rows.rowCount() == 0) {
                        throw Problem.notFound("member").exception();
                    }
                })
                .replaceWithVoid();
    }

    private static Uni<Void> erasePerson(Tx tx, UUID tenantId, UUID userId, Envelope.Cause cause) {
        var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        return tx.query(LINES, tenantId, userId)
                .chain(() -> tx.query(PERSON, tenantId, userId, now.atOffset(ZoneOffset.UTC)))
                .invoke(rows -> tx.send(
                        Ids.next(now),
                        new PersonalDataErased(
                                tenantId, userId, rows.iterator().next().getLong("revision")),
                        now,
                        cause))
                .replaceWithVoid();
    }
}
