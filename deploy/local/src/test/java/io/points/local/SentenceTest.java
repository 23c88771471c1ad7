package io.points.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SentenceTest {

    @ParameterizedTest
    @MethodSource
    void saysWhatIsWrong(Throwable fault, String sentence) {
        assertEquals(sentence, Sentence.of(fault));
    }

    static Stream<Arguments> saysWhatIsWrong() {
        IOException full = new FileSystemException("/data/run.json", null, "No space left on device");
        return Stream.of(
                Arguments.of(new CannotStartException("Port 1 is taken."), "Port 1 is taken."),
                Arguments.of(full, "/data/run.json: No space left on device"),
                Arguments.of(new UncheckedIOException(full), "/data/run.json: No space left on device"),
                Arguments.of(
                        new CompletionException(new UncheckedIOException(full)),
                        "/data/run.json: No space left on device"),
                Arguments.of(new AccessDeniedException("/a"), "/a: this user may not (permission denied)"),
                Arguments.of(new NoSuchFileException("/a"), "/a: there is no such file or folder"),
                Arguments.of(new FileAlreadyExistsException("/a"), "/a: a file stands where a folder has to be"),
                Arguments.of(
                        new IllegalStateException("201 was expected, and came 503"), "201 was expected, and came 503"),
                Arguments.of(new IllegalStateException(new IOException("Connection refused")), "Connection refused"),
                Arguments.of(
                        new KafkaException("Failed to construct consumer", new ConfigException("no bootstrap urls")),
                        "Kafka did not do it: Failed to construct consumer; no bootstrap urls"),
                Arguments.of(
                        new OutOfMemoryError("Java heap space"),
                        "There is not enough memory for this: Java heap space"));
    }

    @Test
    void whatNobodyForesawIsKeptWithItsTraceAndToldWithout() throws IOException {
        String sentence = Sentence.of(new NullPointerException("it is null"));
        assertTrue(sentence.contains("it is null") && sentence.contains("failure.log"), sentence);
        assertFalse(sentence.contains("\tat "), sentence);
        assertTrue(Files.readString(Repository.state().resolve("failure.log")).contains("\tat "));
    }
}
