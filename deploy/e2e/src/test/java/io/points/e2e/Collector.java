package io.points.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

/** Takes spans by OTLP over HTTP, as a collector of OpenTelemetry does, and keeps them. */
final class Collector implements AutoCloseable {

    private final HttpServer server;
    private final List<Span> spans = new CopyOnWriteArrayList<>();

    /** @param parentId of the span before it; empty if it is the first */
    record Span(String service, String traceId, String id, String parentId, String name) {

        /** Which step it is, whichever trace it is in. */
        String step() {
            return service + ": " + name;
        }
    }

    Collector() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The spans of a trace so far. */
    List<Span> trace(String traceId) {
        return spans.stream().filter(span -> span.traceId().equals(traceId)).toList();
    }

    /** All spans of all traces so far. */
    List<Span> all() {
        return List.copyOf(spans);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            var zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            var body = zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody();
            read(new Fields(ByteBuffer.wrap(body.readAllBytes())));
            exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
        }
    }

    /** The numbers are those of the fields in opentelemetry-proto, trace/v1/trace.proto. */
    private void read(Fields request) {
        request.each(1, ofService -> {
            var service = new StringBuilder();
            ofService
                    .copy()
                    .each(
                            1,
                            resource -> resource.each(1, attribute -> {
                                if ("service.name".equals(attribute.copy().text(1))) {
                                    attribute.each(2, value -> service.append(value.text(1)));
                                }
                            }));
            ofService.each(
                    2,
                    scope -> scope.each(
                            2,
                            span -> spans.add(new Span(
                                    service.toString(),
                                    span.copy().hex(1),
                                    span.copy().hex(2),
                                    span.copy().hex(4),
                                    span.copy().text(5)))));
        });
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** A message of Protocol Buffers, as far as it is needed: fields that are messages, texts or bytes. */
    private record Fields(ByteBuffer bytes) {

        Fields {
            bytes.order(ByteOrder.LITTLE_ENDIAN);
        }

        interface Reader {
            void read(Fields field);
        }

        Fields copy() {
            return new Fields(bytes.duplicate());
        }

        void each(int number, Reader reader) {
            while (bytes.hasRemaining()) {
                long tag = varint();
                switch ((int) (tag & 7)) {
                    case 0 -> varint();
                    case 1 -> bytes.getLong();
                    case 5 -> bytes.getInt();
                    case 2 -> {
                        int length = (int) varint();
                        if (tag >> 3 == number) {
                            reader.read(new Fields(bytes.slice(bytes.position(), length)));
                        }
                        bytes.position(bytes.position() + length);
                    }
                    default -> throw new IllegalArgumentException("no wire type of Protocol Buffers: " + tag);
                }
            }
        }

        String text(int number) {
            var found = new StringBuilder();
            each(number, field -> found.append(StandardCharsets.UTF_8.decode(field.bytes())));
            return found.toString();
        }

        String hex(int number) {
            var found = new StringBuilder();
            each(number, field -> {
                var all = new byte[field.bytes().remaining()];
                field.bytes().get(all);
                found.append(HexFormat.of().formatHex(all));
            });
            return found.toString();
        }

        private long varint() {
            long value = 0;
            for (int shift = 0; ; shift += 7) {
                byte next = bytes.get();
                value |= (long) (next & 0x7f) << shift;
                if (next >= 0) {
                    return value;
                }
            }
        }
    }
}
