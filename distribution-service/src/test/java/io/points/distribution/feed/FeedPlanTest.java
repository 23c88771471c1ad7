package io.points.distribution.feed;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.distribution.DistributionServiceTest;
import io.points.testing.Attesting;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@DistributionServiceTest
class FeedPlanTest {

    private static final int TENANTS = 6;

    private final List<UUID> tenants =
            Stream.generate(UUID::randomUUID).limit(TENANTS).toList();
    private final UUID tenant = tenants.get(0);

    /** Long feeds, of which the planner knows: of an empty one, or what other tests leave, it may take any index. */
    @BeforeEach
    void writeLongFeeds() {
        Attesting.asSuperuser("distribution", """
                insert into feed (id, tenant_id, kind, audience, actor_id, receiver_id, amount, event_id, occurred_at)
                select gen_random_uuid(), ('{%s}'::uuid[])[1 + i %% %s], 'award',
                       case i / %s %% 100 when 0 then 'tenant' when 1 then 'managers' else 'involved' end,
                       gen_random_uuid(), gen_random_uuid(), 1, gen_random_uuid(), now()
                from generate_series(1, 120000) as i""".formatted(ids(), TENANTS, TENANTS), "analyze feed");
    }

    /** Other tests read whole tables. */
    @AfterEach
    void deleteThem() {
        Attesting.asSuperuser("distribution", "delete from feed where tenant_id = any ('{" + ids() + "}')");
    }

    private String ids() {
        return tenants.stream().map(UUID::toString).collect(Collectors.joining(","));
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
