package io.points.distribution.award;

import io.points.contract.DistributionKind;
import io.points.contract.PointsSource;
import io.points.distribution.limit.Rulebook;
import io.points.distribution.member.MemberRole;
import io.points.distribution.rule.Allowances;
import io.points.distribution.rule.Giving;
import io.points.distribution.rule.GivingKind;
import io.points.distribution.saga.Distribution;
import io.points.platform.web.idempotency.Idempotency;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A distribution that is asked for, and the key that names it.
 *
 * @param role as which the caller asks
 * @param again whether it is meant, though the same was given shortly before
 */
record AwardRequest(Distribution first, MemberRole role, Idempotency.@Nullable Key key, boolean again) {

    /**
     * In which ways it can be given, in the order in which they are tried: by each of the giver's allowances, and by a lead out of the
     * own budget; all others in one way.
     */
    List<AwardRequest> ways(@Nullable Rulebook rulebook) {
        var ways = new ArrayList<AwardRequest>();
        if (rulebook != null) {
            Allowances.funds(rulebook.rules(), giving()).forEach(department -> ways.add(byAllowance(department)));
        }
        if (ways.isEmpty() || first.source() == PointsSource.BUDGET) {
            ways.add(this);
        }
        return ways;
    }

    private AwardRequest byAllowance(@Nullable UUID department) {
        return new AwardRequest(first.outOf(PointsSource.POOL).between(department, null), role, key, again);
    }

    /** What is judged. */
    Giving giving() {
        return Giving.of(
                        first.tenantId(),
                        first.fromUserId(),
                        role,
                        first.source(),
                        first.kind() == DistributionKind.DELEGATION ? GivingKind.DELEGATION : GivingKind.AWARD,
                        first.receiver().userId(),
                        first.amount())
                .outOf(first.departmentId())
                .asked(first.id(), again);
    }
}
