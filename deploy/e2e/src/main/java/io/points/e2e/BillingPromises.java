package io.points.e2e;

import static io.points.contract.Topic.BILLING_ENTRIES;
import static io.points.contract.Topic.POOL_EVENTS;
import static io.points.contract.Topic.WALLET_EVENTS;
import static io.points.local.Service.ALLOCATION;
import static io.points.local.Service.AUDIT;
import static io.points.local.Service.BILLING;

import java.util.HashMap;
import java.util.Map;

/** What was billed and counted is what moved, by id and to the point. */
final class BillingPromises {

    /** Movements where they were counted, and what reversals and rebookings of late entries have moved. */
    private static final String MONTHS = """
            select concat_ws('/', tenant_id, billing_period, flow), sum(points)
            from (select tenant_id, billing_period, flow, points from movement_log
                  union all
                  select billing_account_id, (billing_period_start at time zone 'UTC')::date,
                         case x_kind when 'allocation' then 'allocated' else 'clawed_back' end,
                         case x_kind when 'allocation' then pricing_quantity else -pricing_quantity end
                  from platform_billing_logs where x_move_reason is not null) counted
            group by 1
            """;

    private final Books books;
    private final Topics topics;

    BillingPromises(Books books, Topics topics) {
        this.books = books;
        this.topics = topics;
    }

    void check(Differences differences) {
        everyMovementOfThePlatformIsBilled(differences);
        everyMovementIsCounted(differences);
        auditServiceHasCountedTheSame(differences);
    }

    /** At rest, its newest cut has all movements of each pool and all of their entries. */
    private void auditServiceHasCountedTheSame(Differences differences) {
        differences.same(
                "counts that billing-service has = counts that audit-service told",
                books.texts(AUDIT, "select tenant_id || ' ' || message from audit_counted"),
                books.texts(BILLING, "select tenant_id || ' ' || message from audit_counts"));
        differences.same(
                "movements of each pool that audit-service has counted = movements here",
                books.sums(
                        AUDIT,
                        "select tenant_id, (select sum((c ->> 'records')::bigint) from json_array_elements(message -> 'counts') c"
                                + " where c ->> 'topic' = 'allocation.pool.events.v1') from audit_counted"
                                + " where (message ->> 'pool_version')::bigint > 0"),
                books.sums(
                        BILLING,
                        "select tenant_id, count(*) from movement_log where pool_version is not null group by tenant_id"));
        differences.same(
                "minor units of each currency that audit-service has counted = minor units billed",
                books.sums(
                        AUDIT,
                        "select concat_ws('/', tenant_id, kind), amount_minor from audit_counts"
                                + " where topic = 'billing.entries.v1'"),
                books.sums(
                        BILLING,
                        "select concat_ws('/', billing_account_id, billing_currency), sum(x_amount_minor)"
                                + " from platform_billing_logs group by billing_account_id, billing_currency"));
    }

    /** A clawback has an entry for each purchase that it credits, so events are compared by id, and by their points. */
    private void everyMovementOfThePlatformIsBilled(Differences differences) {
        differences.same(
                "billing entries = allocations and clawbacks",
                topics.ids(POOL_EVENTS, "PointsAllocated", "PointsClawedBack"),
                books.texts(BILLING, "select x_event_id from platform_billing_logs"));
        differences.same(
                "points billed per event = points allocated and clawed back",
                books.sums(
                        ALLOCATION,
                        "select event_id, case kind when 'allocation' then amount else -amount end from allocation_logs"),
                books.sums(BILLING, "select x_event_id, pricing_quantity from platform_billing_logs"));
        differences.same(
                "billing entries told = billing entries",
                books.texts(BILLING, "select x_entry_id from platform_billing_logs"),
                topics.ids(BILLING_ENTRIES));
    }

    private void everyMovementIsCounted(Differences differences) {
        differences.same(
                "pool movements that billing counts = pool entries",
                books.texts(ALLOCATION, "select event_id from pool_ledger"),
                books.texts(BILLING, "select event_id from movement_log where pool_version is not null"));
        differences.same(
                "wallet movements that billing counts = wallet events",
                topics.ids(
                        WALLET_EVENTS,
                        "PointsAwarded",
                        "PointsDelegated",
                        "BudgetReturned",
                        "AwardReversed",
                        "EarnedReturned",
                        "PointsExpired",
                        "DistributionHeld",
                        "DistributionReleased"),
                books.texts(BILLING, "select event_id from movement_log where pool_version is null"));
        differences.same(
                "versions that billing knows without a gap = pool versions",
                withoutZeros(books.sums(ALLOCATION, "select id, pool_version from tenants")),
                withoutZeros(books.sums(BILLING, "select tenant_id, contiguous_version from billing_tenants")));
        differences.same(
                "sums of billing's months = its movements, and what was moved between months",
                books.sums(BILLING, MONTHS),
                books.sums(
                        BILLING, "select concat_ws('/', tenant_id, billing_period, flow), points from period_flows"));
    }

    private static Map<String, Long> withoutZeros(Map<String, Long> versions) {
        var rest = new HashMap<>(versions);
        rest.values().removeIf(version -> version == 0);
        return rest;
    }
}
