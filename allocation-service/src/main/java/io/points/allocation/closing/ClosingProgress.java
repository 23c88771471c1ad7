package io.points.allocation.closing;

import io.points.allocation.stats.ClosingNews;
import io.points.contract.ClosingEvent;
import io.points.contract.ClosingEvent.BudgetsRecalled;
import io.points.contract.ClosingEvent.PeopleErased;
import io.points.contract.ClosingEvent.WalletsClosed;
import io.points.platform.inbox.Received;
import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Hears how far distribution-service is with the closings of tenants. */
@ApplicationScoped
class ClosingProgress implements ClosingNews {

    private final Closings closings;

    ClosingProgress(Closings closings) {
        this.closings = closings;
    }

    @Override
    public Uni<Void> hear(Tx tx, List<Received<ClosingEvent>> events) {
        var heard = Uni.createFrom().voidItem();
        for (var event : events) {
            heard = heard.chain(() -> hear(tx, event));
        }
        return heard;
    }

    private Uni<Void> hear(Tx tx, Received<ClosingEvent> received) {
        var at = received.envelope().time();
        var event = received.message();
        if (event instanceof BudgetsRecalled told) {
            return closings.recalled(tx, told.closingId(), told.tenantId(), told.amount(), at);
        }
        if (event instanceof PeopleErased told) {
            return closings.peopleErased(tx, told.closingId(), told.tenantId(), told.members(), at);
        }
        var told = (WalletsClosed) event;
        return closings.emptied(tx, told.closingId(), told.tenantId(), told.amount(), at);
    }
}
