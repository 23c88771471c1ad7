package io.points.testing;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.points.platform.inbox.DeadLetters;
import io.points.platform.outbox.KafkaSender;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PlatformArchitectureTest {

    private static final JavaClasses MAIN =
            ArchitectureRules.importMain("io.points.contract", "io.points.platform", "io.points.ledger");

    @Test
    void whatIsSharedKnowsNoService() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.points.allocation..",
                        "io.points.distribution..",
                        "io.points.billing..",
                        "io.points.audit..")
                .check(MAIN);
    }

    @Test
    void messagesArePlainData() {
        classes()
                .that()
                .resideInAPackage("io.points.contract")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "com.fasterxml.jackson..",
                        "org.jspecify..",
                        "org.apache.kafka.common.header..",
                        "io.points.contract")
                .check(MAIN);
    }

    @Test
    void onlyTheOutboxAndTheDeadLettersSend() {
        noClasses()
                .that(not(resideInAPackage("io.points.platform.outbox")))
                .should()
                .dependOnClassesThat(ArchitectureRules.SENDS)
                .check(MAIN);
        noClasses()
                .that(not(resideInAPackage("io.points.platform.outbox")).and(not(equivalentTo(DeadLetters.class))))
                .should()
                .dependOnClassesThat(equivalentTo(KafkaSender.class))
                .check(MAIN);
    }

    @Test
    void partsDependOnEachOtherOneWayOnly() {
        slices().matching("io.points.(**)").should().beFreeOfCycles().check(MAIN);
    }

    @Test
    void thePlatformKnowsNoLedger() {
        noClasses()
                .that()
                .resideInAPackage("io.points.platform..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.points.ledger..")
                .check(MAIN);
    }

    @Test
    void loopsAreNoRecursion() {
        ArchitectureRules.NO_RECURSION.check(MAIN);
    }

    /** The rule would be worth nothing if it overlooked one. */
    @Test
    void aRecursiveLoopIsFound() {
        var written = new ClassFileImporter().importClasses(Recursion.class);
        var violation = assertThrows(AssertionError.class, () -> ArchitectureRules.NO_RECURSION.check(written));
        for (var method : new String[] {"direct", "byALambda", "byAReference", "overAnother"}) {
            assertTrue(violation.getMessage().contains(method), method);
        }
        assertFalse(violation.getMessage().contains("once"), violation.getMessage());
    }

    /** Loops as they must not be written. */
    private static final class Recursion {

        Uni<Void> direct() {
            return direct();
        }

        Uni<Void> byALambda() {
            return Uni.createFrom().voidItem().chain(() -> byALambda());
        }

        Uni<Void> byAReference() {
            return Uni.createFrom().voidItem().chain(this::byAReference);
        }

        Uni<Void> overAnother() {
            return Uni.createFrom().voidItem().chain(x -> goOn());
        }

        private Uni<Void> goOn() {
            return overAnother();
        }

        Uni<Void> once() {
            return Uni.createFrom().voidItem();
        }
    }

    @Test
    void internalsHaveOnePlace() {
        ArchitectureRules.INTERNALS_HAVE_ONE_PLACE.check(MAIN);
    }

    /** A face of nothing internal belongs elsewhere; and if the rule recognised nothing, each would be one. */
    @Test
    void eachFaceHidesInternals() {
        classes()
                .that()
                .resideInAPackage("io.points.platform.internals")
                .and()
                .areTopLevelClasses()
                .and()
                .doNotHaveSimpleName("package-info")
                .should()
                .dependOnClassesThat(ArchitectureRules.INTERNALS)
                .check(MAIN);
    }

    @Test
    void whatIsDocumentedIsUsed() {
        var used = MAIN.stream()
                .flatMap(one -> one.getDirectDependenciesFromSelf().stream())
                .map(dependency -> dependency.getTargetClass().getName())
                .collect(Collectors.toSet());
        assertEquals(
                Set.of(),
                ArchitectureRules.DOCUMENTED.stream()
                        .filter(name -> !used.contains(name))
                        .collect(Collectors.toSet()));
    }

    @Test
    void workComesRoundByTheSchedule() {
        ArchitectureRules.ONE_SCHEDULE.check(MAIN);
        var tests = new ClassFileImporter().importClasses(Timer.class);
        assertThrows(AssertionError.class, () -> ArchitectureRules.ONE_SCHEDULE.check(tests), "one is found");
    }

    /** Background work as it must not be written. */
    private static final class Timer {
        void start(Vertx vertx) {
            vertx.setPeriodic(1, timer -> {});
        }
    }

    @Test
    void namesSayWhatThingsAre() {
        ArchitectureRules.NAMES.check(MAIN);
    }
}
