package io.points.platform.web.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParamsTest {

    private static final String ID = "550e8400-e29b-41d4-a716-44665544abcd";

    private enum Colour {
        RED,
        GREEN
    }

    @Test
    void aUuidHas36CharactersInEitherCase() {
        assertEquals(UUID.fromString(ID), Params.uuid("id", ID));
        assertEquals(UUID.fromString(ID), Params.uuid("id", ID.toUpperCase(Locale.ROOT)));
        assertEquals(UUID.fromString(ID), Params.optionalUuid("id", ID));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "1-1-1-1-1",
                " 550e8400-e29b-41d4-a716-44665544abcd",
                "550e8400-e29b-41d4-a716-44665544abcd\n",
                "550e8400e29b41d4a71644665544abcd",
                "550e8400-e29b-41d4-a716-44665544abcg"
            })
    void whatIsNoUuidIsNamed(String text) {
        assertNamed("id", () -> Params.uuid("id", text));
    }

    @Test
    void aFlagMayBeAbsent() {
        assertEquals(true, Params.optionalFlag("active", "true"));
        assertEquals(false, Params.optionalFlag("active", "false"));
        assertNull(Params.optionalFlag("active", null));
        assertNamed("active", () -> Params.optionalFlag("active", "yes"));
    }

    @Test
    void wordsArePartedByCommas() {
        assertEquals(Set.of(), Params.optionalWords("expand", null, Colour.class));
        assertEquals(Set.of(Colour.RED), Params.optionalWords("expand", "red,red", Colour.class));
        assertEquals(Set.of(Colour.RED, Colour.GREEN), Params.optionalWords("expand", "green,red", Colour.class));
        for (var text : List.of("", ",", "red,", "red,,green", "red, green", "RED", "blue")) {
            assertNamed("expand", () -> Params.optionalWords("expand", text, Colour.class));
        }
    }

    @Test
    void idsArePartedByCommas() {
        var other = ID.replace('d', 'e');
        assertEquals(Set.of(), Params.optionalUuids("ids", null, 2));
        assertEquals(Set.of(UUID.fromString(ID)), Params.optionalUuids("ids", ID + "," + ID, 2));
        assertEquals(Set.of(new UUID(0, 0)), Params.optionalUuids("ids", new UUID(0, 0).toString(), 2));
        assertEquals(
                List.of(UUID.fromString(other), UUID.fromString(ID)),
                List.copyOf(Params.optionalUuids("ids", other + "," + ID, 2)));
        for (var text : List.of("", ",", ID + ",", ID + ", " + other, ID + "," + ID + "," + ID, "x," + ID)) {
            assertNamed("ids", () -> Params.optionalUuids("ids", text, 2));
        }
    }

    @Test
    void aTextToSearchForIsPlain() {
        assertEquals("\ud83d\udca5 a%", Params.optionalText("q", "\ud83d\udca5 a%", 4));
        assertNull(Params.optionalText("q", null, 4));
        for (var text : List.of("", " ", "a\0", "abcde")) {
            assertNamed("q", () -> Params.optionalText("q", text, 4));
        }
    }

    @Test
    void aNumberHasALeastValue() {
        assertEquals(7L, Params.optionalNumber("size", "7", 1));
        assertEquals(1L, Params.optionalNumber("size", "1", 1));
        assertEquals(Long.MAX_VALUE, Params.optionalNumber("size", "9223372036854775807", 0));
        assertNull(Params.optionalNumber("size", null, 1));
        for (var text : List.of("", "0", "-1", "+1", "one", "1.0", "1e1", " 1", "\u0661", "9223372036854775808")) {
            assertNamed("size", () -> Params.optionalNumber("size", text, 1));
        }
    }

    @Test
    void aTimeIsReadInAnyZone() {
        var noon = Instant.parse("2026-11-23T12:00:00Z");
        assertEquals(noon, Params.optionalTime("from", "2026-11-23T12:00:00Z"));
        assertEquals(noon, Params.optionalTime("from", "2026-11-23T17:30:00+05:30"));
        assertEquals(noon.plusNanos(1), Params.optionalTime("from", "2026-11-23t12:00:00.000000001z"));
        assertEquals(Instant.EPOCH, Params.time("from", "1970-01-01T00:00:00Z"));
        var last = Instant.parse("9999-12-31T23:59:59.999999Z");
        assertEquals(last, Params.time("to", "9999-12-31T23:59:59.999999Z"));
        assertEquals(last, Params.time("to", "9999-12-31T23:59:59-17:59"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2026-11-23",
                "2026-11-23T12:00:00",
                "2026-13-01T00:00:00Z",
                "2026-02-30T00:00:00Z",
                "2026-11-23T12:00Z",
                "2026-11-23T24:00:00Z",
                "2026-12-31T23:59:60Z",
                "2026-11-23T12:00:00.0000000001Z",
                "2026-11-23T12:00:00+18:00",
                "1969-12-31T23:59:59Z",
                "+10000-01-01T00:00:00Z"
            })
    void anotherTimeIsNamed(String text) {
        assertNamed("from", () -> Params.optionalTime("from", text));
    }

    @Test
    void aWordIsWrittenInLowerCase() {
        assertEquals(Colour.RED, Params.optionalWord("colour", "red", Colour.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "RED", "Red", "blue", "red,green"})
    void anotherWordIsNamed(String text) {
        assertNamed("colour", () -> Params.optionalWord("colour", text, Colour.class));
    }

    @Test
    void whatIsOptionalMayBeAbsent() {
        assertNull(Params.optionalUuid("id", null));
        assertNull(Params.optionalTime("from", null));
        assertNull(Params.optionalWord("colour", null, Colour.class));
    }

    private static void assertNamed(String field, Executable faulty) {
        var problem = assertThrows(ProblemException.class, faulty).problem();
        assertEquals(400, problem.status());
        assertEquals(
                List.of(field),
                problem.errors().stream().map(Problem.FieldError::field).toList());
    }
}
