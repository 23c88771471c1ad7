package io.points.distribution.limit;

import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.contract.PolicyEvent.AllowanceBoosted;
import io.points.distribution.member.Directory;
import io.points.distribution.rule.Allowances;
import io.points.distribution.rule.Window;
import io.points.platform.outbox.Tx;
import io.points.platform.time.BusinessTime;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.ProblemType;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Lets members give more by their allowances in single months. Nothing is locked: it only allows more. */
@ApplicationScoped
class BoostService {

    private final Boosts boosts;
    private final Limits limits;
    private final Directory directory;

    BoostService(Boosts boosts, Limits limits, Directory directory) {
        this.boosts = boosts;
        this.limits = limits;
        this.directory = directory;
    }

    /**
     * Adds points to a member's allowance of one month. The same again finds what there is.
     *
     * @return what the member has; fails with a problem if that is another boost, if there is no allowance to add to, or if the month is over
     */
    Uni<BoostView> boost(Tx tx, UUID tenantId, UUID userId, String month, long points, String note, Envelope.Actor by) {
        var key = new Directory.Key(tenantId, userId);
        return Uni.combine()
                .all()
                .unis(directory.look(tx, List.of(key)), limits.look(tx, List.of(tenantId)))
                .asTuple()
                .chain(found -> {
                    var member = found.getItem1().get(key);
                    if (member == null) {
                        throw Problem.notFound("member")
                                .withError("user_id", "is not a member of your tenant")
                                .exception();
                    }
                    var rulebook = found.getItem2().get(tenantId);
                    var isBoosted = rulebook != null
                            && member.active()
                            && Allowances.boosted(rulebook.rules(), userId, member.role())
                                    .isPresent();
                    if (!isBoosted) {
                        throw noMonthlyAllowance().exception();
                    }
                    var now = BusinessTime.now();
                    // Of four digits and two, so that texts are in the order of their months.
                    if (month.compareTo(Window.MONTH.label(rulebook.days().dayOf(now))) < 0) {
                        throw Problem.badRequest("month", "must not be over").exception();
                    }
                    var boost =
                            new BoostView(Ids.next(now), userId, month, points, note, UUID.fromString(by.id()), now);
                    return boosts.insert(tx, tenantId, boost).chain(isFirst -> {
                        if (!isFirst) {
                            return boosts.find(tx, tenantId, userId, month).invoke(there -> requireSame(there, points));
                        }
                        tx.send(boost.boostId(), new AllowanceBoosted(tenantId, userId, month, points), now, by);
                        return Uni.createFrom().item(boost);
                    });
                });
    }

    private static void requireSame(BoostView there, long points) {
        if (there.points() != points) {
            throw Problem.of(
                            409,
                            ProblemType.BOOSTED_ALREADY.slug(),
                            "The allowance of the month is boosted already",
                            "The member has a boost of " + there.points() + " points in " + there.month()
                                    + ", and one a month; nothing was changed.")
                    .with("points", there.points())
                    .exception();
        }
    }

    private static Problem noMonthlyAllowance() {
        return Problem.of(
                409,
                ProblemType.NO_MONTHLY_ALLOWANCE.slug(),
                "There is no allowance to add to",
                "No rule of the company gives the member, as an active lead or employee, an allowance by the month;"
                        + " nothing was changed.");
    }
}
