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
import io.points.platform.background.Schedule;
import io.points.platform.outbox.KafkaSender;
import io.points.platform.time.BusinessTime;
import io.points.platform.web.TimeLimit;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithSessionOnDemand;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
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

    private static final String INTERNALS_PACKAGE = "io.points.platform.internals";

    /**
     * Lies in a {@code runtime} package, and is what a guide of Quarkus tells people to use: lifecycle, config-extending-support,
     * http-reference and security-customization, in this order. The last one is the only way to make headers before there is a
     * record for them; the contract, which stands by itself, makes some.
     */
    static final Set<String> DOCUMENTED = Set.of(
            "io.quarkus.runtime.Quarkus",
            "io.quarkus.runtime.StartupEvent",
            "io.quarkus.runtime.ShutdownEvent",
            "io.quarkus.runtime.ShutdownDelayInitiatedEvent",
            "io.quarkus.runtime.annotations.StaticInitSafe",
            "io.quarkus.vertx.http.runtime.filters.Filters",
            "io.quarkus.vertx.http.runtime.security.ChallengeData",
            "io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism",
            "io.quarkus.security.runtime.QuarkusSecurityIdentity",
            "org.apache.kafka.common.header.internals.RecordHeaders");

    /** What a library may change with any release. */
    static final DescribedPredicate<JavaClass> INTERNALS = resideInAnyPackage(
                    "io.vertx..impl..",
                    "io.vertx..spi..",
                    "io.netty..internal..",
                    "io.quarkus..runtime..",
                    "io.quarkus..impl..",
                    "io.quarkus..internal..",
                    "io.smallrye..impl..",
                    "io.smallrye..runtime..",
                    "io.smallrye..internal..",
                    "org.apache.kafka..internals..",
                    "org.hibernate..impl..",
                    "org.hibernate..internal..",
                    "org.jboss.resteasy.reactive.common..",
                    "org.jboss.resteasy.reactive.server.core..",
                    "org.jboss.resteasy.reactive.server.vertx..")
            .and(not(describe(
                    "documented", one -> DOCUMENTED.contains(outermost(one).getName()))))
            // Netty's own Javadoc: never to be called from user code.
            .or(describe(
                    "unsafe", one -> Set.of("io.netty.channel.Channel$Unsafe", "io.netty.channel.ChannelOutboundBuffer")
                            .contains(one.getName())))
            .as("internals of a library");

    static final ArchRule INTERNALS_HAVE_ONE_PLACE = noClasses()
            .that()
            .resideOutsideOfPackage(INTERNALS_PACKAGE)
            .should()
            .dependOnClassesThat(INTERNALS);

    static final ArchRule ONE_SCHEDULE = noClasses()
            .that(not(equivalentTo(Schedule.class)))
            .should()
            .callMethodWhere(describe("begin again and again", call -> Set.of(
                            "setPeriodic", "periodicStream", "scheduleAtFixedRate", "scheduleWithFixedDelay")
                    .contains(call.getName())))
            .orShould()
            .dependOnClassesThat(resideInAnyPackage("io.quarkus.scheduler.."));

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
        return (owner.startsWith("java.time.") || owner.equals(BusinessTime.class.getName()))
                        && call.getName().equals("now")
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
        internalsHaveOnePlace();
        workComesRoundByTheSchedule();
        sessionsAreOpenedByWhoeverReads();
    }

    /** However many turns a loop takes, its stack is that of one. */
    public void loopsAreNoRecursion() {
        NO_RECURSION.check(code);
    }

    /** A session holds a connection, so whoever reads opens it, around the read and nothing else (ADR 43). */
    public void sessionsAreOpenedByWhoeverReads() {
        noMethods()
                .should()
                .beAnnotatedWith(WithSession.class)
                .orShould()
                .beAnnotatedWith(WithSessionOnDemand.class)
                .orShould()
                .beAnnotatedWith(WithTransaction.class)
                .check(code);
    }

    /** Background work is done in one way, see {@link Schedule}. */
    public void workComesRoundByTheSchedule() {
        ONE_SCHEDULE.check(code);
    }

    /** What an upgrade of a library may break is in one package, see there. */
    public void internalsHaveOnePlace() {
        INTERNALS_HAVE_ONE_PLACE.check(code);
    }

    private static JavaClass outermost(JavaClass one) {
        var outer = one;
        while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
        }
        return outer;
    }
}
