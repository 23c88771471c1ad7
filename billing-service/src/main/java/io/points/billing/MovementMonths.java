package io.points.billing;

/** The months in which movements of a tenant are counted, found by one step in an index for each. */
public final class MovementMonths {

    /** Of the tenant {@code $1}, as {@code months (billing_period)}: what comes after {@code with recursive}. */
    public static final String OF_TENANT = """
            steps (billing_period) as (
                (select billing_period from movement_log where tenant_id = $1 order by billing_period limit 1)
                union all
                select (select next.billing_period from movement_log next
                        where next.tenant_id = $1 and next.billing_period > steps.billing_period
                        order by next.billing_period limit 1)
                from steps where steps.billing_period is not null),
            months as (select billing_period from steps where billing_period is not null)
            """;

    private MovementMonths() {}
}
