package io.points.distribution.feed;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.distribution.DistributionServiceTest;
import io.points.testing.Attesting;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@DistributionServiceTest
class FeedPlanTest {

    /** However long the feed of the tenant is, and however little of it concerns the one who asks. */
    @Test
    void eachBranchOfTheFeedIsReadFromAnIndexOfItsOwnOrder() {
        var branches = FeedResource.audience(UUID.randomUUID(), UUID.randomUUID(), true, UUID.randomUUID());
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
