package io.points.audit.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/** Sends pages as they are; left to itself, the server would quote them as JSON texts. */
@Provider
@Produces(ExportResource.NDJSON)
public class ExportPageWriter implements MessageBodyWriter<ExportPage> {

    @Override
    public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
        return type == ExportPage.class;
    }

    /** Leaves out the last line feed, for the server ends every item of a stream with one. */
    @Override
    public void writeTo(
            ExportPage page,
            Class<?> type,
            Type generic,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream out)
            throws IOException {
        var bytes = page.text().getBytes(UTF_8);
        out.write(bytes, 0, bytes.length - 1);
    }
}
