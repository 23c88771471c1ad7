package io.points.distribution.expiry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.points.distribution.wallet.WalletKind;
import io.points.platform.persistence.SqlGauges;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** How many points have lapsed, and whether any are overdue. */
@ApplicationScoped
class ExpiryMetrics {

    private static final String OVERDUE = """
            select 'points_expiry_overdue_seconds' as name, null::text as tag, null::text as of,
                   greatest(0, coalesce(extract(epoch from now() - min(due_at)), 0))::float8 as value
            from expiry_rounds
            """;

    private final SqlGauges figures;
    private final Counter earned;
    private final Counter budgets;

    ExpiryMetrics(MeterRegistry metrics, SqlGauges figures) {
        this.figures = figures;
        earned = metrics.counter("points_expired_points", "account", WalletKind.EARNED.word());
        budgets = metrics.counter("points_expired_points", "account", WalletKind.BUDGET.word());
    }

    void start(@Observes StartupEvent event) {
        figures.show(OVERDUE, "points_expiry_overdue_seconds");
    }

    void expired(Lapses lapses) {
        earned.increment(lapses.points(WalletKind.EARNED));
        budgets.increment(lapses.points(WalletKind.BUDGET));
    }
}
