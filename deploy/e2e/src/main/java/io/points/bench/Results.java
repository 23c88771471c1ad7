package io.points.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** All that was measured: as a table, as JSON, and within a document. */
final class Results {

    private static final String HEAD = "| | measured | figure | target | |\n|---|---|---:|---:|---|";
    private static final String BEGIN = "<!-- ./points bench%s --update-docs writes from here -->";
    private static final String END = "<!-- to here -->";
    private static final String REVISION_OF_THE_TARGETS = "d1a8992";

    private final List<Figure> figures = new ArrayList<>();
    private final Map<String, String> circumstances = new LinkedHashMap<>();
    private final Map<String, Map<String, Double>> costs = new LinkedHashMap<>();
    private Ratios ratios;
    private String other;

    /** What each part of the system has used for an award of this workload. */
    void cost(String workload, Measured measured) {
        costs.put(workload, measured.settled().micros(measured.sample().awards()));
    }

    void add(Figure figure) {
        figures.add(figure);
    }

    /** A table beside another revision, to be filled. */
    Ratios ratios(String revision) {
        other = revision;
        ratios = new Ratios(revision.startsWith(REVISION_OF_THE_TARGETS));
        return ratios;
    }

    /** How it was measured: the machine, the revision, the time. */
    void circumstance(String name, String value) {
        circumstances.put(name, value);
    }

    void print(PrintStream out) {
        out.println();
        out.println(table());
    }

    private String table() {
        var lines = new ArrayList<String>();
        circumstances.forEach((name, value) -> lines.add(name + ": " + value + "  "));
        lines.add("");
        if (ratios == null) {
            lines.add(HEAD);
            figures.forEach(figure -> lines.add(figure.line()));
        } else {
            lines.addAll(ratios.table("this", other));
        }
        if (!costs.isEmpty()) {
            lines.add("");
            lines.add("Processor time of an award until all books have it, in µs:");
            lines.add("");
            lines.add("| | " + String.join(" | ", costs.keySet()) + " |");
            lines.add("|---|" + "---:|".repeat(costs.size()));
            costs.values().iterator().next().keySet().forEach(part -> lines.add(costLine(part)));
        }
        return String.join("\n", lines);
    }

    private String costLine(String part) {
        return costs.values().stream()
                .map(cost -> String.format(Locale.ROOT, "%,.0f", cost.get(part)))
                .collect(Collectors.joining(" | ", "| " + part + " | ", " |"));
    }

    void write(Path json) throws IOException {
        var all = new LinkedHashMap<String, Object>(circumstances);
        all.put("micros_of_processor", costs);
        all.put("ratios", ratios == null ? List.of() : ratios.fields());
        all.put("figures", figures.stream().map(Results::fields).toList());
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), all);
    }

    private static Map<String, Object> fields(Figure figure) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("workload", figure.workload());
        fields.put("what", figure.what());
        fields.put("value", figure.value());
        if (figure.target() != null) {
            fields.put("target", figure.target().toString());
            fields.put("met", figure.target().isMetBy(figure.value()));
        }
        return fields;
    }

    /** Replaces the table that an earlier run has written. */
    void update(Path document) throws IOException {
        var text = Files.readString(document);
        var place = BEGIN.formatted(ratios == null ? "" : " --against");
        int begin = text.indexOf(place);
        int end = text.indexOf(END, Math.max(begin, 0));
        if (begin < 0 || end < begin) {
            throw new IllegalStateException(document + " has no place for the table.");
        }
        Files.writeString(
                document, text.substring(0, begin + place.length()) + "\n\n" + table() + "\n\n" + text.substring(end));
    }
}
