package io.points.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.chaos.Script.Step;
import java.util.HashSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScriptTest {

    private static final int STEPS = 20_000;

    @Test
    void theSameSeedAsksTheSame() {
        var one = new Script(5);
        var other = new Script(5);
        for (long number = 0; number < 1_000; number++) {
            assertEquals(one.step(number), other.step(number));
        }
    }

    @Test
    void everyOperationHasAKeyOfItsOwnAndNoneConcernsTheForcedTenant() {
        var script = new Script(1);
        var keys = new HashSet<String>();
        LongStream.range(0, STEPS).mapToObj(script::step).forEach(step -> {
            if (step instanceof Step.Ask ask) {
                assertTrue(keys.add(ask.operation().key()));
                assertTrue(!ask.operation().company().equals(script.forced()));
            }
        });
    }

    @Test
    void nothingIsClawedBackFromTheTenantThatLeaves() {
        var script = new Script(1);
        var kinds = LongStream.range(0, STEPS)
                .mapToObj(script::step)
                .filter(step -> step instanceof Step.Ask ask
                        && ask.operation().company().equals(script.leaving()))
                .map(step -> ((Step.Ask) step).operation().kind())
                .collect(Collectors.toSet());
        assertTrue(kinds.contains(Operation.Kind.AWARD) && kinds.contains(Operation.Kind.DELEGATION), kinds.toString());
        assertTrue(!kinds.contains(Operation.Kind.CLAWBACK), kinds.toString());
    }

    @Test
    void managersOfTheCarefulTenantDecideAllTheTime() {
        var script = new Script(1);
        var decided = LongStream.range(0, STEPS)
                .mapToObj(script::step)
                .filter(Step.Decide.class::isInstance)
                .map(step -> ((Step.Decide) step).company())
                .toList();
        assertTrue(decided.size() > STEPS / 200, () -> "only " + decided.size());
        assertTrue(decided.stream().allMatch(script.careful()::equals));
    }

    @Test
    void everyKindOfOperationComesAndTheHotTenantGetsHalf() {
        var script = new Script(1);
        var kinds = new HashSet<Operation.Kind>();
        int hot = 0;
        for (long number = 0; number < STEPS; number++) {
            if (script.step(number) instanceof Step.Ask ask) {
                kinds.add(ask.operation().kind());
                hot += ask.operation().company().number() == 0 ? 1 : 0;
            }
        }
        var asked = Stream.of(Operation.Kind.values())
                .filter(kind -> !kind.takesBack())
                .collect(Collectors.toSet());
        assertEquals(asked, kinds);
        assertTrue(hot > STEPS / 2, () -> "too few for the hot tenant");
    }
}
