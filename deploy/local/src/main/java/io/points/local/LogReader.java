package io.points.local;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a growing file line by line, each line once and only when it is whole. */
final class LogReader {
    private final Path file;
    private long position;

    LogReader(Path file) {
        this.file = file;
    }

    void copyTo(Terminal terminal) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        if (Files.size(file) < position) {
            position = 0;
        }
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
            open.seek(position);
            byte[] buffer = new byte[1 << 16];
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int length = open.read(buffer); length > 0; length = open.read(buffer)) {
                for (int i = 0; i < length; i++) {
                    if (buffer[i] == '\n') {
                        position += line.size() + 1;
                        terminal.line(line.toString(StandardCharsets.UTF_8));
                        line.reset();
                    } else {
                        line.write(buffer[i]);
                    }
                }
            }
        }
    }
}
