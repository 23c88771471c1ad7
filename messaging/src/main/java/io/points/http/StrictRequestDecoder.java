package io.points.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests of HTTP/1.1. Other than Vert.x' decoder it refuses a length beside chunks (RFC 9112, section 6.3: somebody in
 * front of us may see another end of the body), and gives up on a head that does not come to its end.
 */
final class StrictRequestDecoder extends VertxHttpRequestDecoder {

    /** From the first byte of a head to its end. */
    private static final long LONGEST_HEAD_SECONDS = 10;

    /** More than {@link RequestEntry} takes, so that what is a little too long is answered there. */
    private static final HttpServerOptions LIMITS =
            new HttpServerOptions().setMaxInitialLineLength(8 * 1024).setMaxHeaderSize(32 * 1024);

    /**
     * The body of a request that goes over to HTTP/2 is not held back while nobody reads it, as all others are, so here it
     * gets its end: a little more than any body may have.
     */
    private static final long LARGEST_UPGRADING_BODY = 2 * 1024 * 1024 + 64 * 1024;

    private static final ByteBuf TOO_SLOW =
            Unpooled.unreleasableBuffer(Unpooled.copiedBuffer(tooSlow(), StandardCharsets.UTF_8));

    private final Deque<HttpMethod> unanswered = new ArrayDeque<>();
    private @Nullable ScheduledFuture<?> headDeadline;
    private boolean betweenRequests = true;
    private boolean upgrading;
    private long bodyBytes;

    StrictRequestDecoder() {
        super(LIMITS);
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("Content-Length together with Transfer-Encoding");
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf bytes, List<Object> out) throws Exception {
        if (betweenRequests && headDeadline == null && bytes.isReadable()) {
            headDeadline = context.executor().schedule(() -> giveUp(context), LONGEST_HEAD_SECONDS, TimeUnit.SECONDS);
        }
        int before = out.size();
        super.decode(context, bytes, out);
        for (var decoded : out.subList(Math.min(before, out.size()), out.size())) {
            if (decoded instanceof HttpRequest request) {
                begin(request);
            }
            if (decoded instanceof HttpContent content) {
                bodyBytes += content.content().readableBytes();
            }
            if (decoded instanceof LastHttpContent) {
                betweenRequests = true;
            }
        }
        if (upgrading && bodyBytes > LARGEST_UPGRADING_BODY) {
            context.close();
        }
    }

    private void begin(HttpRequest request) {
        forgetDeadline();
        betweenRequests = false;
        bodyBytes = 0;
        upgrading = request.headers().contains(HttpHeaderNames.UPGRADE);
        unanswered.add(request.method());
    }

    /** The method of the request that is answered next. */
    @Nullable
    HttpMethod answered() {
        return unanswered.poll();
    }

    private void giveUp(ChannelHandlerContext context) {
        if (unanswered.isEmpty()) {
            context.writeAndFlush(TOO_SLOW.duplicate()).addListener(ChannelFutureListener.CLOSE);
        } else {
            context.close();
        }
    }

    private void forgetDeadline() {
        if (headDeadline != null) {
            headDeadline.cancel(false);
            headDeadline = null;
        }
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) throws Exception {
        forgetDeadline();
        super.handlerRemoved0(context);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        forgetDeadline();
        super.channelInactive(context);
    }

    private static String tooSlow() {
        var body = ErrorBodies.body(Problem.of(
                408,
                "request-too-slow",
                "The request did not arrive in time",
                "Its headers must be there within 10 s."));
        return "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Type: " + Problem.MEDIA_TYPE
                + "\r\nContent-Length: " + body.length + "\r\n\r\n" + new String(body, StandardCharsets.UTF_8);
    }
}
