package io.points.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What a browser has to fetch, and the texts in it. */
class BundleTest {
    private static final Path ASSETS = Path.of("target/classes/META-INF/resources/assets");
    private static final Path SOURCES = Path.of("src/main/web");
    private static final int KB = 1_000;
    private static final Pattern KEYS = Pattern.compile("\\bt\\(\\s*\"([^\"]+)\"");
    private static final Pattern UNSAFE =
            Pattern.compile("unsafeHTML|innerHTML|styleMap|\\bstyle=|\\beval\\(|new Function");

    private final JsonObject outputs = outputs();

    private static JsonObject outputs() {
        try {
            return new JsonObject(Files.readString(Path.of("target/classes/io/points/console/bundle.json")))
                    .getJsonObject("outputs");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theFirstPageIsSmall() throws IOException {
        assertTrue(bytes(withImports(entry("boot.ts"))) < 45 * KB, "the frame");
        assertTrue(bytes(Set.of(entry("shell.css"))) < 14 * KB, "its styles");
    }

    @Test
    void eachScreenIsSmallEnough() throws IOException {
        Set<String> frame = withImports(entry("boot.ts"));
        Map<String, Integer> sizes = new TreeMap<>();
        for (String output : outputs.fieldNames()) {
            String entry = outputs.getJsonObject(output).getString("entryPoint", "");
            if (entry.startsWith("screens/")) {
                Set<String> more = withImports(output);
                more.removeAll(frame);
                sizes.put(entry, bytes(more));
            }
        }
        assertTrue(sizes.size() >= 10, sizes.toString());
        // With a combo box; all others have only what is their own.
        for (String withComboBox : Set.of(
                "screens/award.ts",
                "screens/allocate.ts",
                "screens/budget.ts",
                "screens/adjust.ts",
                "screens/history.ts",
                "screens/rules.ts",
                "screens/wishes.ts",
                "screens/entries.ts")) {
            assertTrue(sizes.remove(withComboBox) < 130 * KB, sizes.toString());
        }
        assertTrue(sizes.values().stream().allMatch(size -> size < 25 * KB), sizes.toString());
    }

    private String entry(String source) {
        return outputs.fieldNames().stream()
                .filter(output -> source.equals(outputs.getJsonObject(output).getString("entryPoint")))
                .findFirst()
                .orElseThrow();
    }

    /** All that has to be there before it runs; what it imports later on is not. */
    private Set<String> withImports(String output) {
        Set<String> all = new HashSet<>();
        add(output, all);
        return all;
    }

    private void add(String output, Set<String> all) {
        if (all.add(output)) {
            outputs.getJsonObject(output).getJsonArray("imports").stream()
                    .map(JsonObject.class::cast)
                    .filter(it -> it.getString("kind").equals("import-statement"))
                    .forEach(it -> add(it.getString("path"), all));
        }
    }

    private static int bytes(Set<String> outputs) throws IOException {
        int sum = 0;
        for (String output : outputs) {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
                gzip.write(Files.readAllBytes(ASSETS.resolve(Path.of(output).getFileName())));
            }
            sum += packed.size();
        }
        return sum;
    }

    @Test
    void everyTextIsInTheCatalogueAndEveryTextOfTheCatalogueIsShown() throws IOException {
        Set<String> known = new JsonObject(Files.readString(SOURCES.resolve("i18n/en.json"))).fieldNames();
        String all = sources().values().stream().collect(Collectors.joining("\n"));
        Set<String> used = new TreeSet<>();
        KEYS.matcher(all).results().forEach(match -> used.add(match.group(1)));
        Set<String> missing = new TreeSet<>(used);
        missing.removeAll(known);
        assertEquals(Set.of(), missing);
        Set<String> idle = new TreeSet<>(known);
        idle.removeAll(used);
        // Named at run time, by what a service has said; or in the table of pages.
        idle.removeIf(key -> key.matches(
                        "(d\\.state|d\\.kind|reason|problem|wallet|feed|kind|status|theme|tenants\\.sort)\\..+|month\\.(billed|place|movement|document|step|form)\\..+|(alert|alerts|differs|adjust\\.(account|of|state)|proposal\\.state|closing\\.step|reconcile\\.state)\\..+|(policy\\.(rule|unit)|allocate\\.lasts)\\..+|schedule\\.((pause|resume|end)(\\..+)?|(catchUp|every|mode|on|outcome|preview|reason|retried|state|when)\\..+)|((undoA|a)pproval\\.(kind|state|done)|approvals|wish\\.(kind|state|done)|request\\.state)\\..+|entries\\.(Purchase|Credit|Adjustment)|periods\\.(open|soft_closed|closed|not_begun|before_tenant)")
                || all.contains("\"" + key + "\""));
        assertEquals(Set.of(), idle);
    }

    /** A translation has no text of its own, says what is to be filled in, and has nearly all of the employee's and the manager's pages. */
    @Test
    void aTranslationSaysTheSame() throws IOException {
        JsonObject english = new JsonObject(Files.readString(SOURCES.resolve("i18n/en.json")));
        JsonObject hindi = new JsonObject(Files.readString(SOURCES.resolve("i18n/hi.json")));
        hindi.fieldNames()
                .forEach(key -> assertEquals(names(english.getString(key)), names(hindi.getString(key)), key));
        Set<String> needed = english.fieldNames().stream()
                .filter(
                        key -> key.matches(
                                "[^.]+|(signIn|noRole|theme|me|feed|wallet|d|reason|team|award|pending|level|history|days)\\..+"))
                .collect(Collectors.toSet());
        long translated = needed.stream().filter(hindi::containsKey).count();
        assertTrue(needed.size() > 100 && translated >= needed.size() * 9 / 10, translated + " of " + needed.size());
    }

    private static Set<String> names(String text) {
        assertTrue(text != null && !text.isBlank(), "a translation of nothing, or into nothing");
        return Pattern.compile("\\{\\w+}")
                .matcher(text)
                .results()
                .map(match -> match.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What the policy of the pages forbids, or lets text become a page. */
    @Test
    void nothingIsMadeOfText() throws IOException {
        sources()
                .forEach((file, text) ->
                        assertTrue(!UNSAFE.matcher(text).find(), () -> file + " makes a page or a style of a text"));
    }

    private static Map<Path, String> sources() throws IOException {
        Map<Path, String> sources = new TreeMap<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(it -> it.toString().endsWith(".ts")).toList()) {
                sources.put(file, Files.readString(file, StandardCharsets.UTF_8));
            }
        }
        assertTrue(sources.size() > 20, sources.size() + " sources");
        return sources;
    }
}
