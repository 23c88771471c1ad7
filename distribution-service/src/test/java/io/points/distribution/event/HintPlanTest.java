package io.points.distribution.event;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.distribution.DistributionServiceTest;
import io.points.testing.Attesting;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** However long the history of a tenant is, a look reads a few rows of it. */
@DistributionServiceTest
class HintPlanTest {

    private final UUID tenant = UUID.randomUUID();
    private final UUID person = UUID.randomUUID();

    @BeforeEach
    void writeALongHistory() {
        Attesting.asSuperuser(
                "distribution",
                """
                insert into feed (id, tenant_id, kind, audience, amount, event_id, occurred_at)
                select gen_random_uuid(), '%s', 'award', case i %% 2 when 0 then 'tenant' else 'managers' end, 1,
                       gen_random_uuid(), now()
                from generate_series(1, 10000) as i""".formatted(tenant),
                """
                insert into distributions (id, tenant_id, kind, source, state, from_user_id, to_user_id, amount,
                       requested_by, requested_role, created_at, updated_at)
                select gen_random_uuid(), '%s', 'award', 'pool', 'COMPLETED', case i %% 10 when 0 then '%s'::uuid else gen_random_uuid() end,
                       gen_random_uuid(), 1, gen_random_uuid(), 'manager', now(), now()
                from generate_series(1, 10000) as i""".formatted(tenant, person),
                """
                insert into batches (id, tenant_id, mode, receivers, amount, waiting, requested_by, requested_role, created_at)
                select gen_random_uuid(), '%s', 'each', 1, 1, false, gen_random_uuid(), 'manager', now()
                from generate_series(1, 10000) as i""".formatted(tenant),
                """
                insert into wallets (tenant_id, user_id, kind) select '%s', gen_random_uuid(), 'earned'
                from generate_series(1, 10000) as i""".formatted(tenant),
                """
                insert into wishes (id, tenant_id, kind, asked_by, to_user_id, amount, slot, state, decided_at, created_at)
                select gen_random_uuid(), '%s', 'nomination', case i %% 10 when 0 then '%s'::uuid else gen_random_uuid() end,
                       gen_random_uuid(), 1, 1, 'withdrawn', now(), now()
                from generate_series(1, 10000) as i""".formatted(tenant, person),
                """
                insert into undo_proposals (id, tenant_id, kind, distribution_id, amount, mode, state, requested_by, requested_role,
                       created_at, expires_at, decided_at)
                select gen_random_uuid(), '%s', 'award', gen_random_uuid(), 1, 'all_or_nothing', 'expired', gen_random_uuid(), 'manager',
                       now(), now(), now()
                from generate_series(1, 10000) as i""".formatted(tenant),
                "analyze feed, distributions, batches, wallets, wishes, undo_proposals");
    }

    /** Other tests read whole tables. */
    @AfterEach
    void deleteIt() {
        Attesting.asSuperuser(
                "distribution",
                "delete from feed where tenant_id = '" + tenant + "'",
                "delete from distributions where tenant_id = '" + tenant + "'",
                "delete from batches where tenant_id = '" + tenant + "'",
                "delete from wallets where tenant_id = '" + tenant + "'",
                "delete from wishes where tenant_id = '" + tenant + "'",
                "delete from undo_proposals where tenant_id = '" + tenant + "'");
    }

    @Test
    void eachPartIsReadByItsKeyOrInTheOrderOfAnIndex() {
        var ofTenants = Attesting.plan(HintViews.OF_TENANTS.replace("$1", "'{" + tenant + "}'"));
        for (var index : List.of(
                "pool_balances_pkey",
                "feed_by_audience",
                "batches_by_tenant",
                "distributions_held",
                "approval_log_",
                "undo_proposals_by_tenant",
                "wishes_of_tenant")) {
            assertTrue(ofTenants.contains(index), ofTenants);
        }
        var ofViewers = Attesting.plan(
                HintViews.OF_VIEWERS.replace("$1", "'{" + tenant + "}'").replace("$2", "'{" + person + "}'"));
        for (var index : List.of("wallets_pkey", "distributions_by_giver", "wishes_by_asker")) {
            assertTrue(ofViewers.contains(index), ofViewers);
        }
        for (var plan : List.of(ofTenants, ofViewers)) {
            assertFalse(plan.contains("Seq Scan") || plan.contains("Filter:"), plan);
            assertTrue(plan.contains("Limit"), plan);
        }
    }
}
