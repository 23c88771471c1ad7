package io.points.distribution.rule;

import io.points.distribution.member.MemberRole;
import io.points.distribution.rule.Rule.Of;
import io.points.distribution.rule.Rule.Then;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is wrong with rules though each of their fields is well formed; by the fields' names. Plain decisions. */
public final class RuleFaults {

    private final Map<String, String> faults = new LinkedHashMap<>();

    private RuleFaults() {}

    /** The first of each field. */
    public static Map<String, String> of(List<Rule> rules) {
        var found = new RuleFaults();
        var ids = new HashMap<String, Integer>();
        for (int i = 0; i < rules.size(); i++) {
            var field = "rules[" + i + "]";
            var first = ids.putIfAbsent(rules.get(i).id(), i);
            if (first != null) {
                found.faults.put(field + ".id", "is the id of rules[" + first + "], too");
            }
            found.look(rules.get(i), field);
        }
        return found.faults;
    }

    private void look(Rule rule, String field) {
        switch (rule.of()) {
            case AWARD -> lookAtAward(rule, field);
            case TWIN -> lookAtTwin(rule, field);
            case SHARE -> lookAtShare(rule, field);
            case GIVER, RECEIVER, PAIR, MUTUAL, DEPARTMENT, TENANT -> lookAtWindow(rule, field);
        }
        lookAtWhatIsOfOthers(rule, field);
        lookAtMembers(rule, field);
        lookAtApproval(rule, field);
        lookAtAlerts(rule, field);
        lookAtAllowance(rule, field);
        lookAtLockout(rule, field);
    }

    private void lookAtAward(Rule rule, String field) {
        require(rule.pointsAbove(), field + ".points_above", "is required of an award by itself");
        refuse(rule.per(), field + ".per", "must not be given of an award by itself");
        refuse(rule.points(), field + ".points", "must not be given of an award by itself: see points_above");
        refuse(rule.awards(), field + ".awards", "must not be given of an award by itself");
        refuse(rule.alertAt(), field + ".alert_at", "must not be given of an award by itself");
        if (rule.then() == Then.ALERT) {
            faults.put(field + ".then", "must be refuse or approve of an award by itself");
        }
    }

    private void lookAtTwin(Rule rule, String field) {
        require(rule.minutes(), field + ".minutes", "is required of twins");
        refuse(rule.per(), field + ".per", "must not be given of twins: see minutes");
        refuse(rule.points(), field + ".points", "must not be given of twins");
        refuse(rule.awards(), field + ".awards", "must not be given of twins");
        refuse(rule.alertAt(), field + ".alert_at", "must not be given of twins");
    }

    private void lookAtShare(Rule rule, String field) {
        require(rule.per(), field + ".per", "is required");
        require(rule.sharePercent(), field + ".share_percent", "is required of a share");
        refuse(rule.points(), field + ".points", "must not be given of a share: see share_percent");
        refuse(rule.awards(), field + ".awards", "must not be given of a share: see min_awards");
        refuse(rule.alertAt(), field + ".alert_at", "must not be given of a share");
        onlyAlert(rule, field);
    }

    private void lookAtWindow(Rule rule, String field) {
        require(rule.per(), field + ".per", "is required");
        if (rule.points() == null && rule.awards() == null) {
            faults.put(field + ".points", "is required, or awards");
        }
        if (rule.of() == Of.MUTUAL) {
            onlyAlert(rule, field);
        }
    }

    /** What is read without a lock, or compared with what may still be given, can warn, and no more. */
    private void onlyAlert(Rule rule, String field) {
        if (rule.then() != Then.ALERT) {
            faults.put(field + ".then", "must be alert of " + rule.of().word());
        }
    }

    private void lookAtWhatIsOfOthers(Rule rule, String field) {
        if (rule.of() != Of.AWARD) {
            refuse(rule.pointsAbove(), field + ".points_above", "is only for an award by itself");
        }
        if (rule.of() != Of.TWIN) {
            refuse(rule.minutes(), field + ".minutes", "is only for twins");
        }
        if (rule.of() != Of.DEPARTMENT) {
            refuse(rule.departments(), field + ".departments", "is only for what is given out of departments");
        }
        if (rule.of() != Of.SHARE) {
            refuse(rule.sharePercent(), field + ".share_percent", "is only for a share");
            refuse(rule.minAwards(), field + ".min_awards", "is only for a share");
        }
    }

    private void lookAtMembers(Rule rule, String field) {
        if (rule.of() == Of.RECEIVER || rule.of() == Of.DEPARTMENT || rule.of() == Of.TENANT) {
            refuse(rule.roles(), field + ".roles", "is only for those who give");
        }
        if (rule.of() == Of.DEPARTMENT) {
            refuse(
                    rule.members(),
                    field + ".members",
                    "must not be given: whoever gives out of the department is meant");
        }
        if (rule.of() == Of.TENANT) {
            refuse(rule.members(), field + ".members", "must not be given: the whole company is meant");
        }
        if (rule.roles() != null) {
            refuse(rule.members(), field + ".members", "must not stand beside roles");
        }
    }

    private void lookAtApproval(Rule rule, String field) {
        if (rule.then() != Then.APPROVE) {
            refuse(rule.levels(), field + ".levels", "needs approve");
            refuse(rule.hours(), field + ".hours", "needs approve");
        }
    }

    private void lookAtAlerts(Rule rule, String field) {
        var percents = rule.alertAt() == null ? List.<Long>of() : rule.alertAt();
        if (!percents.equals(percents.stream().distinct().sorted().toList())) {
            faults.putIfAbsent(field + ".alert_at", "must ascend");
        }
    }

    private void lookAtAllowance(Rule rule, String field) {
        if (!rule.givesAllowance()) {
            return;
        }
        if (rule.of() != Of.GIVER) {
            faults.putIfAbsent(field + ".from", "is only for what one giver may give");
        }
        if (rule.points() == null) {
            faults.putIfAbsent(field + ".points", "is required of an allowance");
        }
        if (rule.then() != Then.REFUSE) {
            faults.putIfAbsent(field + ".then", "must be refuse: nobody gives more than their allowance");
        }
        refuse(rule.kinds(), field + ".kinds", "must not be given of an allowance, which is for awards");
        if (rule.roles() == null && rule.members() == null) {
            faults.putIfAbsent(field + ".roles", "is required of an allowance, or members");
        }
        if (rule.roles() != null && rule.roles().contains(MemberRole.MANAGER)) {
            faults.putIfAbsent(field + ".roles", "must not have manager, who gives out of the pool anyway");
        }
    }

    /** By which nobody in the company could award anything any more. */
    private void lookAtLockout(Rule rule, String field) {
        var isForAll = rule.roles() == null && rule.members() == null && rule.of() != Of.DEPARTMENT;
        if (isForAll && rule.then() == Then.REFUSE && rule.countedKinds().contains(GivingKind.AWARD)) {
            refuseNothing(rule.points(), field + ".points");
            refuseNothing(rule.awards(), field + ".awards");
            refuseNothing(rule.pointsAbove(), field + ".points_above");
        }
    }

    private void refuseNothing(@Nullable Long limit, String field) {
        if (limit != null && limit == 0) {
            faults.putIfAbsent(field, "must be above 0: nobody could award anything any more");
        }
    }

    private void require(@Nullable Object value, String field, String why) {
        if (value == null) {
            faults.put(field, why);
        }
    }

    private void refuse(@Nullable Object value, String field, String why) {
        if (value != null) {
            faults.putIfAbsent(field, why);
        }
    }
}
