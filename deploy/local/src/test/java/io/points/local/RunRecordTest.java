package io.points.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRecordTest {
    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsFoundUntilItIsRemoved() {
        RunRecord.Recorded self = RunRecord.Recorded.of(ProcessHandle.current());
        RunRecord record =
                new RunRecord(self, 18000, true, List.of(new RunRecord.Part("kafka", self, 18092, 5000, "kafka.log")));

        assertEquals(Optional.empty(), RunRecord.in(folder));
        record.writeTo(folder);
        assertEquals(Optional.of(record), RunRecord.in(folder));
        assertEquals(Optional.of(record), RunRecord.runningIn(folder));
        RunRecord.removeFrom(folder);
        assertEquals(Optional.empty(), RunRecord.in(folder));
    }

    @Test
    void aLaterProcessWithTheSameNumberIsAnother() {
        RunRecord.Recorded self = RunRecord.Recorded.of(ProcessHandle.current());
        assertTrue(self.find().isPresent());
        assertFalse(new RunRecord.Recorded(self.pid(), self.startedAt() - 60_000)
                .find()
                .isPresent());
    }

    @Test
    void whatASupervisorStillWatchesOverIsNotLeftOver() throws IOException {
        Process part = new ProcessBuilder("sleep", "600").start();
        try {
            RunRecord.Recorded self = RunRecord.Recorded.of(ProcessHandle.current());
            RunRecord.Recorded running = RunRecord.Recorded.of(part.toHandle());
            RunRecord record =
                    new RunRecord(self, 18000, true, List.of(new RunRecord.Part("kafka", running, 2, 1, "y")));
            record.writeTo(folder);

            Orphans.end(folder, new Terminal(new PrintStream(OutputStream.nullOutputStream())));

            assertTrue(part.isAlive());
            assertEquals(Optional.of(record), RunRecord.in(folder));
        } finally {
            part.destroyForcibly();
        }
    }

    @Test
    void onlyTheRecordedProcessIsEnded() throws IOException {
        Process stranger = new ProcessBuilder("sleep", "600").start();
        Process orphan = new ProcessBuilder("sleep", "600").start();
        try {
            RunRecord.Recorded earlier = new RunRecord.Recorded(
                    stranger.pid(), RunRecord.Recorded.of(stranger.toHandle()).startedAt() - 60_000);
            RunRecord.Recorded ours = RunRecord.Recorded.of(orphan.toHandle());
            new RunRecord(
                            earlier,
                            18000,
                            true,
                            List.of(
                                    new RunRecord.Part("audit-service", earlier, 1, 1, "x"),
                                    new RunRecord.Part("kafka", ours, 2, 1, "y")))
                    .writeTo(folder);

            Orphans.end(folder, new Terminal(new PrintStream(OutputStream.nullOutputStream())));

            assertTrue(stranger.isAlive());
            assertFalse(orphan.isAlive());
            assertEquals(Optional.empty(), RunRecord.in(folder));
        } finally {
            stranger.destroyForcibly();
            orphan.destroyForcibly();
        }
    }
}
