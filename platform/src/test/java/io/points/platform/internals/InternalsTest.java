package io.points.platform.internals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpMessage;
import io.quarkus.micrometer.runtime.binder.vertx.HttpRequestMetric;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import java.io.File;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each face of {@link io.points.platform.internals} before the real library; a failure names the upgrade that broke it. */
class InternalsTest {

    /** What PostgreSQL says to somebody who needs no password: come in, I speak UTF-8, go on. */
    private static final String WELCOME = "R\0\0\0\10\0\0\0\0" + "S\0\0\0\31client_encoding\0UTF8\0" + "Z\0\0\0\5I";

    private final Vertx vertx = Vertx.vertx();
    private Handler<HttpConnection> connected = connection -> {};

    /** What a face is tried with, all of it within one request. */
    private interface Trial {
        void run() throws Exception;
    }

    /** @param library any class of the one whose internals the face hides */
    private static void face(Class<?> face, Class<?> library, Trial trial) {
        try {
            trial.run();
        } catch (Throwable broken) {
            var jar = new File(library.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .getPath())
                    .getName();
            throw new AssertionError(
                    "The upgrade to " + jar + " broke " + face.getSimpleName() + ", the only place to mend: " + broken,
                    broken);
        }
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Test
    void aRequestHasLocalsOfItsOwn() {
        face(RequestLocals.class, HttpServerConnection.class, () -> {
            var seen = new CopyOnWriteArrayList<String>();
            var router = Router.router(vertx);
            router.route().handler(request -> {
                var locals = RequestLocals.of(request.request());
                seen.add(locals.isMarked("seen") + " " + locals.route());
                locals.mark("seen");
                locals.setRoute("/a/{id}");
                request.next();
            });
            router.route().handler(request -> {
                var locals = RequestLocals.of(request.request());
                seen.add(locals.isMarked("seen") + " " + locals.route());
                request.end();
            });
            assertEquals(List.of("", ""), answers(router, 2));
            assertEquals(List.of("false null", "true /a/{id}", "false null", "true /a/{id}"), seen);
        });
    }

    /** The name under which Quarkus' metrics look is in no method. */
    @Test
    void theMetricsLookForTheRouteWhereWeLeaveIt() {
        var metrics = HttpRequestMetric.class;
        face(RequestLocals.class, metrics, () -> {
            try (var code = metrics.getResourceAsStream("HttpRequestMetric.class")) {
                assertNotNull(code);
                assertTrue(
                        new String(code.readAllBytes(), StandardCharsets.ISO_8859_1).contains("UrlPathTemplate"),
                        "HttpRequestMetric looks for no UrlPathTemplate");
            }
        });
    }

    @Test
    void aBodyThatWasReadIsThereForAllHandlers() {
        face(RequestBody.class, RoutingContext.class, () -> {
            var router = Router.router(vertx);
            router.route().handler(request -> {
                RequestBody.set(request, Buffer.buffer("read before"));
                request.next();
            });
            router.route().handler(request -> request.end(request.body().buffer()));
            assertEquals(List.of("read before"), answers(router, 1));
        });
    }

    @Test
    void aWrappedRequestGoesThroughTheRouter() {
        face(RequestWrapper.class, HttpServerConnection.class, () -> {
            var router = Router.router(vertx);
            router.route("/other")
                    .handler(request -> request.end("other " + request.request().method()));
            assertEquals(List.of("other GET"), answers(request -> router.handle(new Other(request)), 1));
        });
    }

    private static final class Other extends RequestWrapper {

        Other(HttpServerRequest request) {
            super(request);
        }

        @Override
        public String path() {
            assertEquals("/", wrapped().path());
            return "/other";
        }
    }

    @Test
    void theCurrentRequestIsThatOfQuarkus() {
        face(CurrentRequest.class, CurrentVertxRequest.class, () -> {
            var quarkus = new CurrentVertxRequest();
            var current = new CurrentRequest(quarkus);
            assertNull(current.get());
            var router = Router.router(vertx);
            router.route().handler(request -> {
                quarkus.setCurrent(request);
                request.end(String.valueOf(current.get() == request));
            });
            assertEquals(List.of("true"), answers(router, 1));
        });
    }

    @Test
    void aContextOfOnesOwnIsSafeForASession() {
        face(OwnContext.class, VertxContextSafetyToggle.class, () -> {
            var own = new CompletableFuture<Context>();
            OwnContext.run(vertx, () -> own.complete(Vertx.currentContext()));
            var context = own.get(30, TimeUnit.SECONDS);
            assertTrue(VertxContext.isDuplicatedContext(context), "nobody else is on it");
            assertTrue(VertxContextSafetyToggle.isExplicitlyMarkedAsSafe(context), "it is marked as safe");
            assertNotSame(context, VertxContext.getRootContext(context));
        });
    }

    /** A database that lets everybody in is enough for that. */
    @Test
    void aConnectionOfThePoolHasASocket() {
        face(SqlSocket.class, SocketConnectionBase.class, () -> {
            var server = get(vertx.createNetServer()
                    .connectHandler(
                            socket -> socket.handler(hello -> socket.write(Buffer.buffer(WELCOME, "ISO-8859-1"))))
                    .listen(0, "127.0.0.1"));
            var socket = new CompletableFuture<ChannelPipeline>();
            var pool = PgBuilder.pool()
                    .connectingTo(new PgConnectOptions()
                            .setHost("127.0.0.1")
                            .setPort(server.actualPort())
                            .setDatabase("points")
                            .setUser("points")
                            .setPassword(""))
                    .using(vertx)
                    .withConnectHandler(connection -> keep(connection, socket))
                    .build();
            get(pool.getConnection());
            var pipeline = socket.get(30, TimeUnit.SECONDS);
            assertTrue(pipeline.channel().isActive(), "the connection is open");
            assertEquals(
                    new InetSocketAddress("127.0.0.1", server.actualPort()),
                    pipeline.channel().remoteAddress());
            pipeline.addFirst("first", new ChannelOutboundHandlerAdapter());
            assertEquals("first", pipeline.names().get(0));
        });
    }

    private static void keep(SqlConnection connection, CompletableFuture<ChannelPipeline> socket) {
        try {
            socket.complete(SqlSocket.pipeline(connection));
        } catch (Throwable e) {
            socket.completeExceptionally(e);
        }
        connection.close();
    }

    @Test
    void aDecoderOfOursTakesThePlaceOfTheServers() {
        face(Http1Decoder.class, HttpServerConnection.class, () -> {
            var ours = new Counting();
            var wrong = new CompletableFuture<Void>();
            // Once the protocol is known, and before the first request is read, as for the service's connections.
            connected = connection -> {
                try {
                    var pipeline = ((HttpServerConnection) connection)
                            .channelHandlerContext()
                            .pipeline();
                    assertTrue(Http1Decoder.isPresent(pipeline), "the connection speaks HTTP/1.1");
                    // Netty's extension, which asks the same, may have been faster.
                    assertTrue(
                            Http1Decoder.isOfVertx(pipeline) || pipeline.get("httpDecoder") instanceof Http1Decoder,
                            "the decoder is Vert.x' own");
                    ours.takePlaceIn(pipeline, "answers", new ChannelOutboundHandlerAdapter());
                    assertSame(ours, pipeline.get("httpDecoder"));
                    assertFalse(Http1Decoder.isOfVertx(pipeline), "now it is ours");
                    assertTrue(
                            pipeline.names().indexOf("answers")
                                    > pipeline.names().indexOf("httpEncoder"),
                            "answers are handled before they are encoded");
                    wrong.complete(null);
                } catch (Throwable e) {
                    wrong.completeExceptionally(e);
                }
            };
            var answers = answers(request -> request.response().end("read " + ours.read), 3);
            wrong.get(30, TimeUnit.SECONDS);
            // The first request may have been read by the decoder before.
            int first = answers.get(0).equals("read 0") ? 0 : 1;
            assertEquals(List.of("read " + first, "read " + (first + 1), "read " + (first + 2)), answers);
            assertEquals(0, ours.unsent);
        });
    }

    private static final class Counting extends Http1Decoder {

        private volatile int read;
        private volatile long unsent = -1;

        Counting() {
            super(new HttpServerOptions());
        }

        @Override
        protected void decode(ChannelHandlerContext context, ByteBuf bytes, List<Object> out) throws Exception {
            unsent = unsentBytes(context.channel());
            int before = out.size();
            super.decode(context, bytes, out);
            read += (int) out.subList(before, out.size()).stream()
                    .filter(HttpMessage.class::isInstance)
                    .count();
        }
    }

    /** The bodies of the answers to requests over one connection, one after the other. */
    private List<String> answers(Handler<HttpServerRequest> handler, int requests) throws Exception {
        var server = get(vertx.createHttpServer()
                .connectionHandler(connection -> connected.handle(connection))
                .requestHandler(request -> {
                    try {
                        handler.handle(request);
                    } catch (Throwable e) {
                        request.response().setStatusCode(500).end(e.toString());
                    }
                })
                .listen(0, "127.0.0.1"));
        var client = vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(1));
        var answers = new CopyOnWriteArrayList<String>();
        for (int i = 0; i < requests; i++) {
            answers.add(get(client.request(HttpMethod.GET, server.actualPort(), "127.0.0.1", "/")
                            .compose(request -> request.send())
                            .compose(response -> response.body()))
                    .toString());
        }
        return answers;
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
