package io.points.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.chaos.Plan.Scheduled;
import io.points.local.Topics;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PlanTest {

    @Test
    void theSameSeedGivesTheSamePlan() {
        assertEquals(Plan.of(7, 200, 200_000), Plan.of(7, 200, 200_000));
        assertNotEquals(Plan.of(7, 200, 200_000), Plan.of(8, 200, 200_000));
    }

    @Test
    void asManyProcessesAreKilledAsWereAskedFor() {
        for (int kills : List.of(6, 50, 200)) {
            assertEquals(kills, kills(Plan.of(3, kills, 10_000)).size());
        }
    }

    @Test
    void sixKillsAreOfSixKinds() {
        for (long seed = 0; seed < 50; seed++) {
            assertEquals(6, kinds(kills(Plan.of(seed, 6, 5_000))).size());
        }
    }

    @Test
    void aLongRunCrashesAtEveryFaultPoint() {
        var kinds = kinds(kills(Plan.of(1, 200, 200_000)));
        Plan.FAULT_POINTS.forEach(faultPoint -> assertTrue(kinds.contains("crash " + faultPoint), faultPoint));
    }

    @Test
    void everyPlanForcesTheRareStatesAndPoisonsEveryTopic() {
        var everyTopic = Topics.all().stream()
                .filter(topic -> !topic.endsWith(".dlq") && !topic.endsWith(".replay"))
                .collect(Collectors.toSet());
        for (long seed = 0; seed < 50; seed++) {
            var faults = Plan.of(seed, 6, 5_000).faults().stream()
                    .map(Scheduled::fault)
                    .toList();
            assertTrue(faults.stream().anyMatch(Fault.LateDebit.class::isInstance));
            assertTrue(faults.stream().anyMatch(Fault.Compensate.class::isInstance));
            assertTrue(faults.stream().anyMatch(Fault.Zombie.class::isInstance));
            assertTrue(faults.stream().anyMatch(Fault.Resend.class::isInstance));
            assertEquals(
                    everyTopic,
                    faults.stream()
                            .filter(Fault.Poison.class::isInstance)
                            .map(fault -> ((Fault.Poison) fault).topic())
                            .collect(Collectors.toSet()));
        }
    }

    @Test
    void inEveryPlanMonthsPassAndATenantLeaves() {
        for (long seed = 0; seed < 50; seed++) {
            var faults = Plan.of(seed, 6, 5_000).faults().stream()
                    .map(Scheduled::fault)
                    .toList();
            assertTrue(faults.stream().filter(Fault.Pass.class::isInstance).count() >= 3);
            for (var kind : List.of(
                    Fault.SetBack.class,
                    Fault.TwoSchedulers.class,
                    Fault.LapseInFlight.class,
                    Fault.Decisions.class,
                    Fault.Holds.class,
                    Fault.KillUndo.class,
                    Fault.CloseTenant.class)) {
                assertTrue(faults.stream().anyMatch(kind::isInstance), kind.getSimpleName());
            }
        }
    }

    @Test
    void everyPlanBreaksTheIdentityProvider() {
        for (long seed = 0; seed < 50; seed++) {
            var faults = Plan.of(seed, 6, 5_000).faults().stream()
                    .map(Scheduled::fault)
                    .toList();
            assertTrue(faults.stream()
                    .anyMatch(fault -> fault instanceof Fault.Freeze freeze
                            && freeze.part().equals("keycloak")));
            assertTrue(faults.stream().anyMatch(Fault.WithdrawKey.class::isInstance));
        }
    }

    @Test
    void onlyTheShortestPlanIsWithoutTheLongestFaults() {
        for (int kills : List.of(6, 7, 200)) {
            var faults = Plan.of(1, kills, 5_000).faults().stream()
                    .map(Scheduled::fault)
                    .toList();
            assertEquals(kills > 6, faults.stream().anyMatch(Fault.LoseKeycloak.class::isInstance));
            assertEquals(kills > 6, faults.stream().anyMatch(Fault.Stall.class::isInstance));
        }
    }

    @Test
    void faultsComeInOrderAndBeforeTheLastAwards() {
        var plan = Plan.of(1, 200, 200_000);
        for (int i = 1; i < plan.faults().size(); i++) {
            assertTrue(plan.faults().get(i - 1).afterAwards()
                    <= plan.faults().get(i).afterAwards());
        }
        assertTrue(plan.faults().get(plan.faults().size() - 1).afterAwards() <= 180_000);
    }

    private static List<Fault> kills(Plan plan) {
        return plan.faults().stream().map(Scheduled::fault).filter(Fault::kills).toList();
    }

    private static Set<String> kinds(List<Fault> faults) {
        return faults.stream().map(Fault::kind).collect(Collectors.toSet());
    }
}
