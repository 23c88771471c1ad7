package io.points.testing;

import io.quarkus.test.common.http.TestHTTPResource;
import java.net.URI;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** The service's OpenAPI document in {@code docs/openapi} is what the running service says of itself. */
public abstract class ApiContract {

    @TestHTTPResource("/")
    URI service;

    @Test
    void theDocumentSaysWhatTheServiceSays() {
        var name = ConfigProvider.getConfig()
                .getValue("quarkus.application.name", String.class)
                .replace("-service", "");
        new ContractFile("openapi/" + name + ".yaml").assertSays(ApiDescription.document(service));
    }
}
