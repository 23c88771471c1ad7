package io.points.distribution.batch;

import io.points.contract.Ids;
import io.points.contract.RefusalReason;
import io.points.distribution.department.DepartmentProblems;
import io.points.distribution.department.DepartmentRules;
import io.points.distribution.department.Departments;
import io.points.distribution.limit.Judgements;
import io.points.distribution.limit.Limits;
import io.points.distribution.limit.Rulebook;
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
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
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
    private final Departments departments;
    private final Batches batches;
    private final BatchFeeder feeder;
    private final BatchResponses responses;
    private final BatchViews views;
    private final Limits limits;
    private final Caller caller;

    BatchService(
            Transactions transactions,
            Idempotency idempotency,
            Directory directory,
            Departments departments,
            Batches batches,
            BatchFeeder feeder,
            BatchResponses responses,
            BatchViews views,
            Limits limits,
            Caller caller) {
        this.transactions = transactions;
        this.idempotency = idempotency;
        this.directory = directory;
        this.departments = departments;
        this.batches = batches;
        this.feeder = feeder;
        this.responses = responses;
        this.views = views;
        this.limits = limits;
        this.caller = caller;
    }

    /** What the Idempotency-Key of a CSV stands for. */
    record CsvBatch(Batch.Mode mode, @Nullable UUID departmentId, List<Row> rows) {}

    /** Awards a batch that came as CSV. */
    Uni<Response> awardCsv(Batch.Mode mode, @Nullable UUID departmentId, byte[] csv, CommandHeaders headers) {
        var rows = CsvRows.read(csv);
        return award(mode, null, departmentId, rows, headers, new CsvBatch(mode, departmentId, rows));
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
            Batch.Mode mode,
            @Nullable String description,
            @Nullable UUID departmentId,
            List<Row> rows,
            CommandHeaders headers,
            Object body) {
        var batch = batch(mode, description, departmentId, rows);
        var key = idempotency.key(
                headers.idempotencyKey,
                batch.tenantId().toString(),
                batch.fromUserId(),
                "POST",
                headers.uri.getPath(),
                body);
        var accepted = transactions
                .write(tx -> batch.mode() == Batch.Mode.EACH
                        ? idempotency.once(tx, key, () -> unlessRefused(tx, batch, () -> insert(tx, batch)))
                        : look(tx, batch)
                                .chain(found -> lock(tx, batch, found))
                                .chain(found -> idempotency.once(
                                        tx, key, () -> unlessRefused(tx, batch, () -> accept(tx, batch, found)))))
                .invoke(feeder::wake);
        return responses.respond(batch.tenantId(), headers.prefer, accepted);
    }

    /** What would come of it. Moves nothing. */
    Uni<BatchCheck> check(Batch.Mode mode, @Nullable String description, @Nullable UUID departmentId, List<Row> rows) {
        var batch = batch(mode, description, departmentId, rows);
        return InTime.orFail(transactions
                .write(tx -> refusalOfDepartment(tx, batch)
                        .invoke(refusal -> refusal.ifPresent(problem -> {
                            throw problem.exception();
                        }))
                        .chain(() -> look(tx, batch))
                        .chain(found -> limits.look(tx, found.rulebooks(), batch.givings())
                                .map(judgements -> BatchRefusals.of(batch, found.ineligible(), judgements))))
                .chain(refusals -> views.balances(batch.tenantId(), departmentId)
                        .map(held -> BatchCheck.of(batch, refusals, held))));
    }

    /**
     * What is known of a batch before its key is.
     *
     * @param ineligible the lines that nobody can be awarded for at this moment
     * @param judgements not yet known where nothing is locked
     */
    private record Found(List<Batch.Line> ineligible, Map<UUID, Rulebook> rulebooks, Judgements judgements) {}

    private Uni<StoredResponse> unlessRefused(Tx tx, Batch batch, Supplier<Uni<StoredResponse>> otherwise) {
        return refusalOfDepartment(tx, batch)
                .chain(refusal -> refusal.map(this::refuse).orElseGet(otherwise));
    }

    /** Why it cannot come out of its department's envelope, or out of none. */
    private Uni<Optional<Problem>> refusalOfDepartment(Tx tx, Batch batch) {
        var giver = new Directory.Key(batch.tenantId(), batch.fromUserId());
        var named = Departments.key(batch.tenantId(), batch.departmentId());
        return Uni.combine()
                .all()
                .unis(
                        directory.look(tx, List.of(giver)),
                        departments.find(tx, named == null ? List.of() : List.of(named)))
                .asTuple()
                .map(found -> {
                    var member = found.getItem1().get(giver);
                    return DepartmentRules.giving(
                                    batch.departmentId(),
                                    id -> found.getItem2().get(named),
                                    member == null ? null : member.givesFrom())
                            .map(why -> DepartmentProblems.of(why, "department_id"));
                });
    }

    private Uni<Found> look(Tx tx, Batch batch) {
        var receivers = batch.lines().stream().map(batch::receiver).toList();
        return Uni.combine()
                .all()
                .unis(directory.look(tx, receivers), limits.look(tx, List.of(batch.tenantId())))
                .asTuple()
                .map(found -> new Found(batch.ineligible(found.getItem1()), found.getItem2(), Judgements.NONE));
    }

    private Uni<Found> lock(Tx tx, Batch batch, Found found) {
        return limits.lock(tx, found.rulebooks(), batch.givings())
                .map(judgements -> new Found(found.ineligible(), found.rulebooks(), judgements));
    }

    /** Names the batch, or is a refusal that sticks to the key: if somebody is ineligible, or a rule refuses all or one of them. */
    private Uni<StoredResponse> accept(Tx tx, Batch batch, Found found) {
        if (!found.ineligible().isEmpty()) {
            return refuse(refusal(found.ineligible()));
        }
        var giving = batch.giving();
        return found.judgements().refusal(batch.id(), giving).map(this::refuse).orElseGet(() -> {
            var judged = batch.judged(found.judgements().count(batch.id(), giving));
            return insert(tx, judged).call(() -> limits.save(tx, found.judgements()));
        });
    }

    private Uni<StoredResponse> insert(Tx tx, Batch batch) {
        return batches.insert(tx, batch).replaceWith(StoredResponse.of(batch.id()));
    }

    private Uni<StoredResponse> refuse(Problem problem) {
        return Uni.createFrom().item(idempotency.refusal(problem));
    }

    private Batch batch(Batch.Mode mode, @Nullable String description, @Nullable UUID departmentId, List<Row> rows) {
        var faults = BatchRules.faults(rows);
        if (!faults.isEmpty()) {
            throw Problem.badRequest(faults).exception();
        }
        var now = BusinessTime.now();
        var lines = rows.stream()
                .map(row ->
                        new Batch.Line(row.number(), row.toUserId(), row.amount(), row.description(), Ids.next(now)))
                .toList();
        return new Batch(
                Ids.next(now),
                now,
                caller.tenantId(),
                mode,
                caller.id(),
                description,
                departmentId,
                lines,
                caller.actor(),
                null);
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
