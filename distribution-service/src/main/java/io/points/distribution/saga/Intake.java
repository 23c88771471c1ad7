package io.points.distribution.saga;

import io.points.distribution.member.Directory;
import io.points.distribution.saga.Beginnings.Begun;
import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
import io.points.platform.persistence.Batcher;
import io.points.platform.web.Idempotency;
import io.points.platform.web.Idempotency.Claim;
import io.points.platform.web.Idempotency.StoredResponse;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes requests for distributions from the pool. They lock nothing but their Idempotency-Keys, so all that come at the
 * same time, of whatever tenant, share one transaction and its commit.
 */
@ApplicationScoped
class Intake {

    private final Idempotency idempotency;
    private final Distributions distributions;
    private final Beginnings beginnings;
    private final Directory directory;
    private final Batcher<Asked, StoredResponse> batcher;

    Intake(
            Vertx vertx,
            Transactions transactions,
            Idempotency idempotency,
            Distributions distributions,
            Beginnings beginnings,
            Directory directory) {
        this.idempotency = idempotency;
        this.distributions = distributions;
        this.beginnings = beginnings;
        this.directory = directory;
        batcher = Batcher.resting(vertx, batch -> transactions.write(tx -> take(tx, batch)));
    }

    private record Asked(Request request, Idempotency.@Nullable Key key) {}

    /** The outcome names the distribution, or is a refusal that sticks to the key. */
    Uni<StoredResponse> take(Request request, Idempotency.@Nullable Key key) {
        return batcher.ask(new Asked(request, key));
    }

    private Uni<List<StoredResponse>> take(Tx tx, List<Asked> batch) {
        var receivers = batch.stream()
                .map(asked -> requested(asked.request()).receiver())
                .toList();
        return directory
                .look(tx, receivers)
                .map(members -> decide(batch, members))
                .chain(claims -> idempotency.claim(tx, claims).call(outcomes -> begin(tx, firsts(batch, outcomes))));
    }

    private List<Claim> decide(List<Asked> batch, Map<Directory.Key, Directory.Membership> members) {
        return batch.stream()
                .map(asked -> new Claim(asked.key(), decide(asked.request(), members)))
                .toList();
    }

    private StoredResponse decide(Request request, Map<Directory.Key, Directory.Membership> members) {
        return Eligibility.refusal(request, members.get(requested(request).receiver()))
                .map(idempotency::refusal)
                .orElseGet(() -> StoredResponse.of(request.id()));
    }

    /** Those that lead to a distribution of their own. */
    private static List<Request> firsts(List<Asked> batch, List<StoredResponse> outcomes) {
        var firsts = new ArrayList<Request>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            var request = batch.get(i).request();
            if (request.id().equals(outcomes.get(i).resource())) {
                firsts.add(request);
            }
        }
        return firsts;
    }

    private Uni<Void> begin(Tx tx, List<Request> requests) {
        for (var request : requests) {
            var changes = new Changes(Map.of());
            changes.request(requested(request));
            distributions.send(tx, changes, request.now());
        }
        return beginnings.write(
                tx,
                requests.stream()
                        .map(request -> new Begun(requested(request), request.words(), request.now()))
                        .toList());
    }

    private static Distribution requested(Request request) {
        return request.in(State.REQUESTED, null);
    }
}
