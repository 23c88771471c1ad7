package io.points.testing;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.points.contract.Ids;
import io.points.platform.outbox.KafkaSender;
import io.points.platform.web.TimeLimit;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Outgoing;
import org.jboss.resteasy.reactive.server.Cancellable;

/**
 * How the code of a service hangs together, as rules. A rule that matches nothing fails: ArchUnit sees to it for the
 * rules, and we for the classes that are named.
 */
public final class ArchitectureRules {

    /** What a message could be sent with. */
    static final DescribedPredicate<JavaClass> SENDS = describe("send to Kafka", (JavaClass one) -> Set.of(
                            Channel.class,
                            Emitter.class,
                            MutinyEmitter.class,
                            Outgoing.class,
                            OutgoingKafkaRecordMetadata.class)
                    .stream()
                    .anyMatch(one::isEquivalentTo))
            .or(resideInAnyPackage("org.apache.kafka.clients.producer.."));

    static final ArchRule NAMES = noClasses()
            .should()
            .haveNameMatching(".*[.$]\\w*(Util|Utils|Helper|Manager|Impl|Dto|EventConsumer)(?![a-z])\\w*");

    static final ArchRule NO_RECURSION =
            methods().that().haveRawReturnType(Uni.class).should(new LoopRule());

    private final String root;
    private final JavaClasses code;

    /** @param root the service's package */
    public ArchitectureRules(String root) {
        this.root = root;
        code = importMain(root);
        assertTrue(!code.isEmpty(), "there are classes in " + root);
    }

    /** The classes of packages and those below them, without tests. */
    static JavaClasses importMain(String... packages) {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(packages);
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
                .dependOnClassesThat(resideInAnyPackage(
                                "jakarta..",
                                "io.quarkus..",
                                "io.smallrye..",
                                "io.vertx..",
                                "java.sql..",
                                "java.io..",
                                "org.jboss..",
                                "org.hibernate..",
                                "org.eclipse.microprofile..",
                                "io.points.platform.web..",
                                "io.points.platform.outbox..")
                        // What a thing is called in the API document does nothing.
                        .and(not(resideInAPackage("org.eclipse.microprofile.openapi.annotations.."))))
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
                .callMethodWhere(describe("read the clock", ArchitectureRules::readsTheClock))
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .callMethod(Ids.class, "next", Instant.class)
                .check(code);
    }

    private static boolean readsTheClock(JavaCall<?> call) {
        var owner = call.getTargetOwner().getName();
        return owner.startsWith("java.time.") && call.getName().equals("now")
                || owner.equals("java.lang.System")
                        && (call.getName().equals("currentTimeMillis")
                                || call.getName().equals("nanoTime"));
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

    /** A request is answered in time whatever the database does. */
    public void resourcesHaveATimeLimit() {
        classes()
                .that()
                .areAnnotatedWith(Path.class)
                .should()
                .beAnnotatedWith(TimeLimit.class)
                .andShould()
                .beAnnotatedWith(Cancellable.class)
                .check(code);
    }

    /**
     * The route matrix is read from the API description, so no route may stay out of it; only a second form of one that is in
     * it may, which takes another media type.
     */
    public void noRouteIsHiddenOrOpenToAll() {
        noMethods()
                .that()
                .areDeclaredInClassesThat()
                .areAnnotatedWith(Path.class)
                .should()
                .beAnnotatedWith(PermitAll.class)
                .check(code);
        noMethods()
                .that()
                .areDeclaredInClassesThat()
                .areAnnotatedWith(Path.class)
                .and(describe("are not another form of a described one", one -> !isAnotherForm(one)))
                .should()
                .beAnnotatedWith(describe("hidden operations", ArchitectureRules::isHidden))
                .check(code);
    }

    private static boolean isAnotherForm(JavaMethod method) {
        return method.isAnnotatedWith(Consumes.class)
                && method.getOwner().getMethods().stream()
                        .filter(other -> other.getAnnotations().stream().noneMatch(ArchitectureRules::isHidden))
                        .anyMatch(other -> route(other).equals(route(method)));
    }

    private static List<Object> route(JavaMethod method) {
        return List.of(
                method.isAnnotatedWith(POST.class),
                method.isAnnotatedWith(GET.class),
                method.tryGetAnnotationOfType(Path.class).map(Path::value).orElse(""));
    }

    private static boolean isHidden(JavaAnnotation<?> annotation) {
        return annotation.getRawType().isEquivalentTo(Operation.class)
                && Boolean.TRUE.equals(annotation.get("hidden").orElse(false));
    }

    /** Services meet on Kafka only. */
    public void standsOnNoOtherService() {
        var others = Set.of("allocation", "distribution", "billing", "audit").stream()
                .map(name -> "io.points." + name)
                .filter(other -> !other.equals(root))
                .map(other -> other + "..")
                .toArray(String[]::new);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net.http..", "jakarta.ws.rs.client..", "io.vertx.ext.web.client..")
                .check(code);
    }

    /** A message leaves only with its transaction. */
    public void sendsOnlyThroughTheOutbox() {
        noClasses()
                .should()
                .dependOnClassesThat(SENDS.or(equivalentTo(KafkaSender.class)))
                .check(code);
    }

    /** Names say what a thing is in the field's words. */
    public void namesSayWhatThingsAre() {
        NAMES.check(code);
    }

    /** All but {@link #plainJava}, which needs the names of the core. */
    public void checkAll() {
        resourcesArePackagePrivate();
        resourcesHaveATimeLimit();
        noRouteIsHiddenOrOpenToAll();
        standsOnNoOtherService();
        sendsOnlyThroughTheOutbox();
        namesSayWhatThingsAre();
        loopsAreNoRecursion();
    }

    /** However many turns a loop takes, its stack is that of one. */
    public void loopsAreNoRecursion() {
        NO_RECURSION.check(code);
    }

    private static JavaClass outermost(JavaClass one) {
        var outer = one;
        while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
        }
        return outer;
    }
}
