package io.points.platform.persistence;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.points.platform.internals.SqlSocket;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection that does not respond; work that waits on it fails, and is retried on another one. A network that
 * swallows what is sent would keep the connection for ever else and, one by one, the whole pool. A connection that is not
 * used may stay for longer, for a new one costs both sides several milliseconds; it goes in the end, and with it one that
 * fell silent in the middle of an answer.
 *
 * <p>The driver's own read time-out does not do: it says goodbye to the server first and waits for its answer. This one
 * stands before the driver in the pipeline, and so closes the socket itself.
 */
final class IdleConnectionReaper extends IdleStateHandler {

    /** Longer than any statement of ours takes, shorter than the server's limit for a transaction. */
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(10);

    private static final Duration LONGEST_REST = Duration.ofMinutes(1);

    /** So often within the time for an answer it is looked at. */
    private static final int LOOKS = 10;

    private final Duration longestAnswer;
    private final Duration longestRest;
    private long heardAt = System.nanoTime();

    /** Whether something was sent after the last that came. */
    private boolean asked;

    private long askedAt;

    IdleConnectionReaper(Duration longestAnswer, Duration longestRest) {
        super(longestAnswer.toNanos() / LOOKS, 0, 0, TimeUnit.NANOSECONDS);
        this.longestAnswer = longestAnswer;
        this.longestRest = longestRest;
    }

    /** Watches over a new connection, and gives it to the pool. */
    static void watch(SqlConnection connection) {
        SqlSocket.pipeline(connection).addFirst("silence", new IdleConnectionReaper(LONGEST_ANSWER, LONGEST_REST));
        connection.close();
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (!asked) {
            asked = true;
            askedAt = System.nanoTime();
        }
        super.write(context, message, promise);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        asked = false;
        heardAt = System.nanoTime();
        super.channelRead(context, message);
    }

    /** Fires repeatedly while nothing is received. */
    @Override
    protected void channelIdle(ChannelHandlerContext context, IdleStateEvent event) {
        if (asked && isOver(askedAt, longestAnswer) || isOver(heardAt, longestRest)) {
            context.close();
        }
    }

    private static boolean isOver(long since, Duration limit) {
        return System.nanoTime() - since >= limit.toNanos();
    }
}
