package io.points.distribution.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.distribution.member.MemberRole;
import io.points.distribution.rule.Verdict.NeedsApproval;
import io.points.distribution.rule.Verdict.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/rules.md promises by examples. */
class RulesPageTest {

    private static final Path PAGE = Path.of("../docs/rules.md");
    private static final Pattern EXAMPLE = Pattern.compile("### \\d+\\. (.*)\n\n```json\n([^`]*)```\n\n((?:\\|.*\n)+)");
    private static final Pattern LINE =
            Pattern.compile("\\| ([-0-9]+) \\| (\\w+) \\| (award|delegation) of (\\d+) to (\\w+) \\| (.*) \\|");
    private static final Map<String, UUID> PEOPLE = Map.of(
            "Asha", new UUID(0, 1),
            "Mira", new UUID(0, 2),
            "Luca", new UUID(0, 3),
            "Ravi", new UUID(0, 4),
            "Noor", new UUID(0, 5));

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
        assertEquals(10, found);
        assertEquals(page.lines().filter(line -> line.startsWith("| 20")).count(), lines, "each line was read");
    }

    private static int judge(String title, String json, String table) {
        for (var person : PEOPLE.entrySet()) {
            json = json.replace(
                    '"' + person.getKey() + '"', '"' + person.getValue().toString() + '"');
        }
        var rules = Rules.rules(json.lines().toArray(String[]::new));
        assertEquals(Map.of(), GivingRules.faults(rules), title);
        var tallies = new HashMap<Subject, Tally>();
        int lines = 0;
        var each = LINE.matcher(table);
        while (each.find()) {
            lines++;
            var giving = Giving.of(
                    Rules.TENANT,
                    PEOPLE.get(each.group(2)),
                    each.group(2).equals("Luca") ? MemberRole.LEAD : MemberRole.MANAGER,
                    each.group(3).equals("award") ? GivingKind.AWARD : GivingKind.DELEGATION,
                    PEOPLE.get(each.group(5)),
                    Long.parseLong(each.group(4)));
            var judging = new Judging(rules, LocalDate.parse(each.group(1)), tallies);
            var verdict = judging.judge(giving);
            assertEquals(each.group(6), said(verdict), title + ", line " + lines);
            if (!(verdict instanceof Refused)) {
                judging.count(giving);
                tallies.putAll(judging.changed());
            }
        }
        return lines;
    }

    private static String said(Verdict verdict) {
        if (verdict instanceof Refused refused) {
            return "refused by " + refused.excess().rule().id();
        }
        return verdict instanceof NeedsApproval needed
                ? "waits for approval by " + needed.rule().id()
                : "allowed";
    }
}
