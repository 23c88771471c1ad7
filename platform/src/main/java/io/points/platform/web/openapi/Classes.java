package io.points.platform.web.openapi;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.points.platform.web.Sends;
import io.points.platform.web.problem.ProblemType;
import io.points.platform.web.problem.Refuses;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.RecordComponentInfo;
import org.jspecify.annotations.Nullable;

/** The records and enums behind the schemas of a document. */
final class Classes {

    private static final String OURS = "io.points.";
    private static final DotName JSON_PROPERTY = DotName.createSimple(JsonProperty.class);

    private static final DotName REFUSES = DotName.createSimple(Refuses.class);
    private static final DotName SENDS = DotName.createSimple(Sends.class);

    private final IndexView index;

    Classes(IndexView index) {
        this.index = index;
    }

    /** The components of the record behind a schema; none if there is no record, or more than one like it. */
    List<RecordComponentInfo> components(String schema, Set<String> properties) {
        return one(it -> it.isRecord() && isCalled(it, schema) && names(it).containsAll(properties))
                .map(ClassInfo::recordComponents)
                .orElse(List.of());
    }

    /** The enum behind a schema. */
    Optional<ClassInfo> enumOf(String schema) {
        return one(it -> it.isEnum() && isCalled(it, schema));
    }

    /** What the method behind an operation declares to refuse. */
    List<ProblemType> refusals(String operationId) {
        return declared(REFUSES, operationId)
                .flatMap(it -> Arrays.stream(it.asEnumArray()))
                .map(ProblemType::valueOf)
                .distinct()
                .toList();
    }

    /** Which headers the method behind an operation declares to send. */
    String[] headers(String operationId) {
        return declared(SENDS, operationId)
                .flatMap(it -> Arrays.stream(it.asStringArray()))
                .distinct()
                .toArray(String[]::new);
    }

    private Stream<AnnotationValue> declared(DotName annotation, String operationId) {
        return index.getAnnotations(annotation).stream()
                .filter(it -> operationId.equals(operationId(it.target().asMethod())))
                .map(AnnotationInstance::value);
    }

    private static @Nullable String operationId(MethodInfo method) {
        var operation = method.annotation(Operation.class);
        return operation == null || operation.value("operationId") == null
                ? null
                : operation.value("operationId").asString();
    }

    private Optional<ClassInfo> one(Predicate<ClassInfo> wanted) {
        var found = index.getKnownClasses().stream()
                .filter(it -> it.name().toString().startsWith(OURS))
                .filter(wanted)
                // The index may have a class twice.
                .collect(Collectors.toMap(ClassInfo::name, it -> it, (one, same) -> one))
                .values();
        return found.size() == 1 ? Optional.of(found.iterator().next()) : Optional.empty();
    }

    private static boolean isCalled(ClassInfo type, String schema) {
        var given = type.declaredAnnotation(Schema.class);
        if (given != null && given.value("name") != null) {
            return schema.equals(given.value("name").asString());
        }
        return schema.equals(type.simpleName())
                || schema.startsWith(type.simpleName())
                        && !type.typeParameters().isEmpty();
    }

    private static Set<String> names(ClassInfo record) {
        return record.recordComponents().stream().map(Classes::field).collect(Collectors.toSet());
    }

    /** What a component is called in JSON. */
    static String field(RecordComponentInfo component) {
        // The annotation cannot stand on a record's component, so the compiler hands it on to the field.
        var named = component.declaringClass().field(component.name()).annotation(JSON_PROPERTY);
        if (named != null && named.value() != null) {
            return named.value().asString();
        }
        return component.name().replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    static @Nullable AnnotationInstance annotation(RecordComponentInfo component, DotName name) {
        var annotation = component.annotation(name);
        return annotation == null ? component.type().annotation(name) : annotation;
    }
}
