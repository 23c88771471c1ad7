package io.points.platform.web.openapi;

import io.points.platform.web.IfMatch;
import io.points.platform.web.idempotency.Idempotency;
import io.points.platform.web.input.Params;
import io.points.platform.web.paging.PageRequest;
import java.math.BigDecimal;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** The parameters that many routes have. What a single one has is said where it is read. */
final class Parameters {

    private Parameters() {}

    static void complete(Operation operation) {
        Refs.orEmpty(operation.getParameters()).forEach(Parameters::complete);
    }

    private static void complete(Parameter parameter) {
        switch (parameter.getName()) {
            case Idempotency.HEADER ->
                parameter
                        .description(
                                "Makes the request safe to repeat: it names what the first request under it led to."
                                        + " Another body under the same key is 422.")
                        .schema(Scalars.text()
                                .minLength(1)
                                .maxLength(Idempotency.LONGEST_KEY)
                                .pattern(Idempotency.KEY));
            case IfMatch.HEADER ->
                parameter
                        .description(
                                "Makes the change only if what is changed still has the ETag that is given: 412 if it has"
                                        + " changed meanwhile. Without it the change is made in any case (RFC 9110).")
                        .schema(Scalars.text().pattern(IfMatch.DOCUMENTED));
            case Headers.PREFER ->
                parameter
                        .description("wait=n waits up to n seconds (at most 30) for the end, respond-async not at all;"
                                + " without either 2 s (RFC 7240)")
                        .schema(Scalars.text());
            case "limit" -> {
                // A route with bounds of its own states them.
                var most = parameter.getSchema().getMaximum();
                parameter
                        .description("How many items at most")
                        .schema(Scalars.integer()
                                .minimum(BigDecimal.ONE)
                                .maximum(most == null ? BigDecimal.valueOf(PageRequest.MAX_LIMIT) : most)
                                .defaultValue(most == null ? PageRequest.DEFAULT_LIMIT : most.intValue()));
            }
            case "cursor" ->
                parameter
                        .description("Where the page begins: next_cursor of the previous page, as it stands")
                        .schema(Scalars.text().minLength(1).pattern(PageRequest.CURSOR));
            case "tenant_id" -> id(parameter, "The tenant");
            case "user_id" -> id(parameter, "The member");
            case "department_id" -> id(parameter, "The department");
            case "id", "event_id", "entry_id", "credited_entry_id" -> id(parameter, "Which one");
            case "member" -> id(parameter, "Whom it concerns");
            case "period" -> {
                // Of a tenant's calendar, a route states what it looks like.
                if (parameter.getSchema().getPattern() == null) {
                    describe(parameter, "A month in UTC").schema(Scalars.text().pattern(Params.MONTH));
                }
            }
            case "revision" ->
                describe(parameter, "Which statement that was issued for the month: 1, 2, …; the newest by default")
                        .schema(Scalars.integer().minimum(BigDecimal.ONE));
            default -> {
                if (Scalars.isTime(parameter.getSchema())) {
                    parameter.getSchema().pattern(Params.TIME);
                }
            }
        }
    }

    /** What is declared as a UUID may be the nil UUID too; what is declared as a text, as most are, {@link Params#uuid} reads. */
    private static void id(Parameter parameter, String description) {
        describe(parameter, description);
        if (!Scalars.isId(parameter.getSchema())) {
            parameter.schema(Scalars.named());
        }
    }

    private static Parameter describe(Parameter parameter, String description) {
        return parameter.getDescription() == null ? parameter.description(description) : parameter;
    }
}
