package io.points.distribution.rule;

import static io.points.distribution.rule.Rules.rules;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RuleDepartmentsTest {

    private static final UUID SALES = new UUID(7, 1);
    private static final UUID SUPPORT = new UUID(7, 2);
    private static final UUID LEGAL = new UUID(7, 3);

    private final List<Rule> rules = rules(
            "{'id': 'all', 'of': 'tenant', 'per': 'year', 'points': 1, 'then': 'refuse'}",
            "{'id': 'some', 'of': 'department', 'departments': ['%s', '%s'], 'per': 'day', 'points': 1, 'then': 'refuse'}"
                    .formatted(SALES, SUPPORT),
            "{'id': 'each', 'of': 'department', 'per': 'year', 'points': 1, 'then': 'refuse'}",
            "{'id': 'peers', 'of': 'giver', 'roles': ['lead'], 'from': 'department:%s', 'per': 'day', 'points': 1, 'then': 'refuse'}"
                    .formatted(SUPPORT),
            "{'id': 'pool', 'of': 'giver', 'roles': ['lead'], 'from': 'pool', 'per': 'day', 'points': 1, 'then': 'refuse'}");

    @Test
    void rulesNameDepartmentsToCountThemAndToGiveOutOfThem() {
        assertEquals(Set.of(SALES, SUPPORT), RuleDepartments.named(rules));
        assertEquals(SUPPORT, rules.get(3).fromDepartment());
        assertNull(rules.get(4).fromDepartment());
        assertNull(rules.get(0).fromDepartment());
    }

    @Test
    void whatNamesADepartmentIsFound() {
        assertEquals(List.of("some", "peers"), RuleDepartments.naming(rules, Set.of(SUPPORT)));
        assertEquals(List.of("some"), RuleDepartments.naming(rules, Set.of(SALES, LEGAL)));
        assertEquals(List.of(), RuleDepartments.naming(rules, Set.of(LEGAL)));
    }

    @Test
    void whatIsUnknownOrClosedNamesItsField() {
        assertEquals(Map.of(), RuleDepartments.faults(rules, Map.of(SALES, false, SUPPORT, false)));
        assertEquals(
                Map.of(
                        "rules[1].departments[0]", "is not a department of your tenant",
                        "rules[1].departments[1]", "is a closed department",
                        "rules[3].from", "is a closed department"),
                RuleDepartments.faults(rules, Map.of(SUPPORT, true)));
    }
}
