package io.points.testing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A field of a request's body.
 *
 * @param example a right value, as JSON
 * @param wrong values that must be refused, as JSON, by what is wrong with them
 */
public record Field(String name, boolean required, String example, Map<String, String> wrong) {

    static final String SOME_TEXT = "Well done";

    private static final String MANY_DIGITS = "9".repeat(900);

    /** A UUID. */
    public static Field id(String name, UUID example) {
        var text = example.toString();
        var wrong = notAText();
        wrong.put("no UUID", quoted("not-a-uuid"));
        wrong.put("the nil UUID", quoted("00000000-0000-0000-0000-000000000000"));
        wrong.put("a short UUID", quoted("1-1-1-1-1"));
        wrong.put("a UUID that lacks a digit", quoted(text.substring(1)));
        wrong.put("a UUID without dashes", quoted(text.replace("-", "")));
        wrong.put("a UUID in base 64", quoted("AAAAAAAAAAAAAAAAAAAAAA=="));
        wrong.put("a UUID among spaces", quoted(" " + text + " "));
        wrong.put("nothing", quoted(""));
        wrong.put("a blank", quoted(" "));
        wrong.put("U+0000", quoted("\\u0000"));
        return new Field(name, true, quoted(text), wrong);
    }

    /** An amount of points. */
    public static Field amount(String name, long example) {
        var wrong = notAScalar();
        wrong.put("nothing at all", "0");
        wrong.put("less than nothing", "-1");
        wrong.put("a fraction", "1.5");
        wrong.put("a fraction of a power of ten", "15e-1");
        wrong.put("a fraction beyond every number", "1e-400");
        wrong.put("text", quoted("1"));
        wrong.put("empty text", quoted(""));
        wrong.put("true", "true");
        wrong.put("one more than a request may move", "1000000000001");
        wrong.put("2^53+1", "9007199254740993");
        wrong.put("2^63", "9223372036854775808");
        wrong.put("-2^63-1", "-9223372036854775809");
        wrong.put("beyond every number", "1e400");
        wrong.put("900 digits", MANY_DIGITS);
        return new Field(name, true, Long.toString(example), wrong);
    }

    /** Points of either sign, or none. */
    public static Field signedAmount(String name, long example) {
        var wrong = new LinkedHashMap<>(amount(name, example).wrong());
        List.of("nothing at all", "less than nothing", "one more than a request may move")
                .forEach(wrong::remove);
        return new Field(name, true, Long.toString(example), wrong);
    }

    /** Text for people, of up to {@code max} characters. */
    public static Field text(String name, int max) {
        var wrong = notAText();
        wrong.put("nothing", quoted(""));
        wrong.put("blanks", quoted(" \\t\\n "));
        wrong.put("U+0000", quoted("\\u0000"));
        wrong.put("U+0000 within", quoted("before\\u0000after"));
        wrong.put("the first half of a surrogate pair", quoted("\\ud800"));
        wrong.put("the second half of a surrogate pair", quoted("before\\udc00after"));
        wrong.put("a surrogate pair the wrong way round", quoted("\\udc00\\ud800"));
        wrong.put("one character too many", quoted("x".repeat(max + 1)));
        return new Field(name, true, quoted(SOME_TEXT), wrong);
    }

    /** Text for programs: a code, a decimal, one word of a few. */
    public static Field word(String name, String example, String... others) {
        var wrong = notAText();
        wrong.put("nothing", quoted(""));
        wrong.put("a blank", quoted(" "));
        wrong.put("U+0000", quoted(example + "\\u0000"));
        wrong.put("half of a surrogate pair", quoted("\\ud800"));
        wrong.put("too much", quoted("x".repeat(2_001)));
        for (var other : others) {
            wrong.put("the word '" + other + "'", quoted(other));
        }
        return new Field(name, true, quoted(example), wrong);
    }

    /** True or false. */
    public static Field flag(String name) {
        var wrong = notAScalar();
        wrong.put("text", quoted("true"));
        wrong.put("empty text", quoted(""));
        wrong.put("a number", "1");
        wrong.put("a fraction", "0.5");
        return new Field(name, true, "true", wrong);
    }

    /** May be absent or null. */
    public Field optional() {
        return new Field(name, false, example, wrong);
    }

    private static Map<String, String> notAText() {
        var wrong = notAScalar();
        wrong.put("a number", "5");
        wrong.put("a fraction", "0.5");
        wrong.put("true", "true");
        return wrong;
    }

    private static Map<String, String> notAScalar() {
        var wrong = new LinkedHashMap<String, String>();
        wrong.put("an object", "{}");
        wrong.put("an empty array", "[]");
        wrong.put("an array of one", "[1]");
        wrong.put("an array of one text", "[\"1\"]");
        return wrong;
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
