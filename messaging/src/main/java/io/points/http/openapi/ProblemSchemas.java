package io.points.http.openapi;

import io.points.http.Problem;
import java.math.BigDecimal;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/** The schemas of refusals and failures. */
final class ProblemSchemas {

    static final String PROBLEM = "Problem";
    private static final String FIELD_ERROR = "FieldError";

    private ProblemSchemas() {}

    static void add(OpenAPI document) {
        document.getComponents()
                .addSchema(
                        FIELD_ERROR,
                        OASFactory.createSchema()
                                .addType(SchemaType.OBJECT)
                                .addProperty("field", Scalars.text())
                                .addProperty("message", Scalars.text())
                                .required(List.of("field", "message")))
                .addSchema(
                        PROBLEM,
                        OASFactory.createSchema()
                                .addType(SchemaType.OBJECT)
                                .addProperty("type", Scalars.text().pattern("^urn:points:problem:[a-z0-9-]+$"))
                                .addProperty("title", Scalars.text())
                                .addProperty(
                                        "status",
                                        OASFactory.createSchema()
                                                .addType(SchemaType.INTEGER)
                                                .format("int32")
                                                .minimum(BigDecimal.valueOf(400))
                                                .maximum(BigDecimal.valueOf(599)))
                                .addProperty("detail", Scalars.text())
                                .addProperty(
                                        "errors",
                                        OASFactory.createSchema()
                                                .addType(SchemaType.ARRAY)
                                                .items(OASFactory.createSchema().ref(Refs.to(FIELD_ERROR))))
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
                                                                .ref(Refs.to(PROBLEM))))));
    }
}
