package io.points.audit.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LeafTest {

    @Test
    void theContentIsAVersionAndEachFieldWithItsLength() {
        var content = new Leaf("e", "t", "so", "su", "ten", null, "", "trace", "at", "on", "dig\u00fc").content();

        assertEquals(
                "01" + field("e") + field("t") + field("so") + field("su") + field("ten") + "ffffffff" + "00000000"
                        + field("trace") + field("at") + field("on") + "00000005" + "646967c3bc",
                HexFormat.of().formatHex(content));
    }

    @Test
    void whateverFieldDiffersTheContentDiffers() {
        var contents = new HashSet<String>();
        var leaves = Stream.concat(
                        Stream.of(leaf(-1, "x")), IntStream.range(0, 11).mapToObj(i -> leaf(i, "y")))
                .toList();
        leaves.forEach(leaf -> contents.add(HexFormat.of().formatHex(leaf.content())));
        assertEquals(12, contents.size());
    }

    @Test
    void nullIsNotAnEmptyText() {
        var contents = new HashSet<String>();
        for (int field : List.of(5, 6, 7)) {
            for (var value : new @Nullable String[] {null, "", "\0"}) {
                contents.add(HexFormat.of().formatHex(leaf(field, value).content()));
            }
        }
        assertEquals(9, contents.size());
    }

    @Test
    void whatMovesFromOneFieldToTheNextMakesAnotherContent() {
        var one = new Leaf("ab", "c", "", "", "", null, null, null, "", "", "");
        var other = new Leaf("a", "bc", "", "", "", null, null, null, "", "", "");
        assertFalse(Arrays.equals(one.content(), other.content()));
    }

    @Test
    void aTimeHasSixDigitsOfASecond() {
        assertEquals("2026-11-23T00:00:00.000000Z", Leaf.time(Instant.parse("2026-11-23T00:00:00Z")));
        assertEquals("1970-01-01T00:00:01.120000Z", Leaf.time(Instant.parse("1970-01-01T00:00:01.12Z")));
        assertEquals("9999-12-31T23:59:59.999999Z", Leaf.time(Instant.parse("9999-12-31T23:59:59.999999999Z")));
    }

    private static String field(String text) {
        var bytes = text.getBytes(UTF_8);
        return "%08x".formatted(bytes.length) + HexFormat.of().formatHex(bytes);
    }

    /** A leaf whose fields are all "x", but for one. */
    private static Leaf leaf(int other, @Nullable String value) {
        var texts = new @Nullable String[11];
        Arrays.fill(texts, "x");
        if (other >= 0) {
            texts[other] = value;
        }
        return new Leaf(
                String.valueOf(texts[0]),
                String.valueOf(texts[1]),
                String.valueOf(texts[2]),
                String.valueOf(texts[3]),
                String.valueOf(texts[4]),
                texts[5],
                texts[6],
                texts[7],
                String.valueOf(texts[8]),
                String.valueOf(texts[9]),
                String.valueOf(texts[10]));
    }
}
