package io.points.e2e;

import static io.points.contract.Topic.WALLET_EVENTS;
import static io.points.local.Service.DISTRIBUTION;

import io.points.contract.Ids;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Promise 10, as far as points wait for approval: each wait is told once and ends at most once, a budget has back what did not go on,
 * and nothing was given that takes the approval of others without it.
 */
final class HoldPromises {

    private static final String WAITED = " from distributions d where exists"
            + " (select from distribution_logs l where l.distribution_id = d.id and l.state = 'HELD')";

    private static final String OUT_OF_BUDGETS = "select id, amount" + WAITED + " and source = 'budget'";
    private static final String ENDED = " and state <> 'HELD'";

    private static final String GIVEN_WITHOUT_APPROVAL = """
            select d.id from distributions d left join approval_log v on v.distribution_id = d.id
            where d.approval_levels is not null and d.state = 'COMPLETED'
            group by d.id
            having count(v.voter) filter (where v.approved and v.voter not in (d.requested_by, d.from_user_id)
                                            and v.voter is distinct from d.to_user_id) < d.approval_levels
                or count(v.voter) filter (where not v.approved) > 0
            """;

    private static final String REJECTED_BY_NOBODY = """
            select d.id from distributions d where d.approval_levels is not null and (d.reason is not distinct from 'APPROVAL_REJECTED')
                <> exists (select from approval_log v where v.distribution_id = d.id and not v.approved)
            """;

    private final Books books;
    private final Topics topics;

    HoldPromises(Books books, Topics topics) {
        this.books = books;
        this.topics = topics;
    }

    void check(Differences differences) {
        told(differences, "waits for approval", "select id" + WAITED, "DistributionHeld");
        told(differences, "ends of waits for approval", "select id" + WAITED + ENDED, "DistributionReleased");
        differences.same(
                "approvals told = approvals",
                books.texts(DISTRIBUTION, "select event_id from approval_log where approved"),
                topics.ids(WALLET_EVENTS, "ApprovalGiven"));
        differences.same("budgets gave what waits", derived(OUT_OF_BUDGETS, "Held", -1), entries("hold"));
        differences.same(
                "budgets have back what waited", derived(OUT_OF_BUDGETS + ENDED, "Released", 1), entries("release"));
        differences.none("given without the approval it needs", books.texts(DISTRIBUTION, GIVEN_WITHOUT_APPROVAL));
        differences.none(
                "rejected and not so decided, or the other way round", books.texts(DISTRIBUTION, REJECTED_BY_NOBODY));
    }

    private void told(Differences differences, String what, String query, String type) {
        Set<String> due = new HashSet<>();
        books.texts(DISTRIBUTION, query).forEach(id -> due.add(derived(id, type)));
        differences.same(what + " told = " + what, due, topics.ids(WALLET_EVENTS, type));
    }

    private Map<String, Long> derived(String query, String part, int sign) {
        var entries = new HashMap<String, Long>();
        books.sums(DISTRIBUTION, query).forEach((id, amount) -> entries.put(derived(id, part), sign * amount));
        return entries;
    }

    private Map<String, Long> entries(String cause) {
        return books.sums(
                DISTRIBUTION,
                "select distribution_id, sum(amount) from wallet_ledger where cause = '" + cause + "' group by 1");
    }

    private static String derived(String id, String part) {
        return Ids.derive(UUID.fromString(id), part).toString();
    }
}
