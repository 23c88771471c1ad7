package io.points.billing.statement;

import io.points.platform.background.Loop;
import io.points.platform.outbox.Transactions;
import io.points.platform.web.paging.Page;
import io.points.platform.web.paging.PageRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All tenants' reconciliations, page by page. Each reads all of its tenant's history, in a snapshot of its own, so a page ends where
 * its time is up, however few tenants it has.
 */
@ApplicationScoped
class Reconciliations {

    /** On a page. */
    static final int MOST = 50;

    /** No tenant is begun after that. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final UUID FIRST = new UUID(0, 0);

    private static final String NEXT =
            "select tenant_id, name from billing_tenants where tenant_id > $1 order by tenant_id limit $2";

    private final Transactions transactions;
    private final ReconciliationReader reader;

    Reconciliations(Transactions transactions, ReconciliationReader reader) {
        this.transactions = transactions;
        this.reader = reader;
    }

    private record Named(UUID id, @Nullable String name) {}

    /** In the order of the tenants' ids. */
    Uni<Page<ReconciledTenant>> page(PageRequest request) {
        var after = request.afterId();
        return transactions
                .snapshot(tx -> tx.query(NEXT, after == null ? FIRST : after, request.fetch()))
                .chain(rows -> {
                    var tenants = new ArrayList<Named>();
                    rows.forEach(row -> tenants.add(new Named(row.getUUID("tenant_id"), row.getString("name"))));
                    return reconciled(tenants, request.limit());
                });
    }

    private Uni<Page<ReconciledTenant>> reconciled(List<Named> tenants, int limit) {
        var done = new ArrayList<ReconciledTenant>();
        var wanted = Math.min(tenants.size(), limit);
        var until = System.nanoTime() + PATIENCE.toNanos();
        return Loop.run(() -> {
                    if (done.size() == wanted || !done.isEmpty() && System.nanoTime() > until) {
                        return Uni.createFrom().item(false);
                    }
                    var next = tenants.get(done.size());
                    return reader.read(next.id())
                            .invoke(it -> done.add(ReconciledTenant.of(it, next.name())))
                            .replaceWith(true);
                })
                .map(over -> Page.of(
                        tenants.subList(0, Math.min(done.size() + 1, tenants.size())),
                        new PageRequest(done.size(), null),
                        tenant -> tenant.id().toString(),
                        tenant -> done.get(tenants.indexOf(tenant))));
    }
}
