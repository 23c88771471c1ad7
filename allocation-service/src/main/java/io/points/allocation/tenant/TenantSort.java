package io.points.allocation.tenant;

import java.util.Locale;

/** What tenants are listed by. Those that are equal follow their ids. */
enum TenantSort {
    /** By id. */
    ID("''::text", "text", ""),
    /** By name, without regard to case. */
    NAME("lower(t.name)", "text", ""),
    /** By the points in the pool. */
    BALANCE("t.points_allocation_balance", "bigint", ""),
    /** By the days that the balance will last; those that distribute nothing last. */
    RUNWAY(
            "coalesce(runway.days, " + (DistributionRate.LONGEST_RUNWAY + 1) + ")::bigint",
            "bigint",
            TenantList.DAYS_OF_T + TenantList.RUNWAY_OF_T),
    /** By the time of the last allocation; those that never had one come first. */
    LAST_ALLOCATION(
            "coalesce((extract(epoch from newest.created_at) * 1000000)::bigint, 0)",
            "bigint",
            "left join lateral (select created_at from allocation_logs where tenant_id = t.id and kind = 'allocation'"
                    + " order by id desc limit 1) newest on true\n");

    /** What is compared, of {@code tenants t} and {@link #joins}. Never null. */
    final String key;

    /** The key's type in PostgreSQL. */
    final String type;

    /** What the key needs beside {@code tenants t}. */
    final String joins;

    TenantSort(String key, String type, String joins) {
        this.key = key;
        this.type = type;
        this.joins = joins;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isNumber() {
        return type.equals("bigint");
    }

    /** True if the order tells something that only the platform admin's list shows. */
    boolean tellsOfHealth() {
        return this == RUNWAY || this == LAST_ALLOCATION;
    }
}
