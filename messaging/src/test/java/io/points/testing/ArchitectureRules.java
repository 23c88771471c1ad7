package io.points.testing;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.Path;
import java.util.Set;

/**
 * How the code of a service hangs together, as rules. A rule that matches nothing fails: ArchUnit sees to it for the
 * rules, and we for the classes that are named.
 */
public final class ArchitectureRules {

    private final String root;
    private final JavaClasses code;

    /** @param root the service's package */
    public ArchitectureRules(String root) {
        this.root = root;
        code = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(root);
        assertTrue(!code.isEmpty(), "there are classes in " + root);
    }

    /** The core decides without frameworks, clocks, chance or I/O. */
    public void plainJava(Class<?>... core) {
        var names = new java.util.HashSet<String>();
        for (var one : core) {
            names.add(one.getName());
        }
        assertTrue(names.stream().allMatch(code::contain), "the core is part of " + root);
        var isCore = describe(
                "in the core", (JavaClass one) -> names.contains(outermost(one).getName()));
        noClasses()
                .that(isCore)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "jakarta..",
                        "io.quarkus..",
                        "io.smallrye..",
                        "io.vertx..",
                        "java.sql..",
                        "java.io..",
                        "org.jboss..")
                .check(code);
        noClasses()
                .that(isCore)
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(java.time.Clock.class, java.util.Random.class, java.security.SecureRandom.class)
                .check(code);
        noClasses()
                .that(isCore)
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(java.util.UUID.class, "randomUUID")
                .check(code);
    }

    /** Features may stand on each other, but not in a circle. */
    public void noCircles() {
        slices().matching(root + ".(*)..").should().beFreeOfCycles().check(code);
    }

    /** What a feature shows to others is little; HTTP is not part of it. */
    public void resourcesArePackagePrivate() {
        classes()
                .that()
                .areAnnotatedWith(Path.class)
                .should()
                .bePackagePrivate()
                .check(code);
    }

    /** Services meet on Kafka only. */
    public void standsOnNoOtherService() {
        var others = Set.of("allocation", "distribution", "billing", "audit").stream()
                .map(name -> "io.points." + name)
                .filter(other -> !other.equals(root))
                .map(other -> other + "..")
                .toArray(String[]::new);
        noClasses().should().dependOnClassesThat().resideInAnyPackage(others).check(code);
    }

    /** A message leaves only with its transaction. */
    public void sendsOnlyThroughTheOutbox() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching(".*\\.(MutinyEmitter|Emitter|KafkaProducer|Producer|KafkaSender|OutboxRelay)")
                .check(code);
    }

    /** Names say what a thing is in the field's words. */
    public void namesSayWhatThingsAre() {
        noClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl|Dto|EventConsumer)$")
                .check(code);
    }

    /** All but {@link #plainJava}, which needs the names of the core. */
    public void checkAll() {
        resourcesArePackagePrivate();
        standsOnNoOtherService();
        sendsOnlyThroughTheOutbox();
        namesSayWhatThingsAre();
    }

    private static JavaClass outermost(JavaClass one) {
        var outer = one;
        while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
        }
        return outer;
    }
}
