package io.points.audit.reread;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.audit.reread.RereadStretch.Cursor;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RereadStretchTest {

    private static final UUID FIRST = UUID.fromString("00000000-0000-4000-8000-000000000001");
    private static final UUID SECOND = UUID.fromString("7fffffff-0000-4000-8000-000000000002");

    /** Negative to Java, and behind the others to the database. */
    private static final UUID THIRD = UUID.fromString("80000000-0000-4000-8000-000000000003");

    private static final UUID FOURTH = UUID.fromString("80000000-0000-4000-8000-000000000004");

    @Test
    void withNobodyLeftOutAllLeavesAreRead() {
        var stretch = RereadStretch.next(new Cursor(SECOND, 7), List.of());
        assertEquals(new RereadStretch(new Cursor(SECOND, 7), Optional.empty()), stretch);
        assertEquals(new Cursor(new UUID(-1, -1), Long.MAX_VALUE), stretch.before());
        assertEquals(Cursor.START, stretch.behind());
    }

    @Test
    void itEndsAtTheNextTenantThatIsLeftOutAndGoesOnBehindIt() {
        var stretch = RereadStretch.next(new Cursor(SECOND, 7), List.of(FOURTH, FIRST, THIRD));
        assertEquals(new Cursor(SECOND, 7), stretch.after());
        assertEquals(new Cursor(THIRD, -1), stretch.before());
        assertEquals(new Cursor(THIRD, Long.MAX_VALUE), stretch.behind());
    }

    @Test
    void aTenantThatIsLeftOutIsJumpedOver() {
        var stretch = RereadStretch.next(new Cursor(THIRD, 7), List.of(FIRST, THIRD, FOURTH));
        assertEquals(new Cursor(THIRD, Long.MAX_VALUE), stretch.after());
        assertEquals(new Cursor(FOURTH, -1), stretch.before());
        assertEquals(
                Cursor.START,
                RereadStretch.next(stretch.behind(), List.of(FIRST, THIRD, FOURTH))
                        .behind());
    }

    @Test
    void aTenantsLeavesBeginWhereTheyWereReadUpToAndAnothersAtTheFirst() {
        var place = new Cursor(SECOND, 7);
        assertEquals(place, place.of(SECOND));
        assertEquals(new Cursor(THIRD, -1), place.of(THIRD));
    }
}
