package io.points.platform.persistence;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IdleConnectionReaperTest {

    private static final Duration SHORT = Duration.ofMillis(100);
    /** Far more often than {@link #SHORT}. */
    private static final Duration OFTEN = Duration.ofMillis(5);

    private static final Duration NEVER = Duration.ofHours(1);

    private EmbeddedChannel connection = new EmbeddedChannel();

    @AfterEach
    void close() {
        connection.finishAndReleaseAll();
    }

    @Test
    void aQuestionThatIsNotAnsweredClosesIt() {
        watch(SHORT, NEVER);
        connection.writeOutbound("select 1");
        awaitClosed();
    }

    @Test
    void aSecondQuestionDoesNotGiveTheFirstMoreTime() {
        watch(SHORT, NEVER);
        connection.writeOutbound("select 1");
        await().pollInterval(OFTEN).atMost(Duration.ofSeconds(10)).until(() -> {
            connection.write("select 2");
            connection.runScheduledPendingTasks();
            return !connection.isOpen();
        });
    }

    @Test
    void anAnswerKeepsItUntilNothingWasHeardForLonger() {
        watch(SHORT, SHORT.multipliedBy(6));
        long began = System.nanoTime();
        connection.writeOutbound("select 1");
        connection.writeInbound("1");
        awaitClosed();
        var open = Duration.ofNanos(System.nanoTime() - began);
        assertTrue(open.compareTo(SHORT.multipliedBy(6)) >= 0, "it was open for " + open);
    }

    @Test
    void whatIsAnsweredAgainAndAgainStaysOpen() {
        watch(SHORT, NEVER);
        long end = System.nanoTime() + SHORT.multipliedBy(5).toNanos();
        await().pollInterval(OFTEN).atMost(Duration.ofSeconds(10)).until(() -> {
            connection.write("select 1");
            connection.writeInbound("1");
            connection.runScheduledPendingTasks();
            return System.nanoTime() > end;
        });
        assertTrue(connection.isOpen());
    }

    private void watch(Duration longestAnswer, Duration longestRest) {
        connection = new EmbeddedChannel(new IdleConnectionReaper(longestAnswer, longestRest));
    }

    private void awaitClosed() {
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            connection.runScheduledPendingTasks();
            return !connection.isOpen();
        });
    }
}
