package io.points.platform.web.admission;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.Problems;

/**
 * Gives a problem document to errors that the HTTP server answers by itself, before any code of ours and without a body: what
 * is not HTTP, lines and headers without an end, and so on.
 */
final class ErrorBodies extends ChannelOutboundHandlerAdapter {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final StrictRequestDecoder requests;
    private boolean isHead;

    ErrorBodies(StrictRequestDecoder requests) {
        this.requests = requests;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof HttpResponse response
                && response.status().codeClass() != HttpStatusClass.INFORMATIONAL
                && requests.answered() == HttpMethod.HEAD) {
            isHead = true;
        }
        context.write(isBare(message) && !isHead ? withBody((FullHttpResponse) message) : message, promise);
        if (message instanceof LastHttpContent) {
            isHead = false;
        }
    }

    private static boolean isBare(Object message) {
        return message instanceof FullHttpResponse response
                && response.status().code() >= 400
                && !response.content().isReadable()
                && !response.headers().contains(HttpHeaderNames.CONTENT_TYPE);
    }

    private static FullHttpResponse withBody(FullHttpResponse bare) {
        var body = body(Problems.ofStatus(bare.status().code(), null));
        var answer = new DefaultFullHttpResponse(bare.protocolVersion(), bare.status(), Unpooled.wrappedBuffer(body));
        bare.headers().forEach(header -> answer.headers().add(header.getKey(), header.getValue()));
        answer.headers().set(HttpHeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE);
        answer.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.length);
        bare.release();
        return answer;
    }

    static byte[] body(Problem problem) {
        try {
            return JSON.writeValueAsBytes(problem);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A problem could not be serialised", e);
        }
    }
}
