package io.points.e2e;

import static io.points.contract.Topic.POOL_EVENTS;
import static io.points.local.Service.ALLOCATION;
import static io.points.local.Service.AUDIT;
import static io.points.local.Service.DISTRIBUTION;

import java.util.HashMap;
import java.util.Map;

/**
 * Promise 10, as far as pools reserve: what is reserved is what waits for a decision, and each reservation ended at most once. What takes
 * two people was done if they said so, and only then.
 */
final class ReservationPromises {

    /** Of each proposal that is decided, nothing may be left; of each that is not, what it holds. */
    private static final String NOT_WHAT_IS_HELD = """
            select p.id from proposals p left join pool_ledger e on e.tenant_id = p.tenant_id and e.cause_id = p.id
            group by p.id, p.reserved
            having coalesce(sum(-e.amount) filter (where e.kind in ('reserve', 'release')), 0) <> p.reserved
                or count(*) filter (where e.kind = 'reserve') > 1 or count(*) filter (where e.kind = 'release') > 1
            """;

    private static final String OF_NOTHING = """
            select event_id from pool_ledger e where kind in ('reserve', 'release')
               and not exists (select from proposals p where p.id = e.cause_id and p.tenant_id = e.tenant_id)
            """;

    private static final String APPROVED_AND_NOT_DONE = """
            select p.id from proposals p left join allocation_logs a on a.id = p.result_id
            where p.state = 'approved' and p.amount is not null
              and (a.id is null or a.kind <> p.kind or a.tenant_id <> p.tenant_id or a.amount <> p.amount)
            """;

    private static final String CLOSINGS_WITHOUT_THEIR_PROPOSAL = """
            select c.id from closings c left join proposals p on p.id = c.id and p.tenant_id = c.tenant_id and p.kind = 'closing'
            where (c.begun_at is not null) is distinct from (p.state = 'approved')
            """;

    private final Books books;
    private final Topics topics;

    ReservationPromises(Books books, Topics topics) {
        this.books = books;
        this.topics = topics;
    }

    void check(Differences differences) {
        var reserved = withoutZeros(books.sums(ALLOCATION, "select id, reserved from tenants"));
        differences.same(
                "reserved of pools = what proposals hold",
                withoutZeros(books.sums(ALLOCATION, "select tenant_id, sum(reserved) from proposals group by 1")),
                reserved);
        var held = new HashMap<>(reserved);
        books.sums(DISTRIBUTION, "select tenant_id, sum(amount) from distributions where state = 'HELD' group by 1")
                .forEach((tenant, points) -> held.merge(tenant, points, Long::sum));
        differences.same(
                "reserved of pools and distributions that wait = reserved by the events",
                held,
                withoutZeros(books.sums(AUDIT, "select tenant_id, reserved from audit_books")));
        differences.none("proposals whose entries are not what they hold", books.texts(ALLOCATION, NOT_WHAT_IS_HELD));
        differences.none("reservations of no proposal", books.texts(ALLOCATION, OF_NOTHING));
        differences.none("proposals that were approved and not done", books.texts(ALLOCATION, APPROVED_AND_NOT_DONE));
        differences.none(
                "closings that did not begin as two people decided",
                books.texts(ALLOCATION, CLOSINGS_WITHOUT_THEIR_PROPOSAL));
        differences.same(
                "proposals told = proposals", books.number(ALLOCATION, "select count(*) from proposals"), (long)
                        topics.ids(POOL_EVENTS, "PlatformMovementProposed").size());
        differences.same(
                "decisions told = decisions",
                books.number(ALLOCATION, "select count(*) from proposals where state <> 'proposed'"),
                (long) topics.ids(POOL_EVENTS, "PlatformMovementDecided").size());
        differences.same(
                "first approvals told = first approvals",
                books.number(ALLOCATION, "select count(*) from proposals where first_approved_by is not null"),
                (long) topics.ids(POOL_EVENTS, "PlatformApprovalGiven").size());
        differences.same(
                "reservations told = reservations",
                books.texts(ALLOCATION, "select event_id from pool_ledger where kind in ('reserve', 'release')"),
                topics.ids(POOL_EVENTS, "PoolReserved", "PoolReleased"));
    }

    private static Map<String, Long> withoutZeros(Map<String, Long> sums) {
        var rest = new HashMap<>(sums);
        rest.values().removeIf(points -> points == 0);
        return rest;
    }
}
