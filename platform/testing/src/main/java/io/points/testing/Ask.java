package io.points.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 request, sent byte for byte as it stands. A client library would mend or refuse what has to be wrong
 * here on purpose.
 *
 * @param target path and query as they go over the wire
 * @param headers names and values, one byte per character
 * @param body null for none at all
 */
public record Ask(String method, String target, Map<String, String> headers, byte @Nullable [] body, boolean chunked) {

    private static final int PATIENCE_MS = 20_000;
    private static final int CHUNK = 8_192;

    public static Ask of(String method, String target) {
        return new Ask(method, target, Map.of(), null, false);
    }

    public Ask with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Ask(method, target, more, body, chunked);
    }

    public Ask by(String token) {
        return with("Authorization", "Bearer " + token);
    }

    public Ask withJson(String json) {
        return with("Content-Type", "application/json").withBody(TestKafka.bytes(json));
    }

    public Ask withBody(byte[] bytes) {
        return new Ask(method, target, headers, bytes, chunked);
    }

    public Ask inChunks() {
        return new Ask(method, target, headers, body, true);
    }

    /** Sends bytes as they stand, and reads everything up to the end of the connection as one answer. */
    public static Answer raw(URI service, String bytes) throws IOException {
        try (var socket = new Socket(service.getHost(), service.getPort())) {
            socket.setSoTimeout(PATIENCE_MS);
            socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
            return read(socket);
        }
    }

    public Answer send(URI service) {
        try (var socket = new Socket(service.getHost(), service.getPort())) {
            socket.setSoTimeout(PATIENCE_MS);
            try {
                write(socket.getOutputStream());
            } catch (IOException e) {
                // A server may answer and close before it has read everything; its answer counts.
            }
            return DeclaredAnswers.checked(service, this, read(socket));
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + target + " got no answer", e);
        }
    }

    private void write(OutputStream out) throws IOException {
        var head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: points\r\nConnection: close\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (body == null) {
            out.write(head.append("\r\n").toString().getBytes(ISO_8859_1));
            return;
        }
        head.append(chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + body.length);
        out.write(head.append("\r\n\r\n").toString().getBytes(ISO_8859_1));
        if (!chunked) {
            out.write(body);
            return;
        }
        for (int from = 0; from < body.length; from += CHUNK) {
            int length = Math.min(CHUNK, body.length - from);
            out.write((Integer.toHexString(length) + "\r\n").getBytes(ISO_8859_1));
            out.write(body, from, length);
            out.write("\r\n".getBytes(ISO_8859_1));
        }
        out.write("0\r\n\r\n".getBytes(ISO_8859_1));
    }

    private static Answer read(Socket socket) throws IOException {
        var bytes = everything(socket);
        var text = new String(bytes, ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new IOException("the connection was closed after " + bytes.length + " bytes");
        }
        var lines = List.of(text.substring(0, end).split("\r\n"));
        var headers = new LinkedHashMap<String, String>();
        for (var line : lines.subList(1, lines.size())) {
            var parts = line.split(":", 2);
            headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1].strip());
        }
        var rest = Arrays.copyOfRange(bytes, end + 4, bytes.length);
        int status = Integer.parseInt(lines.get(0).split(" ")[1]);
        return new Answer(status, headers, headers.containsKey("transfer-encoding") ? joined(rest) : rest);
    }

    private static byte[] everything(Socket socket) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(bytes);
        } catch (IOException e) {
            if (bytes.size() == 0) {
                throw e;
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] joined(byte[] chunks) {
        var text = new String(chunks, ISO_8859_1);
        var parts = new ArrayList<String>();
        int at = 0;
        while (true) {
            int line = text.indexOf("\r\n", at);
            int length = Integer.parseInt(text.substring(at, line).strip(), 16);
            if (length == 0) {
                return String.join("", parts).getBytes(ISO_8859_1);
            }
            parts.add(text.substring(line + 2, line + 2 + length));
            at = line + 2 + length + 2;
        }
    }
}
