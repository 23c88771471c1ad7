package io.points.distribution.award;

import io.points.contract.DistributionKind;
import io.points.contract.Ids;
import io.points.contract.PointsSource;
import io.points.distribution.department.EnvelopeReturns;
import io.points.distribution.saga.Changes;
import io.points.distribution.saga.Distribution;
import io.points.distribution.saga.DistributionText;
import io.points.distribution.saga.Distributions;
import io.points.platform.outbox.Tx;
import io.points.platform.time.BusinessTime;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** A department that is closed leaves no points behind. */
@ApplicationScoped
class ReturnOfEnvelopes implements EnvelopeReturns {

    private final Distributions distributions;

    ReturnOfEnvelopes(Distributions distributions) {
        this.distributions = distributions;
    }

    @Override
    public Uni<Void> returnAll(Tx tx, Collection<Emptied> envelopes) {
        var now = BusinessTime.now();
        var changes = new Changes(now, Map.of());
        envelopes.forEach(envelope -> changes.begin(transfer(envelope, now)));
        return distributions.write(tx, changes).replaceWithVoid();
    }

    private static Distribution transfer(Emptied envelope, Instant now) {
        return Distribution.first(
                        Ids.next(now),
                        now,
                        envelope.department().tenantId(),
                        DistributionKind.TRANSFER,
                        PointsSource.POOL,
                        UUID.fromString(envelope.by().id()),
                        null,
                        envelope.points(),
                        DistributionText.ofSystem(WHY),
                        envelope.by(),
                        null)
                .between(envelope.department().departmentId(), null);
    }
}
