package io.points.database;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.SqlConnectionInternal;

/**
 * Closes a connection on which nothing has come for too long; whatever waits on it fails, and is tried again on another
 * one. A network that swallows what is sent would keep the connection for ever else and, one by one, the whole pool.
 * Idle connections go the same way, at the price of a new one.
 *
 * <p>The driver's own read time-out does not do: it says goodbye to the server first and waits for its answer. This one
 * stands before the driver in the pipeline, and so closes the socket itself.
 */
final class Silence extends IdleStateHandler {

    /** Longer than any statement of ours takes, shorter than the server's limit for a transaction. */
    private static final int LONGEST_SECONDS = 10;

    private Silence() {
        super(LONGEST_SECONDS, 0, 0);
    }

    /** Watches over a new connection, and gives it to the pool. */
    static void watch(SqlConnection connection) {
        var inner = ((SqlConnectionInternal) connection).unwrap();
        while (inner.unwrap() != inner) {
            inner = inner.unwrap();
        }
        ((SocketConnectionBase) inner)
                .socket()
                .channelHandlerContext()
                .pipeline()
                .addFirst("silence", new Silence());
        connection.close();
    }

    @Override
    protected void channelIdle(ChannelHandlerContext context, IdleStateEvent event) {
        context.close();
    }
}
