package io.points.platform.web.openapi;

import io.points.platform.web.Sends;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** The headers of answers that a caller may read. */
final class Headers {

    static final String PREFER = "Prefer";
    static final String LOCATION = Sends.LOCATION;
    static final String PREFERENCE_APPLIED = "Preference-Applied";
    static final String RETRY_AFTER = "Retry-After";
    static final String WWW_AUTHENTICATE = "WWW-Authenticate";
    static final String ALLOW = "Allow";

    /** In one order, so that the document is the same each time it is made. */
    private static final Map<String, Header> ALL = new TreeMap<>(Map.of(
            LOCATION,
            header("Where it can be looked at", Scalars.text().format("uri-reference")),
            PREFERENCE_APPLIED,
            header("Which preference was granted (RFC 7240)", Scalars.text()),
            RETRY_AFTER,
            header("In how many seconds to come again", Scalars.integer()),
            WWW_AUTHENTICATE,
            header("Which token is needed (RFC 6750)", Scalars.text()),
            ALLOW,
            header("Of a 405: the methods that the route takes", Scalars.text()),
            Sends.STATEMENT_SHA256,
            header(
                    "Of a closed month: SHA-256 of its statement's JSON",
                    Scalars.text().pattern("^[0-9a-f]{64}$")),
            Sends.BATCH_SHA256,
            header(
                    "SHA-256 of the batch's file, always the same",
                    Scalars.text().pattern("^[0-9a-f]{64}$")),
            Sends.ETAG,
            header("The revision, for If-Match when it is changed (RFC 9110)", Scalars.text()),
            Sends.CACHE_CONTROL,
            header("That it is not kept (RFC 9111)", Scalars.text()),
            Sends.CONTENT_DISPOSITION,
            header("Under which name to save the file (RFC 6266)", Scalars.text())));

    private Headers() {}

    static void declare(OpenAPI document) {
        ALL.forEach(document.getComponents()::addHeader);
    }

    static void add(APIResponse response, String... names) {
        for (var name : List.of(names)) {
            response.addHeader(name, OASFactory.createHeader().ref("#/components/headers/" + name));
        }
    }

    private static Header header(String description, Schema schema) {
        return OASFactory.createHeader().description(description).schema(schema);
    }
}
