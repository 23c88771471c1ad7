package io.points.distribution.saga;

import io.points.contract.RefusalReason;
import io.points.distribution.member.Directory;
import io.points.distribution.member.MemberRole;
import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
import io.points.platform.web.Idempotency;
import io.points.platform.web.Idempotency.StoredResponse;
import io.points.platform.web.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes batches. Nothing but the lines is written with the request: {@link BatchFeeder} begins the distributions. */
@ApplicationScoped
public class BatchIntake {

    private static final MemberRole FITTING = MemberRole.EMPLOYEE;
    private static final int MOST_NAMED = 100;

    private final Transactions transactions;
    private final Idempotency idempotency;
    private final Directory directory;
    private final Batches batches;
    private final BatchFeeder feeder;

    BatchIntake(
            Transactions transactions,
            Idempotency idempotency,
            Directory directory,
            Batches batches,
            BatchFeeder feeder) {
        this.transactions = transactions;
        this.idempotency = idempotency;
        this.directory = directory;
        this.batches = batches;
        this.feeder = feeder;
    }

    /**
     * The outcome names the batch, or is a refusal that sticks to the key: of an all-or-nothing batch of which somebody
     * cannot be awarded.
     */
    public Uni<StoredResponse> take(Batch batch, Idempotency.@Nullable Key key) {
        return transactions
                .write(tx -> idempotency.once(tx, key, () -> take(tx, batch)))
                .invoke(feeder::wake);
    }

    private Uni<StoredResponse> take(Tx tx, Batch batch) {
        var taken = StoredResponse.of(batch.id());
        if (batch.mode() == Batch.Mode.EACH) {
            return batches.insert(tx, batch).replaceWith(taken);
        }
        return ineligible(tx, batch)
                .chain(lines -> lines.isEmpty()
                        ? batches.insert(tx, batch).replaceWith(taken)
                        : Uni.createFrom().item(idempotency.refusal(refusal(lines))));
    }

    /** The lines that would be refused at this moment. Moves nothing. */
    public Uni<List<Batch.Line>> check(Batch batch) {
        return transactions.write(tx -> ineligible(tx, batch));
    }

    private Uni<List<Batch.Line>> ineligible(Tx tx, Batch batch) {
        return directory
                .look(tx, batch.lines().stream().map(batch::receiver).toList())
                .map(members -> Eligibility.refused(batch, members));
    }

    private static Problem refusal(List<Batch.Line> lines) {
        var problem = Problem.of(
                        422,
                        "receiver-not-eligible",
                        "The receiver cannot receive this",
                        lines.size() + " of the receivers are not active members of your tenant with the role "
                                + FITTING.word() + ", so nobody is awarded anything.")
                .with("reason", RefusalReason.RECEIVER_NOT_ELIGIBLE)
                .with("refused", lines.size());
        for (var line : lines.subList(0, Math.min(MOST_NAMED, lines.size()))) {
            problem = problem.withError(
                    "line " + line.number(),
                    line.toUserId() + " is not an active " + FITTING.word() + " of your tenant");
        }
        return problem;
    }
}
