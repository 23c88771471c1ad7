package io.points.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much memory processes hold, as the system counts it. */
final class Memory {
    private Memory() {}

    /**
     * Resident bytes of a process, and of its children what they do not share with it (PostgreSQL's server processes share
     * their buffers); 0 if it is gone.
     */
    static long resident(ProcessHandle process) {
        return field(process.pid(), "VmRSS:")
                + process.descendants()
                        .mapToLong(child -> field(child.pid(), "RssAnon:"))
                        .sum();
    }

    private static long field(long pid, String name) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                    .filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
