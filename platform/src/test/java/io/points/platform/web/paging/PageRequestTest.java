package io.points.platform.web.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.points.platform.web.problem.ProblemException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageRequestTest {

    @Test
    void theFirstPageHasFiftyUnlessAskedOtherwise() {
        assertEquals(new PageRequest(50, null), PageRequest.of(null, null));
        assertEquals(1, PageRequest.of("1", null).limit());
        assertEquals(201, PageRequest.of("200", null).fetch());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "201", "-1", "1.5", "ten", "", "99999999999"})
    void aLimitOutOfRangeIsNamed(String limit) {
        var refusal = assertThrows(ProblemException.class, () -> PageRequest.of(limit, null));
        assertEquals("limit", refusal.problem().errors().get(0).field());
    }

    @Test
    void aListMayHaveLimitsOfItsOwn() {
        assertEquals(10, PageRequest.limit(null, 10, 20));
        assertEquals(20, PageRequest.limit("20", 10, 20));
        assertThrows(ProblemException.class, () -> PageRequest.limit("21", 10, 20));
        assertEquals(new PageRequest(20, "7"), PageRequest.ofShort(null, PageRequest.cursor("7"), 20));
        assertThrows(ProblemException.class, () -> PageRequest.ofShort("21", null, 20));
    }

    @Test
    void aCursorLeadsBackToItsPosition() {
        var id = UUID.randomUUID();
        assertEquals(id, PageRequest.of(null, PageRequest.cursor(id.toString())).afterId());
        assertEquals(7L, PageRequest.of(null, PageRequest.cursor("7")).afterNumber());
        assertNull(PageRequest.of(null, null).afterId());
        assertNull(PageRequest.of(null, null).afterNumber());
    }

    @Test
    void aCursorOfAnotherListIsNamed() {
        assertThrows(ProblemException.class, () -> PageRequest.of(null, "not a cursor"));
        assertThrows(ProblemException.class, () -> PageRequest.of(null, PageRequest.cursor("7"))
                .afterId());
        assertThrows(ProblemException.class, () -> PageRequest.of(null, PageRequest.cursor("x"))
                .afterNumber());
    }

    @Test
    void aPageSaysWhereTheNextOneBegins() {
        var request = new PageRequest(2, null);
        var more = Page.of(List.of("a", "b", "c"), request, row -> row, row -> row + row);
        assertEquals(List.of("aa", "bb"), more.items());
        assertEquals(PageRequest.cursor("b"), more.nextCursor());
        assertNull(Page.of(List.of("a", "b"), request, row -> row, row -> row).nextCursor());
    }
}
