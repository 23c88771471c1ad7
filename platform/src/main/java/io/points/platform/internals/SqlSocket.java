package io.points.platform.internals;

import io.netty.channel.ChannelPipeline;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.SqlConnectionInternal;

/** The socket of a connection to the database. */
public final class SqlSocket {

    private SqlSocket() {}

    /** All that handles what comes and goes on it, the driver too. */
    public static ChannelPipeline pipeline(SqlConnection connection) {
        var inner = ((SqlConnectionInternal) connection).unwrap();
        while (inner.unwrap() != inner) {
            inner = inner.unwrap();
        }
        return ((SocketConnectionBase) inner).socket().channelHandlerContext().pipeline();
    }
}
