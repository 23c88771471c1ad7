package io.points.distribution.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.contract.PointsSource;
import io.points.distribution.member.MemberRole;
import io.points.distribution.rule.Verdict.NeedsApproval;
import io.points.distribution.rule.Verdict.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/rules.md promises by examples. */
class RulesPageTest {

    private static final Path PAGE = Path.of("../docs/rules.md");
    private static final Pattern EXAMPLE =
            Pattern.compile("### \\d+\\. (.*)\n\n```json\n([^`]*)```\n\n(?:[^|#]*\n\n)?((?:\\|.*\n)+)");
    private static final Pattern LINE = Pattern.compile(
            "\\| ([-0-9]+) \\| (\\w+) \\| (award|delegation) of (\\d+) to (\\w+)(?: from (\\w+))? \\| (.*) \\|");
    private static final Map<String, UUID> PEOPLE = Map.of(
            "Asha", new UUID(0, 1),
            "Mira", new UUID(0, 2),
            "Luca", new UUID(0, 3),
            "Ravi", new UUID(0, 4),
            "Noor", new UUID(0, 5));

    private static final Map<String, UUID> DEPARTMENTS = Map.of("Sales", new UUID(7, 1), "Support", new UUID(7, 2));

    private static final Map<String, MemberRole> ROLES =
            Map.of("Asha", MemberRole.MANAGER, "Mira", MemberRole.MANAGER, "Luca", MemberRole.LEAD);

    @Test
    void theExamplesAreTrue() throws IOException {
        var page = Files.readString(PAGE);
        var examples = EXAMPLE.matcher(page);
        int found = 0;
        int lines = 0;
        while (examples.find()) {
            found++;
            lines += judge(examples.group(1), examples.group(2), examples.group(3));
        }
        assertEquals(16, found);
        assertEquals(page.lines().filter(line -> line.startsWith("| 20")).count(), lines, "each line was read");
    }

    private static int judge(String title, String json, String table) {
        for (var person : PEOPLE.entrySet()) {
            json = json.replace(
                    '"' + person.getKey() + '"', '"' + person.getValue().toString() + '"');
        }
        for (var department : DEPARTMENTS.entrySet()) {
            json = json.replace(department.getKey() + '"', department.getValue().toString() + '"');
        }
        var rules = Rules.rules(json.lines().toArray(String[]::new));
        assertEquals(Map.of(), RuleFaults.of(rules), title);
        var tallies = new HashMap<Subject, Tally>();
        var told = new HashMap<String, Integer>();
        var days = new HashMap<Twin.Key, LocalDate>();
        int lines = 0;
        var each = LINE.matcher(table);
        while (each.find()) {
            lines++;
            var asked = Giving.of(
                            Rules.TENANT,
                            PEOPLE.get(each.group(2)),
                            ROLES.getOrDefault(each.group(2), MemberRole.EMPLOYEE),
                            each.group(2).equals("Luca") ? PointsSource.BUDGET : PointsSource.POOL,
                            each.group(3).equals("award") ? GivingKind.AWARD : GivingKind.DELEGATION,
                            PEOPLE.get(each.group(5)),
                            Long.parseLong(each.group(4)))
                    .outOf(each.group(6) == null ? null : DEPARTMENTS.get(each.group(6)))
                    .asked(new UUID(0, lines), false);
            var day = LocalDate.parse(each.group(1));
            var judging = new Judging(rules, day, tallies, twins(days, day));
            var giving = chosen(rules, judging, asked);
            var verdict = judging.judge(giving);
            if (!(verdict instanceof Refused)) {
                judging.count(giving);
                tallies.putAll(judging.changed());
                days.put(Twin.Key.of(giving), day);
            }
            assertEquals(each.group(7), said(verdict, giving) + told(judging, told), title + ", line " + lines);
        }
        return lines;
    }

    /** Whoever gives by an allowance does not say out of what. */
    private static Giving chosen(List<Rule> rules, Judging judging, Giving asked) {
        var ways = Allowances.funds(rules, asked).stream().map(asked::outOf).toList();
        return ways.stream()
                .filter(judging::isWithinAllowance)
                .findFirst()
                .orElse(ways.isEmpty() ? asked : ways.get(0));
    }

    /** What is given on one day is given at one moment. */
    private static Map<Twin.Key, Twin> twins(Map<Twin.Key, LocalDate> days, LocalDate today) {
        var twins = new HashMap<Twin.Key, Twin>();
        days.forEach((key, day) ->
                twins.put(key, new Twin(new UUID(0, 0), Duration.between(day.atStartOfDay(), today.atStartOfDay()))));
        return twins;
    }

    /** What was not told before. */
    private static String told(Judging judging, Map<String, Integer> before) {
        var said = new StringBuilder();
        for (var reached : judging.reached()) {
            var rule = reached.rule();
            var key = rule.id() + reached.subject() + rule.window().label(judging.day());
            if (reached.percent() > before.getOrDefault(key, 0)) {
                before.put(key, reached.percent());
                said.append(", told by ").append(rule.id());
                if (reached.percent() != Reached.BEYOND) {
                    said.append(" at ").append(reached.percent()).append(" %");
                }
            }
        }
        return said.toString();
    }

    private static String said(Verdict verdict, Giving giving) {
        if (verdict instanceof Refused refused) {
            return "refused by " + refused.excess().rule().id();
        }
        return verdict instanceof NeedsApproval needed
                ? "waits for approval by " + needed.rule().id()
                : giving.needsAllowance() ? "allowed" + outOf(giving) : "allowed";
    }

    private static String outOf(Giving giving) {
        return DEPARTMENTS.entrySet().stream()
                .filter(department -> department.getValue().equals(giving.departmentId()))
                .map(department -> ", out of " + department.getKey())
                .findFirst()
                .orElse("");
    }
}
