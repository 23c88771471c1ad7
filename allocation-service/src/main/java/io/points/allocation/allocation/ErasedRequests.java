package io.points.allocation.allocation;

import io.points.allocation.proposal.ProposalService;
import io.points.allocation.stats.ErasureNews;
import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Deletes the words of managers who are erased, and those that they were answered with. */
@ApplicationScoped
class ErasedRequests implements ErasureNews {

    private final ProposalService proposals;

    ErasedRequests(ProposalService proposals) {
        this.proposals = proposals;
    }

    @Override
    public Uni<Void> hear(Tx tx, List<Erased> erased) {
        var heard = Uni.createFrom().voidItem();
        for (var one : erased) {
            heard = heard.chain(() -> proposals.eraseRequests(tx, one.tenantId(), one.userId()));
        }
        return heard;
    }
}
