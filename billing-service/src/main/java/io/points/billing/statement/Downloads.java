package io.points.billing.statement;

import io.points.platform.web.Sends;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Files that a browser saves instead of showing them. */
final class Downloads {

    private static final MediaType CSV = new MediaType("text", "csv").withCharset("UTF-8");

    private Downloads() {}

    /** @param name of the file, without its end; letters, digits, points and hyphens */
    static Response.ResponseBuilder csv(String name, String content) {
        return Response.ok(content, CSV)
                .header("X-Content-Type-Options", "nosniff")
                .header(Sends.CONTENT_DISPOSITION, attachment(name));
    }

    /** What the header says of such a file (RFC 6266). */
    static String attachment(String name) {
        return "attachment; filename=\"" + name + ".csv\"";
    }
}
