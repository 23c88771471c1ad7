package io.points.billing;

/** The months in which movements of a tenant are counted, found by one step in an index for each. */
public final class MovementMonths {

    /** Of the tenant {@code $1}, as {@code months (billing_period)}: what comes after {@code with recursive}. */
    public static final String OF_TENANT = of("$1");

    private MovementMonths() {}

    /** As above, of the tenant that a column of an outer query names. */
    public static String of(String tenant) {
        return from(tenant, "'-infinity'");
    }

    /**
     * As above, without the months before a given one.
     *
     * @param month an expression that gives the month's first day
     */
    public static String from(String tenant, String month) {
        return """
                steps (billing_period) as (
                    (select billing_period from movement_log
                     where tenant_id = %1$s and billing_period >= %2$s order by billing_period limit 1)
                    union all
                    select (select next.billing_period from movement_log next
                            where next.tenant_id = %1$s and next.billing_period > steps.billing_period
                            order by next.billing_period limit 1)
                    from steps where steps.billing_period is not null),
                months as (select billing_period from steps where billing_period is not null)
                """.formatted(tenant, month);
    }
}
