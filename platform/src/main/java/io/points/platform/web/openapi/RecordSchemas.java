package io.points.platform.web.openapi;

import io.points.platform.money.AlsoText;
import io.points.platform.money.Currency;
import io.points.platform.web.input.CurrencyCode;
import io.points.platform.web.input.PlainText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.jboss.jandex.DotName;
import org.jboss.jandex.RecordComponentInfo;
import org.jspecify.annotations.Nullable;

/**
 * What a record says of its JSON: which fields there always are, which may be null, how long a text and how large a number may be. Of
 * a body, a field may be absent if it may be null, and there is no other field; of an answer, each field is always there.
 */
final class RecordSchemas {

    private static final DotName NULLABLE = DotName.createSimple(Nullable.class);
    private static final DotName PLAIN_TEXT = DotName.createSimple(PlainText.class);
    private static final DotName CURRENCY_CODE = DotName.createSimple(CurrencyCode.class);
    private static final DotName ALSO_TEXT = DotName.createSimple(AlsoText.class);
    private static final DotName JSON_INCLUDE =
            DotName.createSimple(com.fasterxml.jackson.annotation.JsonInclude.class);

    private static final DotName SCHEMA =
            DotName.createSimple(org.eclipse.microprofile.openapi.annotations.media.Schema.class);

    /**
     * Numbers that never come to 2^53, whatever they are part of: what one request moves, balances, which are held below it, and
     * what counts entries, revisions, leaves or people. All others are {@link AlsoText}.
     */
    private static final Set<String> BOUNDED = Set.of(
            "accepted",
            "adjustments",
            "age_seconds",
            "amount",
            "available",
            "balance",
            "balance_after",
            "balance_before",
            "budget",
            "closing",
            "closing_balance",
            "completed",
            "contiguous_version",
            "contract_revision",
            "counted_leaves",
            "credited_early",
            "earned",
            "earned_this_month",
            "entries",
            "entry_number",
            "entry_points",
            "event_points",
            "events",
            "from_size",
            "leaf_index",
            "liability",
            "low_at",
            "missing",
            "missing_entries",
            "missing_pool_entries",
            "monthly_budget",
            "opening",
            "people_erased",
            "points",
            "pool_balance",
            "pool_version",
            "prepaid",
            "receivers",
            "records",
            "refused",
            "remaining",
            "revision",
            "sequence",
            "short",
            "stale_seconds",
            "to_size",
            "tree_size",
            "undo_approval_above",
            "untold_entries",
            "usual",
            "version");

    private final Classes classes;

    RecordSchemas(Classes classes) {
        this.classes = classes;
    }

    void complete(OpenAPI document) {
        var bodies = bodies(document);
        document.getComponents().getSchemas().forEach((name, schema) -> {
            var properties = schema.getProperties();
            if (properties != null) {
                classes.components(name, properties.keySet())
                        .forEach(component -> complete(schema, component, bodies.contains(name)));
            }
            if (bodies.contains(name) && properties != null) {
                schema.setAdditionalPropertiesSchema(OASFactory.createSchema().booleanSchema(false));
            }
        });
    }

    /** The schemas of bodies, and of what stands in them. */
    private static Set<String> bodies(OpenAPI document) {
        var schemas = document.getComponents().getSchemas();
        var found = new HashSet<String>();
        for (var operation : ServiceDocument.operations(document)) {
            var body = operation.getRequestBody();
            if (body != null && body.getContent() != null) {
                body.getContent()
                        .getMediaTypes()
                        .values()
                        .forEach(media -> Refs.visit(media.getSchema(), schema -> add(schema, schemas, found)));
            }
        }
        return found;
    }

    private static void add(Schema schema, java.util.Map<String, Schema> schemas, Set<String> found) {
        if (schema.getRef() != null && found.add(Refs.name(schema.getRef()))) {
            Refs.visit(schemas.get(Refs.name(schema.getRef())), within -> add(within, schemas, found));
        }
    }

    private static void complete(Schema schema, RecordComponentInfo component, boolean asked) {
        var name = Classes.field(component);
        var property = schema.getProperties().get(name);
        if (property == null) {
            return;
        }
        var text = Classes.annotation(component, PLAIN_TEXT);
        if (text != null) {
            var max = text.value("max");
            // Of a list, each item.
            var plain = property.getItems() == null ? property : property.getItems();
            plain.setMinLength(1);
            plain.setMaxLength(max == null ? PlainText.MAX : max.asInt());
            plain.setPattern(PlainText.PATTERN);
        }
        var currency = Classes.annotation(component, CURRENCY_CODE);
        if (currency != null) {
            var orWithdrawn = currency.value("orWithdrawn") != null
                    && currency.value("orWithdrawn").asBoolean();
            property.setEnumeration(Currency.all().values().stream()
                    .filter(it -> orWithdrawn || it.withdrawn() == null)
                    .<Object>map(Currency::code)
                    .toList());
        }
        var type = component.type().name().toString();
        var optional = component.type().hasAnnotation(NULLABLE) || component.hasAnnotation(NULLABLE);
        if (Classes.annotation(component, ALSO_TEXT) != null) {
            var twin = Scalars.text().description(name + " as a string, which no reader rounds");
            schema.addProperty(name + AlsoText.SUFFIX, optional ? orNull(twin) : twin);
            require(schema, name + AlsoText.SUFFIX);
        } else if (List.of("long", "java.lang.Long").contains(type)
                && property.getMaximum() == null
                && BOUNDED.contains(name)) {
            property.setMaximum(Scalars.LARGEST);
        }
        if (asked) {
            // A list of ids as well.
            Stream.of(Optional.of(property), Optional.ofNullable(property.getItems()))
                    .flatMap(Optional::stream)
                    .filter(Scalars::isId)
                    .forEach(Scalars::butNil);
        }
        if (optional && !isNeverNull(component)) {
            schema.addProperty(name, orNull(property));
        }
        if (!optional || !asked && !mayBeAbsent(component)) {
            require(schema, name);
        }
    }

    private static boolean mayBeAbsent(RecordComponentInfo component) {
        return component.declaringClass().field(component.name()).hasAnnotation(JSON_INCLUDE)
                || component.hasAnnotation(JSON_INCLUDE);
    }

    /** It may be absent, and not null: so it is said of what a merge patch cannot take away. */
    private static boolean isNeverNull(RecordComponentInfo component) {
        var said = component.declaringClass().field(component.name()).annotation(SCHEMA);
        return said != null
                && said.value("nullable") != null
                && !said.value("nullable").asBoolean();
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
        if (property.getType() == null || property.getType().contains(SchemaType.NULL)) {
            return property;
        }
        if (property.getEnumeration() != null) {
            // An enum that has no null would forbid it.
            var description = property.getDescription();
            return OASFactory.createSchema()
                    .description(description)
                    .addAnyOf(property.description(null))
                    .addAnyOf(OASFactory.createSchema().addType(SchemaType.NULL));
        }
        return property.addType(SchemaType.NULL);
    }
}
