package io.points.distribution.rule;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The departments that rules name. Plain decisions. */
public final class RuleDepartments {

    private RuleDepartments() {}

    /** All that they name. */
    public static Set<UUID> named(List<Rule> rules) {
        return rules.stream().flatMap(rule -> rule.named().stream()).collect(Collectors.toSet());
    }

    /** The ids of those rules that name at least one of some departments, in their order. */
    public static List<String> naming(List<Rule> rules, Set<UUID> departments) {
        return rules.stream()
                .filter(rule -> rule.named().stream().anyMatch(departments::contains))
                .map(Rule::id)
                .toList();
    }

    /**
     * What is wrong with the departments that they name, by the fields' names.
     *
     * @param closed of each department of the tenant that is named, whether it is closed
     */
    public static Map<String, String> faults(List<Rule> rules, Map<UUID, Boolean> closed) {
        var faults = new LinkedHashMap<String, String>();
        for (int i = 0; i < rules.size(); i++) {
            var rule = rules.get(i);
            var field = "rules[" + i + "]";
            var from = rule.fromDepartment();
            if (from != null) {
                put(faults, field + ".from", closed.get(from));
            }
            var departments = rule.departments() == null ? List.<UUID>of() : rule.departments();
            for (int j = 0; j < departments.size(); j++) {
                put(faults, field + ".departments[" + j + "]", closed.get(departments.get(j)));
            }
        }
        return faults;
    }

    private static void put(Map<String, String> faults, String field, @Nullable Boolean closed) {
        if (closed == null) {
            faults.put(field, "is not a department of your tenant");
        } else if (closed) {
            faults.put(field, "is a closed department");
        }
    }
}
