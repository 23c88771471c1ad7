package io.points.distribution.rule;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.points.contract.PointsSource;
import io.points.distribution.member.MemberRole;
import java.util.List;
import java.util.UUID;

/** Rules and what is given, as tests speak of them. */
final class Rules {

    static final UUID TENANT = id(1);
    static final UUID ADA = id(10);
    static final UUID BOB = id(11);
    static final UUID EVE = id(12);
    static final UUID DAN = id(13);

    private static final RuleJson JSON =
            new RuleJson(new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE));

    private Rules() {}

    /** As in a request, with single quotes. */
    static List<Rule> rules(String... each) {
        return JSON.read("[" + String.join(",", each).replace('\'', '"') + "]");
    }

    static Giving award(UUID giver, UUID receiver, long points) {
        return Giving.of(TENANT, giver, MemberRole.MANAGER, PointsSource.POOL, GivingKind.AWARD, receiver, points);
    }

    static Giving byLead(UUID giver, UUID receiver, long points) {
        return Giving.of(TENANT, giver, MemberRole.LEAD, PointsSource.BUDGET, GivingKind.AWARD, receiver, points);
    }

    /** Out of the pool, by an allowance. */
    static Giving byPeer(UUID giver, UUID receiver, long points) {
        return Giving.of(TENANT, giver, MemberRole.EMPLOYEE, PointsSource.POOL, GivingKind.AWARD, receiver, points);
    }

    static Giving delegation(UUID giver, UUID receiver, long points) {
        return Giving.of(TENANT, giver, MemberRole.MANAGER, PointsSource.POOL, GivingKind.DELEGATION, receiver, points);
    }

    static Giving batch(UUID giver, Giving.Part... parts) {
        return new Giving(TENANT, giver, MemberRole.MANAGER, PointsSource.POOL, GivingKind.AWARD, List.of(parts));
    }

    private static UUID id(long number) {
        return new UUID(0, number);
    }
}
