package io.points.platform.web.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.jboss.jandex.IndexView;

/** A service's OpenAPI document, completed step by step while the service is built. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class ServiceDocument implements OASFilter {

    private final Classes classes;

    /** @param index all classes of the service, as Quarkus indexes them */
    public ServiceDocument(IndexView index) {
        classes = new Classes(index);
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        describe(document);
        Scalars.inline(document);
        new RecordSchemas(classes).complete(document);
        new EnumSchemas(classes).complete(document);
        PageNames.give(document);
        operations(document).forEach(operation -> {
            rolesAreAlternatives(operation);
            tagsWithoutSuffix(operation);
            Parameters.complete(operation);
        });
        Headers.declare(document);
        Answers.complete(document, classes);
        new Refusals(classes).complete(document);
        Scalars.anchorPatterns(document);
        Glossary.READ.describe(document);
        Examples.give(document);
        Unused.remove(document);
    }

    private static void describe(OpenAPI document) {
        if (document.getInfo() == null) {
            document.setInfo(OASFactory.createInfo());
        }
        document.getInfo().license(OASFactory.createLicense().name("Apache-2.0").identifier("Apache-2.0"));
        document.servers(List.of(OASFactory.createServer().url("/").description("Wherever the document comes from")));
    }

    static List<Operation> operations(OpenAPI document) {
        return document.getPaths().getPathItems().values().stream()
                .flatMap(path -> path.getOperations().values().stream())
                .toList();
    }

    /** Scopes that stand in one requirement are all needed; a caller needs one of these roles. */
    private static void rolesAreAlternatives(Operation operation) {
        operation.security(Refs.orEmpty(operation.getSecurity()).stream()
                .flatMap(requirement -> requirement.getSchemes().entrySet().stream())
                .flatMap(scheme -> scheme.getValue().stream()
                        .map(role -> OASFactory.createSecurityRequirement().addScheme(scheme.getKey(), role)))
                .toList());
    }

    private static void tagsWithoutSuffix(Operation operation) {
        if (operation.getTags() != null) {
            operation.setTags(operation.getTags().stream()
                    .map(tag -> tag.replaceFirst(" Resource$", ""))
                    .toList());
        }
    }
}
