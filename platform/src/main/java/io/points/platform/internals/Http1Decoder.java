package io.points.platform.internals;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;

/** What reads the requests of a connection that speaks HTTP/1.1. Vert.x makes its own, and offers no setting for it. */
public abstract class Http1Decoder extends VertxHttpRequestDecoder {

    /** Names that Vert.x gives to its handlers. */
    private static final String DECODER = "httpDecoder";

    private static final String ENCODER = "httpEncoder";

    protected Http1Decoder(HttpServerOptions limits) {
        super(limits);
    }

    /** Whether Vert.x has seen that a connection speaks HTTP/1.1. */
    public static boolean isPresent(ChannelPipeline connection) {
        return connection.get(DECODER) != null;
    }

    /** Whether the decoder of a connection is Vert.x' own, and not yet one of ours. */
    public static boolean isOfVertx(ChannelPipeline connection) {
        return connection.get(DECODER) instanceof VertxHttpRequestDecoder decoder && !(decoder instanceof Http1Decoder);
    }

    /**
     * Takes the place of the decoder that a connection has.
     *
     * @param answers handles the answers that Vert.x sends there, before they are encoded
     */
    public void takePlaceIn(ChannelPipeline connection, String name, ChannelHandler answers) {
        connection.replace(DECODER, DECODER, this);
        connection.addAfter(ENCODER, name, answers);
    }

    /** Bytes of answers that a caller has not taken yet. */
    protected static long unsentBytes(Channel connection) {
        var answers = connection.unsafe().outboundBuffer();
        return answers == null ? 0 : answers.totalPendingWriteBytes();
    }
}
