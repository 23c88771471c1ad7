package io.points.billing.statement;

import io.points.billing.BilledTenants;
import io.points.billing.Period;
import io.points.billing.entry.EntryView;
import io.points.billing.invoice.IssuerConfig;
import io.points.billing.statement.Focus.Charge;
import io.points.platform.outbox.Transactions;
import io.points.platform.outbox.Tx;
import io.points.platform.web.problem.Problem;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes a month in the columns of FOCUS, page by page, so that it needs no more memory the more tenants there are. */
@ApplicationScoped
class FocusExport {

    private static final int PAGE = 1_000;

    /** Beyond every tenant's id. */
    private static final UUID LAST = new UUID(-1, -1);

    private static final String ENTRIES = "select " + EntryView.COLUMNS
            + ", document.number as document_number, tenant.name as tenant_name from platform_billing_logs"
            + " left join billing_tenants tenant on tenant.tenant_id = billing_account_id"
            + " left join billing_document_lines document on document.entry_id = x_entry_id where billing_period_start = $1"
            + " and (billing_account_id, x_pool_version, x_line) > ($2, $3, $4) and billing_account_id <= $5"
            + " order by billing_account_id, x_pool_version, x_line limit $6";

    private final Transactions transactions;
    private final BilledTenants tenants;
    private final String issuer;

    FocusExport(Transactions transactions, BilledTenants tenants, IssuerConfig issuer) {
        this.transactions = transactions;
        this.tenants = tenants;
        this.issuer = issuer.name().orElse("Points");
    }

    /**
     * What is written.
     *
     * @param tenant null for all
     */
    record Scope(Period month, @Nullable UUID tenant) {}

    /** Entries, and those of which tenant come after them. */
    record Page(Scope scope, List<Charge> charges) {

        private boolean isLast() {
            return charges.size() < PAGE;
        }

        private EntryView last() {
            return charges.get(charges.size() - 1).entry();
        }
    }

    /** The first entries; fails with a 404 problem if the tenant is unknown. */
    Uni<Page> begin(Scope scope) {
        return transactions.snapshot(tx -> requireKnown(tx, scope.tenant())
                .chain(() -> read(tx, scope, scope.tenant() == null ? new UUID(0, 0) : scope.tenant(), 0, 0)));
    }

    /** The file from its first line on. */
    Multi<String> file(Page first) {
        var rest = Multi.createBy()
                .repeating()
                .uni(() -> new Page[] {first}, last -> next(last[0]).invoke(page -> last[0] = page))
                .until(page -> page.charges().isEmpty())
                .map(page -> Focus.rows(page.charges()));
        return Multi.createBy()
                .concatenating()
                .streams(Multi.createFrom().item(() -> Focus.header() + Focus.rows(first.charges())), rest);
    }

    private Uni<Page> next(Page page) {
        if (page.isLast()) {
            return Uni.createFrom().item(new Page(page.scope(), List.of()));
        }
        var last = page.last();
        return transactions.snapshot(tx -> read(tx, page.scope(), last.tenantId(), last.poolVersion(), last.line()));
    }

    private Uni<Page> read(Tx tx, Scope scope, UUID tenant, long version, int line) {
        return tx.query(
                        ENTRIES,
                        scope.month().start().atOffset(ZoneOffset.UTC),
                        tenant,
                        version,
                        line,
                        scope.tenant() == null ? LAST : scope.tenant(),
                        PAGE)
                .map(rows -> {
                    var charges = new ArrayList<Charge>(rows.rowCount());
                    rows.forEach(row -> charges.add(new Charge(
                            EntryView.of(row),
                            row.getString("tenant_name"),
                            row.getString("document_number"),
                            issuer)));
                    return new Page(scope, charges);
                });
    }

    private Uni<Void> requireKnown(Tx tx, @Nullable UUID tenant) {
        return tenant == null
                ? Uni.createFrom().voidItem()
                : tenants.find(tx, tenant)
                        .invoke(known -> {
                            if (known == null) {
                                throw Problem.notFound("tenant").exception();
                            }
                        })
                        .replaceWithVoid();
    }
}
