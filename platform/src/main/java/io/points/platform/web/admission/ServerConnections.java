package io.points.platform.web.admission;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ServerChannel;
import io.points.platform.internals.Http1Decoder;

/**
 * Puts {@link StrictRequestDecoder} and {@link ErrorBodies} into every connection of the HTTP server that speaks HTTP/1.1. Vert.x
 * makes its own decoder when it has seen by which protocol a connection begins, and offers no setting for it.
 *
 * <p>Netty finds this class as a service, see {@link ServerSwitches}.
 */
public final class ServerConnections extends ChannelInitializerExtension {

    /** Bytes by which HTTP/2 begins (RFC 9113, section 3.4); fewer are enough to tell that it is HTTP/1.1. */
    private static final int PREFACE = 24;

    private static volatile boolean inPlace;

    /** Whether a server of this process listens with it. */
    static boolean areInPlace() {
        return inPlace;
    }

    @Override
    public void postInitializeServerListenerChannel(ServerChannel listener) {
        inPlace = true;
    }

    @Override
    public void postInitializeServerChildChannel(Channel connection) {
        connection.pipeline().addFirst(new FirstBytes());
    }

    /**
     * Hands the first bytes on one by one, so that it can step in between the choice of the protocol and the first request: no
     * request is as short as that.
     */
    private static final class FirstBytes extends ChannelInboundHandlerAdapter {

        private int handedOn;

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof ByteBuf bytes) {
                while (bytes.isReadable() && handedOn < PREFACE && !isHttp1(context)) {
                    handedOn++;
                    context.fireChannelRead(bytes.readRetainedSlice(1));
                }
                if (isHttp1(context)) {
                    replaceDecoder(context);
                }
                if (isHttp1(context) || handedOn == PREFACE) {
                    context.pipeline().remove(this);
                }
            }
            context.fireChannelRead(message);
        }

        private static boolean isHttp1(ChannelHandlerContext context) {
            return Http1Decoder.isPresent(context.pipeline());
        }

        private static void replaceDecoder(ChannelHandlerContext context) {
            if (Http1Decoder.isOfVertx(context.pipeline())) {
                var decoder = new StrictRequestDecoder();
                decoder.takePlaceIn(context.pipeline(), "errorBodies", new ErrorBodies(decoder));
            }
        }
    }
}
