package io.points.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All that was measured: as a table, as JSON, and within a document. */
final class Results {

    private static final String HEAD = "| | measured | figure | target | |\n|---|---|---:|---:|---|";
    private static final String BEGIN = "<!-- ./points bench --update-docs writes from here -->";
    private static final String END = "<!-- to here -->";

    private final List<Figure> figures = new ArrayList<>();
    private final Map<String, String> circumstances = new LinkedHashMap<>();

    void add(Figure figure) {
        figures.add(figure);
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
        lines.add(HEAD);
        figures.forEach(figure -> lines.add(figure.line()));
        return String.join("\n", lines);
    }

    void write(Path json) throws IOException {
        var all = new LinkedHashMap<String, Object>(circumstances);
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
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalStateException(document + " has no place for the table.");
        }
        Files.writeString(
                document, text.substring(0, begin + BEGIN.length()) + "\n\n" + table() + "\n\n" + text.substring(end));
    }
}
