package io.points.platform.web.openapi;

import io.points.contract.RefusalReason;
import io.points.platform.web.problem.ProblemType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/** A schema for each type of problem that a document names, and one for any. */
final class ProblemSchemas {

    static final String PROBLEM = "Problem";
    private static final String FIELD_ERROR = "FieldError";

    private ProblemSchemas() {}

    static void add(OpenAPI document, Collection<ProblemType> named) {
        document.getComponents()
                .addSchema(
                        FIELD_ERROR,
                        object().addProperty("field", Scalars.text())
                                .addProperty("message", Scalars.text())
                                .required(List.of("field", "message")))
                .addSchema(PROBLEM, any());
        named.forEach(type -> document.getComponents().addSchema(name(type), schema(type)));
    }

    /** Such as {@code NotFoundProblem}. */
    static String name(ProblemType type) {
        return Arrays.stream(type.slug().split("-"))
                        .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                        .collect(Collectors.joining())
                + PROBLEM;
    }

    private static Schema any() {
        return common(
                Scalars.text().pattern("^urn:points:problem:[a-z0-9-]+$"),
                status().minimum(BigDecimal.valueOf(400)).maximum(BigDecimal.valueOf(599)));
    }

    private static Schema schema(ProblemType type) {
        var schema = common(
                        Scalars.text().addEnumeration(type.uri()),
                        status().enumeration(type.statuses().stream()
                                .sorted()
                                .<Object>map(it -> it)
                                .toList()))
                .description(type.meaning() + ".");
        var required = new ArrayList<>(schema.getRequired());
        type.members().forEach(member -> {
            schema.addProperty(member.name(), member(member));
            if (member.required()) {
                required.add(member.name());
            }
        });
        return schema.required(required);
    }

    private static Schema common(Schema type, Schema status) {
        return object().addProperty("type", type.description("A stable name of what went wrong"))
                .addProperty("title", Scalars.text())
                .addProperty("status", status.description("The HTTP status"))
                .addProperty("detail", Scalars.text())
                .addProperty(
                        "errors",
                        OASFactory.createSchema()
                                .addType(SchemaType.ARRAY)
                                .items(OASFactory.createSchema().ref(Refs.to(FIELD_ERROR))))
                .required(List.of("type", "title", "status"));
    }

    private static Schema member(ProblemType.Member member) {
        return switch (member.name()) {
            case "reason" ->
                Scalars.text()
                        .enumeration(Arrays.stream(RefusalReason.values())
                                .<Object>map(Enum::name)
                                .toList())
                        .description("Why the request was refused");
            case "state" ->
                Scalars.text().enumeration(List.copyOf(member.words())).description("The current state");
            case "distribution_id" -> Scalars.id().description("The distribution that was not completed");
            case "batch_id" -> Scalars.id().description("The batch that was not completed");
            case "balance" -> Scalars.count().description("The balance in points");
            case "points" -> Scalars.count().description("Points of the boost that is there");
            case "room" -> Scalars.count().description("Points that can still be allocated");
            case "month" -> Scalars.text().description("The calendar month, UTC, such as 2026-11");
            case "revision" -> Scalars.count().description("The current revision; absent if there is none");
            case "proposal_id" -> Scalars.id().description("The proposal that waits for a second person");
            case "reversed_by" -> Scalars.id().description("The reversal that has taken the award back");
            case "decided_at" -> Scalars.text().format("date-time").description("When it was decided, or expired");
            case "undone_by" -> Scalars.id().description("Who has undone the batch");
            case "short" -> Scalars.count().description("How many wallets hold less than their award");
            case "until" -> Scalars.text().format("date-time").description("Until when the caller could do it");
            case "from" -> Scalars.text().format("date-time").description("From when on it can be done");
            case "refused" -> Scalars.count().description("How many receivers are not eligible");
            case "duplicate_of" -> Scalars.id().description("The distribution that gave the same");
            case "rule" -> Scalars.text().description("The rule of the company's policy");
            case "counts" ->
                Scalars.text().enumeration(List.copyOf(member.words())).description("What the limit is a number of");
            case "limit" ->
                Scalars.count()
                        .description("The most that the rule allows in its window, or at once, or that may wait");
            case "used" -> Scalars.count().description("What was given in the window before");
            case "left" -> Scalars.count().description("What can still be given in the window");
            case "window" -> Scalars.text().description("The window, such as 2026-11");
            case "resets_on" -> Scalars.text().format("date").description("From when on it counts from 0");
            case "resets_at" ->
                Scalars.text().format("date-time").description("From when on the same can be given again");
            case "to_user_id" -> Scalars.id().description("The receiver for whom it is too much");
            case "sum_of_entries" -> Scalars.integer().description("What the ledger's entries add up to");
            case "sum_of_entries_text" ->
                Scalars.text().description("sum_of_entries as a string, which no reader rounds");
            case "in_departments" ->
                Scalars.count().description("Points that departments hold, and the pool with them");
            default -> throw new IllegalArgumentException("There is no schema for " + member.name());
        };
    }

    private static Schema object() {
        return OASFactory.createSchema().addType(SchemaType.OBJECT);
    }

    private static Schema status() {
        return OASFactory.createSchema().addType(SchemaType.INTEGER).format("int32");
    }
}
