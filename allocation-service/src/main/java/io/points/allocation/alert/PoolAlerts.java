package io.points.allocation.alert;

import io.points.allocation.alert.Alerts.Finding;
import io.points.contract.Envelope;
import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.UUID;

/** Raises what debits bring about, in their own transaction, which holds the pools' locks. Debits that bring nothing about cost nothing. */
@ApplicationScoped
public class PoolAlerts {

    static final String POOL = "pool";

    private final Alerts alerts;

    PoolAlerts(Alerts alerts) {
        this.alerts = alerts;
    }

    /**
     * A pool that held at least {@code lowAt} before, and holds less now.
     *
     * @param balance points that it holds now
     * @param lowAt points
     */
    public record Low(UUID tenantId, long balance, long lowAt) {

        private Finding finding() {
            var figures = new LinkedHashMap<String, Long>();
            figures.put("balance", balance);
            figures.put("low_at", lowAt);
            return new Finding(tenantId, AlertKind.POOL_LOW, POOL, figures);
        }
    }

    /**
     * A pool that held too little for a debit.
     *
     * @param balance points that it held
     * @param amount points of the debit
     */
    public record Empty(UUID tenantId, long balance, long amount) {

        private Finding finding() {
            var figures = new LinkedHashMap<String, Long>();
            figures.put("balance", balance);
            figures.put("amount", amount);
            return new Finding(tenantId, AlertKind.POOL_EMPTY, POOL, figures);
        }
    }

    /** @param empty of each tenant one */
    public Uni<Void> debited(Tx tx, Collection<Low> low, Collection<Empty> empty, Instant now) {
        var findings = new ArrayList<Finding>(low.size() + empty.size());
        low.forEach(it -> findings.add(it.finding()));
        empty.forEach(it -> findings.add(it.finding()));
        return alerts.raise(tx, findings, now, Envelope.Actor.SYSTEM);
    }
}
