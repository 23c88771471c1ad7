package io.points.e2e;

import static io.points.local.Service.ALLOCATION;
import static io.points.local.Service.DISTRIBUTION;

import java.util.List;

/** When the balance owners attest their balances: it stands in a row of their own tables, so it can be changed there. */
public final class Attestations {

    private final Books books;

    /** The attestations of this stack. */
    public Attestations(Books books) {
        this.books = books;
    }

    /** Makes all balances be attested now, and as usual from then on. */
    public void demand() {
        due("now()");
    }

    /** Nothing is attested from now on, or as long as the tables are to stay as they are. */
    public void stop() {
        due("'infinity'");
    }

    private void due(String time) {
        for (var owner : List.of(ALLOCATION, DISTRIBUTION)) {
            var refusal = books.refusal(owner, "update attestation_round set due_at = " + time);
            if (refusal != null) {
                throw new IllegalStateException(refusal);
            }
        }
    }
}
