package io.points.platform.web.admission;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Settings;
import io.points.platform.internals.Http1Decoder;
import io.points.platform.web.problem.Problem;
import io.vertx.core.http.HttpServerOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests of HTTP/1.1. Other than Vert.x' decoder it refuses what somebody in front of us may read otherwise, and ends the
 * connection with that; it gives up on a head that does not come to its end, and on callers who ask and do not read.
 */
final class StrictRequestDecoder extends Http1Decoder {

    /** From the first byte of a head to its end. */
    private static final long LONGEST_HEAD_SECONDS = 10;

    /** More than {@link RequestEntry} takes, so that what is a little too long is answered there. */
    private static final HttpServerOptions LIMITS =
            new HttpServerOptions().setMaxInitialLineLength(8 * 1024).setMaxHeaderSize(32 * 1024);

    /** Unlike all others, the body of a request that upgrades to HTTP/2 is not held back until it is read. */
    private static final int LARGEST_UPGRADING_BODY = 64 * 1024;

    /** Requests of one connection that wait for their answers; the server reads on whatever there are. */
    private static final int MOST_UNANSWERED = 100;

    /** Bytes of answers that a caller has not taken when the next request comes. */
    private static final long MOST_UNREAD = 1 << 20;

    private static final ByteBuf TOO_SLOW =
            Unpooled.unreleasableBuffer(Unpooled.copiedBuffer(tooSlow(), StandardCharsets.UTF_8));

    private final Deque<HttpMethod> unanswered = new ArrayDeque<>();
    private @Nullable ScheduledFuture<?> headDeadline;
    private boolean betweenRequests = true;

    StrictRequestDecoder() {
        super(LIMITS);
    }

    /** Here all headers are known, and what is thrown makes the message an invalid one, after which nothing more is read. */
    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage message) {
        if (message != null && isAmbiguous(message)) {
            throw new IllegalArgumentException("The host of the request or the end of its body is ambiguous");
        }
        return super.isContentAlwaysEmpty(message);
    }

    /** RFC 9112, sections 3.2, 6.1 and 6.3. */
    private static boolean isAmbiguous(HttpMessage message) {
        var headers = message.headers();
        boolean isOld = !message.protocolVersion().equals(HttpVersion.HTTP_1_1);
        int hosts = headers.getAll(HttpHeaderNames.HOST).size();
        var lengths = headers.getAll(HttpHeaderNames.CONTENT_LENGTH);
        var codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        return hosts > 1
                || hosts == 0 && !isOld
                || lengths.size() > 1
                || !lengths.isEmpty() && !isNumber(lengths.get(0))
                || !codings.isEmpty()
                        && (isOld
                                || !lengths.isEmpty()
                                || codings.size() > 1
                                || !codings.get(0).strip().equalsIgnoreCase("chunked"));
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() < 19 && text.chars().allMatch(c -> c >= '0' && c <= '9');
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
                begin(context, request);
            }
            if (decoded instanceof LastHttpContent) {
                betweenRequests = true;
            }
        }
    }

    private void begin(ChannelHandlerContext context, HttpRequest request) {
        forgetDeadline();
        betweenRequests = false;
        if (request.decoderResult().isFailure() || !canUpgrade(request)) {
            request.headers().remove(HttpHeaderNames.UPGRADE);
        }
        if (unanswered.size() >= MOST_UNANSWERED || unsentBytes(context.channel()) > MOST_UNREAD) {
            context.close();
        }
        unanswered.add(request.method());
    }

    /**
     * Whether Vert.x would go over to HTTP/2. A request that it must not, or whose body may be large, is answered as it came, as
     * RFC 9110, section 7.8, allows: Vert.x would refuse it, and go on to take its body and never give back the memory.
     */
    private static boolean canUpgrade(HttpRequest request) {
        var headers = request.headers();
        var connection = headers.get(HttpHeaderNames.CONNECTION, "").toLowerCase(Locale.ROOT);
        var named = List.of(connection.replace(" ", "").split(","));
        return !headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
                && HttpUtil.getContentLength(request, 0) <= LARGEST_UPGRADING_BODY
                && named.containsAll(List.of("upgrade", "http2-settings"))
                && areSettings(headers.get(Http2CodecUtil.HTTP_UPGRADE_SETTINGS_HEADER));
    }

    /** RFC 7540, section 3.2.1: pairs of two and four bytes, in letters. */
    private static boolean areSettings(@Nullable String text) {
        try {
            var pairs = text == null
                    ? null
                    : Unpooled.wrappedBuffer(Base64.getUrlDecoder().decode(text));
            if (pairs == null || pairs.readableBytes() % 6 != 0) {
                return false;
            }
            var settings = new Http2Settings();
            while (pairs.isReadable()) {
                settings.put((char) pairs.readUnsignedShort(), Long.valueOf(pairs.readUnsignedInt()));
            }
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
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
                "The request was not processed. Its headers must arrive within 10 s."));
        return "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Type: " + Problem.MEDIA_TYPE
                + "\r\nContent-Length: " + body.length + "\r\n\r\n" + new String(body, StandardCharsets.UTF_8);
    }
}
