package io.points.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.points.money.AlsoText;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.RecordComponentInfo;
import org.jspecify.annotations.Nullable;

/**
 * Completes a service's OpenAPI document while it is built, with what holds for every route: ids of operations,
 * problems, the limits of parameters and headers, and which fields are always there.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class ApiManners implements OASFilter {

    private static final String OURS = "io.points.";
    private static final String PROBLEM = "Problem";
    private static final DotName NULLABLE = DotName.createSimple(Nullable.class);
    private static final DotName PLAIN_TEXT = DotName.createSimple(PlainText.class);
    private static final DotName JSON_PROPERTY = DotName.createSimple(JsonProperty.class);
    private static final DotName ALSO_TEXT = DotName.createSimple(AlsoText.class);
    private static final String UUID = "#/components/schemas/UUID";

    /** 2^53 - 1: what every reader of JSON can hold. */
    private static final BigDecimal LARGEST = BigDecimal.valueOf((1L << 53) - 1);

    /**
     * Numbers that never come to 2^53, whatever they are part of: what one request moves, balances, which are held below it, and
     * what counts entries, revisions, leaves or people. All others are {@link AlsoText}.
     */
    private static final Set<String> BOUNDED = Set.of(
            "accepted",
            "adjustments",
            "amount",
            "balance",
            "balance_after",
            "closing",
            "completed",
            "contiguous_version",
            "contract_revision",
            "credited_early",
            "entries",
            "entry_number",
            "entry_points",
            "event_points",
            "events",
            "from_size",
            "leaf_index",
            "liability",
            "missing_entries",
            "missing_pool_entries",
            "monthly_budget",
            "opening",
            "points",
            "pool_balance",
            "pool_version",
            "prepaid",
            "receivers",
            "refused",
            "sequence",
            "stale_seconds",
            "to_size",
            "tree_size",
            "untold_entries",
            "version");

    private final IndexView classes;

    /** @param classes all of the service, as Quarkus indexes them */
    public ApiManners(IndexView classes) {
        this.classes = classes;
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        describe(document);
        var bodies = new HashSet<String>();
        document.getPaths().getPathItems().forEach((path, item) -> item.getOperations()
                .forEach((method, operation) -> {
                    complete(path, method, operation);
                    bodies.addAll(bodiesOf(operation));
                }));
        document.getComponents().getSchemas().forEach((name, schema) -> record(name, schema)
                .forEach(component -> complete(schema, component, bodies.contains(name))));
        addProblem(document);
    }

    private static void describe(OpenAPI document) {
        if (document.getInfo() == null) {
            document.setInfo(OASFactory.createInfo());
        }
        document.getInfo().license(OASFactory.createLicense().name("Apache-2.0").identifier("Apache-2.0"));
    }

    private static void complete(String path, HttpMethod method, Operation operation) {
        operation.setOperationId(operationId(path, method));
        if (operation.getTags() != null) {
            operation.setTags(operation.getTags().stream()
                    .map(tag -> tag.replaceFirst(" Resource$", ""))
                    .toList());
        }
        var parameters = operation.getParameters();
        if (parameters != null) {
            parameters.forEach(ApiManners::complete);
        }
        var responses = operation.getResponses();
        for (var status : List.of("400", "401", "403")) {
            responses.removeAPIResponse(status);
        }
        if (parameters != null && parameters.stream().anyMatch(it -> "Prefer".equals(it.getName()))) {
            addAccepted(operation);
        }
        responses.addAPIResponse("401", problem());
        responses.addAPIResponse("403", problem());
        responses.addAPIResponse("default", problem());
    }

    /** Such as {@code getBillingPeriodsByTenantIdByPeriod}: it changes only if the route does. */
    private static String operationId(String path, HttpMethod method) {
        return method.name().toLowerCase(Locale.ROOT)
                + Arrays.stream(path.replaceFirst("^/api/", "").split("/"))
                        .map(part -> part.startsWith("{") ? "by-" + part : part)
                        .flatMap(part -> Arrays.stream(part.split("[^A-Za-z0-9]+")))
                        .filter(word -> !word.isEmpty())
                        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                        .collect(Collectors.joining());
    }

    private static APIResponse problem() {
        return OASFactory.createAPIResponse().ref(PROBLEM);
    }

    /** What it answers while it runs is what it answers when it is over, or only an id. */
    private static void addAccepted(Operation operation) {
        var done = operation.getResponses().getAPIResponse("201");
        if (done == null || done.getContent() == null) {
            return;
        }
        var running = OASFactory.createContent();
        done.getContent().getMediaTypes().forEach((type, answer) -> running.addMediaType(type, running(answer)));
        operation
                .getResponses()
                .addAPIResponse(
                        "202",
                        OASFactory.createAPIResponse()
                                .description(
                                        "It runs. If the database could not be read just then, only its id is told.")
                                .addHeader(
                                        "Location",
                                        OASFactory.createHeader()
                                                .description("Where to ask how far it is")
                                                .schema(text().format("uri-reference")))
                                .content(running));
    }

    private static MediaType running(MediaType answer) {
        return OASFactory.createMediaType()
                .schema(OASFactory.createSchema()
                        .addAnyOf(answer.getSchema())
                        .addAnyOf(OASFactory.createSchema()
                                .addType(SchemaType.OBJECT)
                                .maxProperties(1)));
    }

    private static Set<String> bodiesOf(Operation operation) {
        var body = operation.getRequestBody();
        if (body == null || body.getContent() == null) {
            return Set.of();
        }
        return body.getContent().getMediaTypes().values().stream()
                .map(it -> it.getSchema())
                .filter(it -> it != null && it.getRef() != null)
                .map(it -> it.getRef().substring(it.getRef().lastIndexOf('/') + 1))
                .collect(Collectors.toSet());
    }

    private static void complete(Parameter parameter) {
        switch (parameter.getName()) {
            case Idempotency.HEADER ->
                parameter
                        .description(
                                "Makes the request safe to repeat: it names what the first request under it led to."
                                        + " Another body under the same key is 422.")
                        .schema(text().minLength(1).maxLength(255).pattern("^[\\x21-\\x7e]+$"));
            case "Prefer" ->
                parameter
                        .description("wait=n waits up to n seconds (at most 30) for the end, respond-async not at all;"
                                + " without either 2 s (RFC 7240)")
                        .schema(text());
            case "limit" ->
                parameter
                        .description("How many items at most")
                        .schema(integer()
                                .minimum(BigDecimal.ONE)
                                .maximum(BigDecimal.valueOf(200))
                                .defaultValue(50));
            case "cursor" -> describe(parameter, "Where the page begins: next_cursor of the page before, as it stands");
            case "from_index", "to_index", "size" -> parameter.schema(integer().minimum(BigDecimal.ZERO));
            case "tenant_id", "user_id", "id", "event_id", "member" ->
                parameter.schema(OASFactory.createSchema().ref(UUID));
            case "period" -> describe(parameter, "A month in UTC").schema(text().pattern("^\\d{4}-(0[1-9]|1[0-2])$"));
            default -> {}
        }
    }

    private static Parameter describe(Parameter parameter, String description) {
        return parameter.getDescription() == null ? parameter.description(description) : parameter;
    }

    private static Schema text() {
        return OASFactory.createSchema().addType(SchemaType.STRING);
    }

    private static Schema integer() {
        return OASFactory.createSchema().addType(SchemaType.INTEGER).format("int64");
    }

    /** The components of the record behind a schema; none if there is no record, or more than one like it. */
    private List<RecordComponentInfo> record(String name, Schema schema) {
        var properties = schema.getProperties();
        if (properties == null) {
            return List.of();
        }
        var records = classes.getKnownClasses().stream()
                .filter(it -> it.isRecord() && it.name().toString().startsWith(OURS))
                .filter(it -> names(it).containsAll(properties.keySet()))
                .filter(it -> isCalled(it, name))
                // The index may have a class twice.
                .collect(Collectors.toMap(ClassInfo::name, it -> it, (one, same) -> one))
                .values();
        return records.size() == 1 ? records.iterator().next().recordComponents() : List.of();
    }

    private static boolean isCalled(ClassInfo record, String name) {
        var simple = record.simpleName();
        var given = record.declaredAnnotation(org.eclipse.microprofile.openapi.annotations.media.Schema.class);
        return name.equals(simple)
                || name.startsWith(simple) && !record.typeParameters().isEmpty()
                || given != null
                        && given.value("name") != null
                        && name.equals(given.value("name").asString());
    }

    private static Set<String> names(ClassInfo record) {
        return record.recordComponents().stream().map(ApiManners::field).collect(Collectors.toSet());
    }

    private static String field(RecordComponentInfo component) {
        // The annotation cannot stand on a record's component, so the compiler hands it on to the field.
        var named = component.declaringClass().field(component.name()).annotation(JSON_PROPERTY);
        if (named != null && named.value() != null) {
            return named.value().asString();
        }
        return component.name().replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    private static void complete(Schema schema, RecordComponentInfo component, boolean asked) {
        var name = field(component);
        var property = schema.getProperties().get(name);
        if (property == null) {
            return;
        }
        var text = annotation(component, PLAIN_TEXT);
        if (text != null) {
            var max = text.value("max");
            property.setMinLength(1);
            property.setMaxLength(max == null ? 2_000 : max.asInt());
        }
        var isLong = List.of("long", "java.lang.Long")
                .contains(component.type().name().toString());
        var optional = component.type().hasAnnotation(NULLABLE) || component.hasAnnotation(NULLABLE);
        if (annotation(component, ALSO_TEXT) != null) {
            var twin = text().description(name + " as a text, which no reader rounds");
            schema.addProperty(name + AlsoText.SUFFIX, optional ? orNull(twin) : twin);
            if (!optional) {
                require(schema, name + AlsoText.SUFFIX);
            }
        } else if (isLong && property.getMaximum() == null && BOUNDED.contains(name)) {
            property.setMaximum(LARGEST);
        }
        if (!optional) {
            require(schema, name);
        } else if (!asked) {
            schema.addProperty(name, orNull(property));
        }
    }

    private static @Nullable AnnotationInstance annotation(RecordComponentInfo component, DotName name) {
        var annotation = component.annotation(name);
        return annotation == null ? component.type().annotation(name) : annotation;
    }

    private static void require(Schema schema, String name) {
        var required = new ArrayList<>(schema.getRequired() == null ? List.of() : schema.getRequired());
        if (!required.contains(name)) {
            required.add(name);
            schema.setRequired(required);
        }
    }

    private static Schema orNull(Schema property) {
        if (property.getRef() != null) {
            return OASFactory.createSchema()
                    .description(property.getDescription())
                    .addAnyOf(OASFactory.createSchema().ref(property.getRef()))
                    .addAnyOf(OASFactory.createSchema().addType(SchemaType.NULL));
        }
        if (property.getType() == null) {
            return property;
        }
        return property.getType().contains(SchemaType.NULL) ? property : property.addType(SchemaType.NULL);
    }

    private static void addProblem(OpenAPI document) {
        var fault = OASFactory.createSchema()
                .addType(SchemaType.OBJECT)
                .addProperty("field", text())
                .addProperty("message", text())
                .required(List.of("field", "message"));
        document.getComponents()
                .addSchema(
                        PROBLEM,
                        OASFactory.createSchema()
                                .addType(SchemaType.OBJECT)
                                .description("An error (RFC 9457). Programs branch on type; detail is for people."
                                        + " Some types have members of their own.")
                                .addProperty("type", text().pattern("^urn:points:problem:[a-z-]+$"))
                                .addProperty("title", text())
                                .addProperty(
                                        "status",
                                        OASFactory.createSchema()
                                                .addType(SchemaType.INTEGER)
                                                .minimum(BigDecimal.valueOf(400))
                                                .maximum(BigDecimal.valueOf(599)))
                                .addProperty("detail", text())
                                .addProperty(
                                        "errors",
                                        OASFactory.createSchema()
                                                .addType(SchemaType.ARRAY)
                                                .description("The fields at fault, a hundred at most")
                                                .items(fault))
                                .required(List.of("type", "title", "status")))
                .addResponse(
                        PROBLEM,
                        OASFactory.createAPIResponse()
                                .description("It was refused, or failed: the problem says why")
                                .content(OASFactory.createContent()
                                        .addMediaType(
                                                Problem.MEDIA_TYPE,
                                                OASFactory.createMediaType()
                                                        .schema(OASFactory.createSchema()
                                                                .ref("#/components/schemas/" + PROBLEM)))));
    }
}
