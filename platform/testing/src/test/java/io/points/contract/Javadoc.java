package io.points.contract;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import io.points.testing.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the contract's own sources say of its types: the comments are the documentation, here and elsewhere. */
final class Javadoc {

    private static final Path SOURCES = Checkout.file("contract/src/main/java/io/points/contract");
    private static final String COMMENT = "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:@\\w+(?:\\(\"[^\"]*\"\\))?\\s*)*";
    private static final Pattern TAG = Pattern.compile("(?m)^@param (\\w+)((?:(?!^@).)*)", Pattern.DOTALL);

    private static final Pattern CODE = Pattern.compile("\\{@code ([^}]*)}");
    private static final Pattern CAMEL_CASE = Pattern.compile("\\b[a-z]+([A-Z][a-z0-9]*)+\\b");
    private static final SnakeCaseStrategy NAMES = new SnakeCaseStrategy();

    private final String sources;

    Javadoc() {
        try (var files = Files.list(SOURCES)) {
            sources = files.sorted().map(Javadoc::read).collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is said of a record, enum or interface; empty if nothing is. */
    String ofType(Class<?> type) {
        return plain(comment(type).replaceFirst("(?s)(?m)^@param.*", ""));
    }

    /** What a record says of one of its components; empty if nothing is. */
    String ofComponent(Class<?> type, String component) {
        var tags = TAG.matcher(comment(type));
        while (tags.find()) {
            if (tags.group(1).equals(component)) {
                return sentence(plain(tags.group(2)));
            }
        }
        return "";
    }

    /** What is said of a constant of an enum or of a class of constants. */
    String ofConstant(String name) {
        var found = find("(?:public static final String )?" + name + "\\b(?!\\.)");
        return found == null ? "" : plain(found);
    }

    private String comment(Class<?> type) {
        var found = find("(?:public )?(?:sealed )?(?:record|enum|interface) " + type.getSimpleName() + "\\b");
        return found == null ? "" : found;
    }

    private String find(String declaration) {
        Matcher found = Pattern.compile(COMMENT + declaration, Pattern.DOTALL).matcher(sources);
        return found.find() ? found.group(1).replaceAll("(?m)^\\s*\\* ?", "").strip() : null;
    }

    /** As a reader of the JSON would say it: fields by their names there. */
    private static String plain(String comment) {
        return CODE.matcher(comment)
                .replaceAll(it -> CAMEL_CASE.matcher(it.group(1)).replaceAll(name -> NAMES.translate(name.group())))
                .replaceAll("\\{@\\w+ (?:\\w+[#.])?([^}]*)}", "$1")
                .replaceAll("</?p>", "")
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static String sentence(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + text.substring(1);
    }
}
