package io.points.distribution.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.distribution.approval.UndoMode;
import io.points.platform.web.problem.Problem;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UndoPlanTest {

    @Test
    void eachAwardThatIsThereIsTakenInFull() {
        var plan = UndoPlan.of(List.of(line(1, 10, 10), line(2, 7, 9)));
        assertEquals(
                List.of(10L, 7L),
                plan.taken().stream().map(UndoPlan.Taken::amount).toList());
        assertEquals(new UndoPlan.Sums(2, 17, 0, 0, 0), plan.sums());
        for (var mode : UndoMode.values()) {
            assertTrue(plan.refusal(mode).isEmpty());
        }
    }

    @Test
    void oneThatIsShortByOneRefusesAllOrIsTakenAsFarAsItGoes() {
        var plan = UndoPlan.of(List.of(line(1, 10, 9), line(2, 7, 7)));
        assertEquals(
                List.of(9L, 7L),
                plan.taken().stream().map(UndoPlan.Taken::amount).toList());
        assertEquals(new UndoPlan.Sums(2, 16, 1, 0, 0), plan.sums());
        assertTrue(plan.refusal(UndoMode.WHAT_IS_THERE).isEmpty());
        var refusal = refusal(plan, UndoMode.ALL_OR_NOTHING, "shortfall");
        assertEquals(1, refusal.extensions().get("short"));
        assertEquals(List.of("line 1"), fields(refusal));
    }

    @Test
    void nothingIsTakenOutOfAnEmptyWallet() {
        var plan = UndoPlan.of(List.of(line(1, 10, 0), line(2, 7, 7)));
        assertEquals(
                List.of(7L), plan.taken().stream().map(UndoPlan.Taken::amount).toList());
        assertEquals(new UndoPlan.Sums(1, 7, 10, 0, 1), plan.sums());
        var allEmpty = UndoPlan.of(List.of(line(1, 10, 0)));
        for (var mode : UndoMode.values()) {
            assertTrue(refusal(allEmpty, mode, "shortfall").detail().contains("empty"));
        }
    }

    @Test
    void whatWasReversedByItselfIsLeftOutWhateverItsWalletHolds() {
        var reversed = new UndoPlan.Line(1, UUID.randomUUID(), UUID.randomUUID(), 10, true, 0);
        var plan = UndoPlan.of(List.of(reversed, line(2, 7, 7)));
        assertEquals(new UndoPlan.Sums(1, 7, 0, 1, 0), plan.sums());
        assertTrue(plan.refusal(UndoMode.ALL_OR_NOTHING).isEmpty());
        refusal(UndoPlan.of(List.of(reversed)), UndoMode.WHAT_IS_THERE, "already-undone");
    }

    @Test
    void aHundredAreNamedAndAllAreCounted() {
        var plan = UndoPlan.of(
                IntStream.rangeClosed(1, 101).mapToObj(i -> line(i, 2, 1)).toList());
        var refusal = refusal(plan, UndoMode.ALL_OR_NOTHING, "shortfall");
        assertEquals(101, refusal.extensions().get("short"));
        assertEquals(100, fields(refusal).size());
    }

    @Test
    void sumsAddUp() {
        var sums = new UndoPlan.Sums(1, 2, 3, 4, 5);
        assertEquals(new UndoPlan.Sums(2, 4, 6, 8, 10), sums.plus(sums));
        assertEquals(sums, UndoPlan.Sums.NONE.plus(sums));
    }

    private static UndoPlan.Line line(int number, long amount, long held) {
        return new UndoPlan.Line(number, UUID.randomUUID(), UUID.randomUUID(), amount, false, held);
    }

    private static Problem refusal(UndoPlan plan, UndoMode mode, String type) {
        var refusal = plan.refusal(mode).orElseThrow();
        assertTrue(refusal.type().endsWith(type), refusal::type);
        return refusal;
    }

    private static List<String> fields(Problem refusal) {
        return refusal.errors().stream().map(Problem.FieldError::field).toList();
    }
}
