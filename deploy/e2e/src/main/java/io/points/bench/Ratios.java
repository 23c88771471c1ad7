package io.points.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What two systems gave in the same rounds, and their ratio, which holds on other machines too. */
final class Ratios {

    private static final String HEAD = "| | measured | %s | %s | ratio, by round | ratio | target | |";
    private static final String RULE = "|---|---|---:|---:|---|---:|---:|---|";

    private final Map<String, Line> lines = new LinkedHashMap<>();
    private final boolean withTargets;

    /** @param withTargets whether the targets were set for the other one */
    Ratios(boolean withTargets) {
        this.withTargets = withTargets;
    }

    /** One quantity in all rounds. */
    private record Line(String workload, String what, Figure.Target target, List<Double> mine, List<Double> theirs) {

        List<Double> ratios() {
            var ratios = new ArrayList<Double>();
            for (int i = 0; i < mine.size(); i++) {
                ratios.add(mine.get(i) / theirs.get(i));
            }
            return ratios;
        }

        double ratio() {
            return median(ratios());
        }
    }

    /** A quantity of one round of which more is better. */
    void atLeast(double bound, String workload, String what, double mine, double theirs) {
        add(new Figure.Target(true, bound), workload, what, mine, theirs);
    }

    /** A quantity of one round of which less is better. */
    void atMost(double bound, String workload, String what, double mine, double theirs) {
        add(new Figure.Target(false, bound), workload, what, mine, theirs);
    }

    /** A quantity of one round to look at. */
    void add(String workload, String what, double mine, double theirs) {
        add(null, workload, what, mine, theirs);
    }

    private void add(Figure.Target target, String workload, String what, double mine, double theirs) {
        var line = lines.computeIfAbsent(
                workload + what,
                key -> new Line(workload, what, withTargets ? target : null, new ArrayList<>(), new ArrayList<>()));
        line.mine().add(mine);
        line.theirs().add(theirs);
    }

    /** The middle one, or what is between the two in the middle. */
    static double median(List<Double> values) {
        var sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** As a Markdown table. */
    List<String> table(String mine, String theirs) {
        var table = new ArrayList<String>();
        table.add(HEAD.formatted(mine, theirs));
        table.add(RULE);
        lines.values()
                .forEach(line -> table.add(String.format(
                        Locale.ROOT,
                        "| %s | %s | %s | %s | %s | **%.2f** | %s | %s |",
                        line.workload(),
                        line.what(),
                        Figure.number(median(line.mine())),
                        Figure.number(median(line.theirs())),
                        String.join(
                                ", ",
                                line.ratios().stream()
                                        .map(ratio -> String.format(Locale.ROOT, "%.2f", ratio))
                                        .toList()),
                        line.ratio(),
                        line.target() == null ? "" : line.target(),
                        line.target() == null ? "" : line.target().isMetBy(line.ratio()) ? "met" : "**missed**")));
        return table;
    }

    /** For JSON: each quantity with all its rounds. */
    List<Map<String, Object>> fields() {
        return lines.values().stream()
                .map(line -> {
                    var fields = new LinkedHashMap<String, Object>();
                    fields.put("workload", line.workload());
                    fields.put("what", line.what());
                    fields.put("mine", line.mine());
                    fields.put("theirs", line.theirs());
                    fields.put("ratio", line.ratio());
                    if (line.target() != null) {
                        fields.put("target", line.target().toString());
                        fields.put("met", line.target().isMetBy(line.ratio()));
                    }
                    return (Map<String, Object>) fields;
                })
                .toList();
    }
}
