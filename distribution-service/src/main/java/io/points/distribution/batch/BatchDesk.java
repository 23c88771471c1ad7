package io.points.distribution.batch;

import io.points.contract.Ids;
import io.points.distribution.saga.Batch;
import io.points.distribution.saga.BatchIntake;
import io.points.platform.web.Caller;
import io.points.platform.web.Idempotency;
import io.points.platform.web.InTime;
import io.points.platform.web.CommandHeaders;
import io.points.platform.web.Params;
import io.points.platform.web.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes batches of awards, in whichever form they came. The tenant comes from the token. */
@ApplicationScoped
class BatchDesk {

    private final BatchIntake intake;
    private final BatchResponses outcomes;
    private final BatchViews views;
    private final Idempotency idempotency;
    private final Caller caller;

    BatchDesk(BatchIntake intake, BatchResponses outcomes, BatchViews views, Idempotency idempotency, Caller caller) {
        this.intake = intake;
        this.outcomes = outcomes;
        this.views = views;
        this.idempotency = idempotency;
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
    Uni<Response> award(Batch.Mode mode, @Nullable String description, List<Row> rows, CommandHeaders headers, Object body) {
        var batch = batch(mode, description, rows);
        var key = idempotency.key(
                headers.idempotencyKey,
                batch.tenantId().toString(),
                batch.fromUserId(),
                "POST",
                headers.uri.getPath(),
                body);
        return outcomes.respond(batch.tenantId(), headers.prefer, intake.take(batch, key));
    }

    /** What would come of it. Moves nothing. */
    Uni<BatchCheck> check(Batch.Mode mode, @Nullable String description, List<Row> rows) {
        return InTime.orFail(check(batch(mode, description, rows)));
    }

    private Uni<BatchCheck> check(Batch batch) {
        return intake.check(batch).chain(refused -> views.poolBalance(batch.tenantId())
                .map(balance -> BatchCheck.of(batch, refused, balance)));
    }

    private Batch batch(Batch.Mode mode, @Nullable String description, List<Row> rows) {
        var faults = BatchRules.faults(rows);
        if (!faults.isEmpty()) {
            throw Problem.badRequest(faults).exception();
        }
        var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        var lines = rows.stream()
                .map(row ->
                        new Batch.Line(row.number(), row.toUserId(), row.amount(), row.description(), Ids.next(now)))
                .toList();
        UUID id = Ids.next(now);
        return new Batch(id, now, caller.tenantId(), mode, caller.id(), description, lines, caller.cause());
    }
}
