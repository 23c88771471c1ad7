package io.points.distribution.feed;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.distribution.DistributionServiceTest;
import io.points.testing.Attesting;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@DistributionServiceTest
class FeedPlanTest {

    private final UUID tenant = UUID.randomUUID();

    /** A long feed, of which the planner knows: of an empty one, or what other tests leave, it may take any index. */
    @BeforeEach
    void writeALongFeed() {
        Attesting.asSuperuser("distribution", """
                insert into feed (id, tenant_id, kind, audience, actor_id, receiver_id, amount, event_id, occurred_at)
                select gen_random_uuid(), '%s', 'award',
                       case i %% 100 when 0 then 'tenant' when 1 then 'managers' else 'involved' end,
                       gen_random_uuid(), gen_random_uuid(), 1, gen_random_uuid(), now()
                from generate_series(1, 20000) as i""".formatted(tenant), "analyze feed");
    }

    /** Other tests read whole tables. */
    @AfterEach
    void deleteIt() {
        Attesting.asSuperuser("distribution", "delete from feed where tenant_id = '" + tenant + "'");
    }

    /** However long the feed of the tenant is, and however little of it concerns the one who asks. */
    @Test
    void eachBranchOfTheFeedIsReadFromAnIndexOfItsOwnOrder() {
        var branches = FeedResource.audience(tenant, UUID.randomUUID(), true, new UUID(-1, -1));
        var sql = branches.sql().replace(":rows", "51");
        for (var value : branches.values().entrySet()) {
            sql = sql.replace(":" + value.getKey(), "'" + value.getValue() + "'");
        }
        var plan = Attesting.plan(sql);
        for (var index : List.of("feed_by_audience", "feed_by_actor", "feed_by_receiver")) {
            assertTrue(plan.contains(index), plan);
        }
        assertFalse(plan.contains("Filter:"), plan);
    }
}
