package io.points.distribution.batch;

import io.points.contract.Ids;
import io.points.contract.RefusalReason;
import io.points.distribution.member.Directory;
import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
import io.points.platform.time.BusinessTime;
import io.points.platform.web.InTime;
import io.points.platform.web.caller.Caller;
import io.points.platform.web.idempotency.CommandHeaders;
import io.points.platform.web.idempotency.Idempotency;
import io.points.platform.web.idempotency.Idempotency.StoredResponse;
import io.points.platform.web.input.Params;
import io.points.platform.web.problem.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes batches of awards, in whichever form they came. Nothing but the lines is written with the request: {@link BatchFeeder}
 * begins the distributions. The tenant comes from the token.
 */
@ApplicationScoped
class BatchService {

    private static final int MOST_NAMED = 100;

    private final Transactions transactions;
    private final Idempotency idempotency;
    private final Directory directory;
    private final Batches batches;
    private final BatchFeeder feeder;
    private final BatchResponses responses;
    private final BatchViews views;
    private final Caller caller;

    BatchService(
            Transactions transactions,
            Idempotency idempotency,
            Directory directory,
            Batches batches,
            BatchFeeder feeder,
            BatchResponses responses,
            BatchViews views,
            Caller caller) {
        this.transactions = transactions;
        this.idempotency = idempotency;
        this.directory = directory;
        this.batches = batches;
        this.feeder = feeder;
        this.responses = responses;
        this.views = views;
        this.caller = caller;
    }

    /** What the Idempotency-Key of a CSV stands for. */
    record CsvBatch(Batch.Mode mode, List<Row> rows) {}

    /** Awards a batch that came as CSV. */
    Uni<Response> awardCsv(Batch.Mode mode, byte[] csv, CommandHeaders headers) {
        var rows = CsvRows.read(csv);
        return award(mode, null, rows, headers, new CsvBatch(mode, rows));
    }

    /** The mode of a CSV, which stands in the query. */
    static Batch.Mode mode(@Nullable String mode) {
        var how = Params.optionalWord("mode", mode, Batch.Mode.class);
        if (how == null) {
            throw Problem.badRequest("mode", "is required: all_or_nothing or each")
                    .exception();
        }
        return how;
    }

    /** Awards a batch, or says what is wrong with its rows. {@code body} is what an Idempotency-Key stands for. */
    Uni<Response> award(
            Batch.Mode mode, @Nullable String description, List<Row> rows, CommandHeaders headers, Object body) {
        var batch = batch(mode, description, rows);
        var key = idempotency.key(
                headers.idempotencyKey,
                batch.tenantId().toString(),
                batch.fromUserId(),
                "POST",
                headers.uri.getPath(),
                body);
        var accepted = transactions
                .write(tx -> idempotency.once(tx, key, () -> accept(tx, batch)))
                .invoke(feeder::wake);
        return responses.respond(batch.tenantId(), headers.prefer, accepted);
    }

    /** What would come of it. Moves nothing. */
    Uni<BatchCheck> check(Batch.Mode mode, @Nullable String description, List<Row> rows) {
        var batch = batch(mode, description, rows);
        return InTime.orFail(
                transactions.write(tx -> ineligible(tx, batch)).chain(refused -> views.poolBalance(batch.tenantId())
                        .map(balance -> BatchCheck.of(batch, refused, balance))));
    }

    /** Names the batch, or is a refusal that sticks to the key: of an all-or-nothing batch with somebody ineligible. */
    private Uni<StoredResponse> accept(Tx tx, Batch batch) {
        var accepted = StoredResponse.of(batch.id());
        if (batch.mode() == Batch.Mode.EACH) {
            return batches.insert(tx, batch).replaceWith(accepted);
        }
        return ineligible(tx, batch)
                .chain(lines -> lines.isEmpty()
                        ? batches.insert(tx, batch).replaceWith(accepted)
                        : Uni.createFrom().item(idempotency.refusal(refusal(lines))));
    }

    /** The lines that would be refused at this moment. */
    private Uni<List<Batch.Line>> ineligible(Tx tx, Batch batch) {
        return directory
                .look(tx, batch.lines().stream().map(batch::receiver).toList())
                .map(batch::ineligible);
    }

    private Batch batch(Batch.Mode mode, @Nullable String description, List<Row> rows) {
        var faults = BatchRules.faults(rows);
        if (!faults.isEmpty()) {
            throw Problem.badRequest(faults).exception();
        }
        var now = BusinessTime.now();
        var lines = rows.stream()
                .map(row ->
                        new Batch.Line(row.number(), row.toUserId(), row.amount(), row.description(), Ids.next(now)))
                .toList();
        return new Batch(Ids.next(now), now, caller.tenantId(), mode, caller.id(), description, lines, caller.actor());
    }

    private static Problem refusal(List<Batch.Line> lines) {
        var role = Batch.RECEIVERS.word();
        var problem = Problem.of(
                        422,
                        "receiver-not-eligible",
                        "The receiver is not eligible",
                        lines.size() + " of the receivers are not active members of your tenant with the role " + role
                                + "; no points were moved.")
                .with("reason", RefusalReason.RECEIVER_NOT_ELIGIBLE)
                .with("refused", lines.size());
        for (var line : lines.subList(0, Math.min(MOST_NAMED, lines.size()))) {
            problem = problem.withError(
                    "line " + line.number(), line.toUserId() + " is not an active " + role + " of your tenant");
        }
        return problem;
    }
}
