package io.points.platform.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.platform.web.problem.ProblemException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IfMatchTest {

    @Test
    void withoutItEveryChangeIsAllowed() {
        assertTrue(IfMatch.of(null).allows(7L));
        assertTrue(IfMatch.of(null).allows(null));
    }

    @Test
    void aStarIsWhateverThereIs() {
        assertTrue(IfMatch.of(" * ").allows(7L));
        assertFalse(IfMatch.of("*").allows(null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"7\"", " \"7\" ", "\"6\",\"7\"", "\"a,b\" , \"7\"", "W/\"1\", \"7\"", "\",x\",\"7\""})
    void oneOfItsTagsIsTheRevision(String header) {
        assertTrue(IfMatch.of(header).allows(7L));
        assertFalse(IfMatch.of(header).allows(8L));
        assertFalse(IfMatch.of(header).allows(null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "\"7\"", "W/\"7\"", "\"\"", "\"a,b\", \"7\",W/\"!~\""})
    void whatIsDocumentedIsTaken(String header) {
        assertTrue(Pattern.compile(IfMatch.DOCUMENTED).matcher(header).find());
        IfMatch.of(header);
    }

    /** RFC 9110, section 13.1.1: a weak tag never matches. */
    @ParameterizedTest
    @ValueSource(strings = {"W/\"7\"", "\"\"", "\"07\"", "\"7!\""})
    void anotherTagIsAnotherRevision(String header) {
        assertFalse(IfMatch.of(header).allows(7L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "\"7", "7\"", "\"7\" \"8\"", "\"7\",", ",\"7\"", "w/\"7\"", "*, \"7\"", "\"a b\""})
    void whatIsNoTagIsNamed(String header) {
        var problem =
                assertThrows(ProblemException.class, () -> IfMatch.of(header)).problem();
        assertEquals(400, problem.status());
        assertEquals(IfMatch.HEADER, problem.errors().get(0).field());
    }

    @Test
    void theAnswerSaysWhichRevisionThereIs() {
        assertEquals(7L, IfMatch.changedSince(7L).extensions().get("revision"));
        assertFalse(IfMatch.changedSince(null).extensions().containsKey("revision"));
        assertEquals(412, IfMatch.changedSince(null).status());
    }
}
