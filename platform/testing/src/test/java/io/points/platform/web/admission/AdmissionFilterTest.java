package io.points.platform.web.admission;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.points.platform.web.Stopping;
import io.points.platform.web.caller.CallerFilter;
import io.points.platform.web.caller.KnownCaller;
import io.points.platform.web.idempotency.Idempotency;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.ProblemAnswers;
import io.points.platform.web.route.RouteTable;
import io.points.platform.web.route.Routes;
import io.points.testing.Answer;
import io.points.testing.Ask;
import io.points.testing.Protocol;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.options.HttpServerCommonHandlers;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The admission filter before a resource that echoes, without anything else of a service. */
class AdmissionFilterTest {

    private static final String BATCH = "/api/batch";
    private static final String SMALL = "/api/small";

    private static Vertx vertx;
    private static URI service;
    private static final SimpleMeterRegistry METRICS = new SimpleMeterRegistry();

    @Path("/api")
    static class Resource {
        @POST
        @Path("batch")
        @Consumes({"application/json", "text/csv"})
        public void batch() {}

        @POST
        @Path("small")
        public void small() {}
    }

    @BeforeAll
    static void open() {
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2).setUseDaemonThread(true));
        var router = Router.router(vertx);
        var filters = new Filters();
        var routes = new Routes() {
            @Override
            public RouteTable table() {
                return RouteTable.of(List.of(Resource.class));
            }
        };
        var answers = new ProblemAnswers(new ObjectMapper());
        var admission = new AdmissionFilter(
                answers, new Stopping(), new RequestSlots(), routes, METRICS, Optional.of(Set.of(BATCH)));
        new RequestEntry(routes, answers, true).register(router);
        admission.register(filters);
        admission.register(router);
        filters.register(request -> identify(request, answers), CallerFilter.PRIORITY);
        for (var filter : filters.getFilters()) {
            router.route().order(-1 * filter.getPriority()).handler(filter.getHandler());
        }
        router.route().handler(AdmissionFilterTest::lookForBody);
        router.route("/api/large").handler(request -> request.response().end("x".repeat(1 << 20)));
        router.route("/api/never").handler(request -> {});
        router.route("/api/fails").handler(request -> {
            throw new IllegalStateException("A fault of ours");
        });
        router.route().handler(AdmissionFilterTest::echo);
        service = URI.create("http://127.0.0.1:"
                + vertx.createHttpServer(new HttpServerOptions()
                                .setInitialSettings(new Http2Settings().setMaxHeaderListSize(32 * 1024))
                                .setMaxHeaderSize(32 * 1024)
                                .setMaxInitialLineLength(8 * 1024))
                        .requestHandler(request -> {
                            // As Quarkus does.
                            request.pause();
                            HttpServerCommonHandlers.enforceDuplicatedContext(router, true)
                                    .handle(request);
                        })
                        .listen(0, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join()
                        .actualPort());
    }

    @AfterAll
    static void close() {
        vertx.close();
    }

    /** As RESTEasy does. */
    private static void lookForBody(RoutingContext request) {
        request.request().pause();
        if (request.request().isEnded()) {
            request.fail(new AssertionError("RESTEasy would take it for a request without a body"));
        } else {
            request.request().resume();
            request.next();
        }
    }

    private static void echo(RoutingContext request) {
        if (request.failed()) {
            request.next();
            return;
        }
        request.response().end(request.request().uri() + " " + request.body().length());
    }

    /** As the filter does that knows tokens: later than at once. */
    private static void identify(RoutingContext request, ProblemAnswers answers) {
        var caller = request.request().getHeader("Authorization");
        if (caller == null) {
            answers.send(request, Problem.of(401, "unauthorized", "Who?", "Say who you are."));
        } else {
            request.put(KnownCaller.KEY, new KnownCaller(caller, new UUID(0, caller.charAt(0)), Set.of(), Instant.MAX));
            vertx.runOnContext(later -> request.next());
        }
    }

    private static Ask ask(String target, int bytes) {
        return Ask.of("POST", target).with("Authorization", "a-caller").withJson(" ".repeat(bytes));
    }

    private static void assertProblem(int status, String slug, Answer answer) {
        assertEquals(status, answer.status(), answer::toString);
        assertEquals("urn:points:problem:" + slug, answer.json().path("type").asText(), answer::toString);
    }

    @ParameterizedTest
    @EnumSource
    void aBodyIsReadWhole(Protocol protocol) {
        for (int bytes : List.of(1, 10, 20_000, 64 * 1024)) {
            assertEquals(
                    SMALL + " " + bytes,
                    protocol.send(ask(SMALL, bytes), service).text());
            assertEquals(
                    SMALL + " " + bytes,
                    protocol.send(ask(SMALL, bytes).inChunks(), service).text());
        }
        for (int bytes : List.of(100_000, 2 * 1024 * 1024)) {
            assertEquals(
                    BATCH + " " + bytes,
                    protocol.send(ask(BATCH, bytes), service).text());
            assertEquals(
                    BATCH + " " + bytes,
                    protocol.send(ask(BATCH, bytes).inChunks(), service).text());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBodyThatIsTooLargeIsRefusedHoweverItIsSent(Protocol protocol) {
        for (int bytes : List.of(64 * 1024 + 1, 70_000, 1_000_000)) {
            assertProblem(413, "body-too-large", protocol.send(ask(SMALL, bytes), service));
            assertProblem(413, "body-too-large", protocol.send(ask(SMALL, bytes).inChunks(), service));
        }
        assertProblem(
                413,
                "body-too-large",
                protocol.send(ask(BATCH, 2 * 1024 * 1024 + 1).inChunks(), service));
    }

    @ParameterizedTest
    @EnumSource
    void filtersSeeTheSamePathAsTheRouter(Protocol protocol) {
        for (var target : List.of(BATCH + "/", "/" + BATCH, BATCH + ";x", "/api/./batch", "/%61pi/batch")) {
            assertEquals(
                    BATCH + "?a=b 100000",
                    protocol.send(ask(target + "?a=b", 100_000), service).text(),
                    target);
            var csv = ask(target, 10).with("Content-Type", "text/csv");
            assertEquals(BATCH + " 10", protocol.send(csv, service).text(), target);
        }
        assertProblem(404, "not-found", protocol.send(ask("/api%2fbatch", 1), service));
        assertProblem(400, "invalid-request", protocol.send(ask("/api/%zz", 1), service));
        assertProblem(404, "not-found", protocol.send(ask("/nowhere", 1), service));
    }

    @ParameterizedTest
    @EnumSource
    void aBadKeyIsNamedWhateverTheRouteDoesWithIt(Protocol protocol) {
        for (var key : List.of("", "a b", "\u00e4", "x".repeat(256))) {
            var answer = protocol.send(ask(SMALL, 5).with(Idempotency.HEADER, key), service);
            assertProblem(400, "invalid-request", answer);
            assertEquals(Set.of(Idempotency.HEADER), answer.fieldsAtFault(), key);
        }
        var good = ask(SMALL, 5).with(Idempotency.HEADER, "x".repeat(255));
        assertEquals(200, protocol.send(good, service).status());
    }

    @ParameterizedTest
    @EnumSource
    void whateverIsRefusedIsAProblem(Protocol protocol) {
        assertProblem(401, "unauthorized", protocol.send(Ask.of("POST", SMALL).withJson("{}"), service));
        var csv = protocol.send(ask(SMALL, 5).with("Content-Type", "text/csv"), service);
        assertProblem(415, "unsupported-media-type", csv);
        assertEquals(
                "This route accepts application/json.", csv.json().get("detail").asText());
        var text = protocol.send(ask(BATCH, 5).with("Content-Type", "text/plain"), service);
        assertProblem(415, "unsupported-media-type", text);
        assertEquals(
                "This route accepts application/json or text/csv.",
                text.json().get("detail").asText());
        assertProblem(417, "expectation-failed", protocol.send(ask(SMALL, 5).with("Expect", "more"), service));
        assertProblem(500, "internal-error", protocol.send(ask("/api/fails", 5), service));
        assertProblem(414, "uri-too-long", protocol.send(ask(SMALL + "?" + "x".repeat(4_096), 5), service));
        assertProblem(431, "headers-too-large", protocol.send(ask(SMALL, 5).with("X", "x".repeat(16 * 1024)), service));
        var options = protocol.send(Ask.of("OPTIONS", SMALL), service);
        assertEquals(204, options.status());
        assertEquals(Set.of("OPTIONS", "POST"), options.list("allow"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /x HTTP/1.1\r\nHost: a\r\nX: \u0001\r\n\r\n",
                "GET /x HTTP/9\r\n\r\n",
                "nonsense\r\n\r\n",
                "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n",
                "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n123456",
                "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\nGET / HTTP/1.1\r\n\r\n",
                "POST /x HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n",
                "GET /x HTTP/1.1\r\n\r\n",
                "GET /x HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET /x HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n",
                "GET x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
            })
    void whatIsAmbiguousOrNoHttpEndsTheConnectionWithAProblem(String request) throws IOException {
        var answer = Ask.raw(service, request);
        assertTrue(answer.status() == 400 || answer.status() == 404 || answer.status() == 501, answer::toString);
        assertEquals("application/problem+json", answer.mediaType(), answer::toString);
        assertEquals(answer.status(), answer.json().path("status").asInt(), answer::toString);
    }

    /** The filter for other origins takes it for granted that there is one, and that it is one of a URI. */
    @ParameterizedTest
    @ValueSource(strings = {"GET /api/small HTTP/1.1\r\nHost: a_b\r\n", "GET /api/small HTTP/1.0\r\n"})
    void aCallFromAnotherOriginNamesItsHost(String head) throws IOException {
        var answer = Ask.raw(service, head + "Origin: http://x\r\nConnection: close\r\n\r\n");
        assertProblem(400, "invalid-request", answer);
        assertTrue(answer.text().contains("Host"), answer::toString);
        assertNotEquals(
                400, Ask.raw(service, head + "Connection: close\r\n\r\n").status(), "others need none");
    }

    /** The server reads on whatever is unanswered, so this is where it ends. */
    @Test
    void whoAsksAndDoesNotReadIsLetGo() throws IOException {
        var some = "GET /api/large HTTP/1.1\r\nHost: a\r\nAuthorization: a-caller\r\n\r\n"
                .repeat(5)
                .getBytes(StandardCharsets.US_ASCII);
        try (var socket = new Socket(service.getHost(), service.getPort())) {
            socket.setSoTimeout(10_000);
            var out = socket.getOutputStream();
            await().until(() -> {
                try {
                    out.write(some);
                    out.flush();
                    return false;
                } catch (IOException gone) {
                    return true;
                }
            });
        }
    }

    @Test
    void aHundredRequestsMayWaitForTheirAnswers() throws IOException {
        var one = "GET /api/never HTTP/1.1\r\nHost: a\r\nAuthorization: a-caller\r\n\r\n";
        try (var socket = new Socket(service.getHost(), service.getPort())) {
            socket.setSoTimeout(500);
            socket.getOutputStream().write(one.repeat(100).getBytes(StandardCharsets.US_ASCII));
            assertThrows(
                    SocketTimeoutException.class, () -> socket.getInputStream().read(), "the connection is open");
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(one.getBytes(StandardCharsets.US_ASCII));
            assertEquals(-1, readOrReset(socket), "one more ends it");
        }
    }

    private static int readOrReset(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read();
        } catch (SocketException reset) {
            return -1;
        }
    }

    /** Vert.x would refuse it and keep its body for ever. */
    @Test
    void aLargeBodyThatComesWithAnUpgradeIsReadAsHttp11() throws IOException {
        var answer = Ask.raw(
                service,
                "POST " + BATCH
                        + " HTTP/1.1\r\nHost: a\r\nAuthorization: a-caller\r\nContent-Type: application/json\r\n"
                        + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAA\r\n"
                        + "Content-Length: 70000\r\n\r\n" + " ".repeat(70_000)
                        + "GET /nowhere HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        assertTrue(answer.text().startsWith(BATCH + " 70000HTTP/1.1 404"), answer::toString);
    }

    @ParameterizedTest
    @ValueSource(ints = {9_000, 100_000})
    void whatIsFarTooLongIsAProblemOfTheServerItself(int length) {
        var line = Protocol.HTTP_1_1.send(ask(SMALL + "?" + "x".repeat(length), 5), service);
        assertProblem(414, "uri-too-long", line);
        var header = Protocol.HTTP_1_1.send(ask(SMALL, 5).with("X", "x".repeat(4 * length)), service);
        assertProblem(431, "headers-too-large", header);
    }

    @Test
    void noCallerTakesAllBatches() throws IOException {
        var stalled = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 20; i++) {
                stalled.add(begin(""));
            }
            for (int i = 0; i < 4; i++) {
                stalled.add(begin("Authorization: a-caller\r\n"));
            }
            await().untilAsserted(() -> assertEquals(
                    429, Protocol.HTTP_1_1.send(ask(BATCH, 5), service).status()));
            var other = Protocol.HTTP_1_1.send(ask(BATCH, 5).with("Authorization", "b-caller"), service);
            assertEquals(200, other.status());
            assertEquals(200, Protocol.HTTP_1_1.send(ask(SMALL, 5), service).status());
            for (int i = 0; i < stalled.size(); i++) {
                stalled.get(i).setSoTimeout(10_000);
                var answer = new String(stalled.get(i).getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                assertTrue(answer.startsWith("HTTP/1.1 " + (i < 20 ? 401 : 408)), answer);
            }
            assertEquals(200, Protocol.HTTP_1_1.send(ask(BATCH, 5), service).status());
        } finally {
            for (var one : stalled) {
                one.close();
            }
        }
        await().untilAsserted(() ->
                assertEquals(0, METRICS.get("points_http_open_requests").gauge().value()));
    }

    private static Socket begin(String identification) throws IOException {
        var socket = new Socket(service.getHost(), service.getPort());
        socket.getOutputStream()
                .write(("POST " + BATCH + " HTTP/1.1\r\nHost: points\r\n" + identification
                                + "Content-Type: application/json\r\nContent-Length: 2000000\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
