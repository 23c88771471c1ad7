package io.points.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with a command, its arguments or its data: a sentence, never a stack trace. */
class LauncherFaultsTest {
    private static final String UNREACHABLE = "127.0.0.1:1";

    @TempDir
    Path folder;

    private record Ended(int code, String said) {}

    private static Ended run(String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream capture = new PrintStream(said, true, StandardCharsets.UTF_8);
        System.setOut(capture);
        System.setErr(capture);
        try {
            int code = Main.run(arguments);
            return new Ended(code, said.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    private void assertSentence(Ended ended, int code, String... parts) {
        assertEquals(code, ended.code(), ended.said());
        assertFalse(ended.said().contains("\tat "), ended.said());
        assertFalse(ended.said().contains("Exception"), ended.said());
        for (String part : parts) {
            assertTrue(ended.said().contains(part), () -> part + " is not in: " + ended.said());
        }
    }

    @ParameterizedTest
    @MethodSource
    void aBadArgumentIsNamed(List<String> arguments, int code, String part) {
        assertSentence(run(arguments.toArray(String[]::new)), code, part);
    }

    static Stream<Arguments> aBadArgumentIsNamed() {
        return Stream.of(
                Arguments.of(List.of("up", "--port-base", "abc"), 2, "abc"),
                Arguments.of(List.of("up", "--port-base", "80"), 1, "between 1024 and 65000"),
                Arguments.of(List.of("up", "--port-base", "99999999999"), 2, "99999999999"),
                Arguments.of(List.of("up", "--data"), 2, "--data"),
                Arguments.of(List.of("up", "--data", " "), 1, "--data names no folder"),
                Arguments.of(List.of("up", "--nonsense"), 2, "--nonsense"),
                Arguments.of(List.of("up", "too", "many"), 2, "too"),
                Arguments.of(List.of("token"), 2, "USER"),
                Arguments.of(List.of("logs"), 2, "NAME"),
                Arguments.of(List.of("dlq", "nonsense"), 2, "nonsense"),
                Arguments.of(List.of("dlq", "show", "no.such.queue"), 1, "There is no queue"),
                Arguments.of(List.of("dlq", "show", "x", "--limit", "many"), 2, "many"),
                Arguments.of(List.of("dlq", "list", "--kafka", "/no/such/file"), 1, "/no/such/file"));
    }

    @ParameterizedTest
    @MethodSource
    void withoutAStackEachCommandSaysHowToStartOne(List<String> arguments) {
        String data = folder.resolve("o'brien's stack").toString();
        List<String> all =
                Stream.concat(arguments.stream(), Stream.of("--data", data)).toList();
        assertSentence(
                run(all.toArray(String[]::new)),
                1,
                "Points is not running here",
                "up --data '" + data.replace("'", "'\\''") + "'");
        assertFalse(Files.exists(Path.of(data)));
    }

    static Stream<List<String>> withoutAStackEachCommandSaysHowToStartOne() {
        return Stream.of(List.of("status"), List.of("token", "admin"), List.of("dlq", "list"));
    }

    @ParameterizedTest
    @MethodSource
    void aFolderThatCannotBeUsedIsNamed(String data) throws IOException {
        Files.writeString(folder.resolve("file"), "");
        String path = data.replace("FOLDER", folder.toString());
        assertSentence(run("up", "--data", path), 1, "cannot be kept in", "--data");
        assertSentence(run("up", "--detach", "--data", path), 1, "cannot be kept in", "--data");
    }

    static Stream<String> aFolderThatCannotBeUsedIsNamed() {
        return Stream.of("FOLDER/file", "FOLDER/file/below", "/proc/points");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:b", "a;b", "a%20b", "a\\b", "a#b", "a?b", "a*b", "a!b", "a\"b", "a${b}", "a|b", "a\nb"})
    void aFolderWhoseNameMeansSomethingElseIsRefusedBeforeAnythingStarts(String name) {
        Path data = folder.resolve(name);
        assertSentence(run("up", "--data", data.toString()), 1, "cannot be kept in", "for something else");
        assertFalse(Files.exists(data));
    }

    @Test
    void aStartOnATakenPortLeavesNothingBehind() throws IOException {
        Ports ports = Ports.free();
        Path data = folder.resolve("new/data");
        try (ServerSocket taken = new ServerSocket(ports.kafka(), 1, InetAddress.getByName(Ports.HOST))) {
            String base = Integer.toString(ports.base());
            Ended ended = run("up", "--data", data.toString(), "--port-base", base);
            assertSentence(ended, 1, "Port " + taken.getLocalPort() + " for kafka is taken", "--port-base");
            assertFalse(Files.exists(data.getParent()), "the folders that the start has made");

            ended = run("up", "--detach", "--data", data.toString(), "--port-base", base);
            assertSentence(ended, 1, "Port " + taken.getLocalPort() + " for kafka is taken", "did not come up");
            assertFalse(ended.said().contains("stays in"), ended.said());
            assertFalse(Files.exists(data.getParent()), "the folders that the start in the background has made");
        }
    }

    @Test
    void aFolderThatWasThereBeforeAFailedStartStays() throws IOException {
        Ports ports = Ports.free();
        Path data = Files.createDirectory(folder.resolve("mine"));
        try (ServerSocket taken = new ServerSocket(ports.postgres(), 1, InetAddress.getByName(Ports.HOST))) {
            assertTrue(taken.isBound());
            assertEquals(
                    1,
                    run("up", "--data", data.toString(), "--port-base", Integer.toString(ports.base()))
                            .code());
        }
        assertTrue(Files.isDirectory(data));
    }

    @Test
    void aFolderInWhichSomethingElseIsIsRefusedAndKept() throws IOException {
        Path thesis = Files.writeString(folder.resolve("thesis.txt"), "years of work");
        for (String[] arguments : List.of(new String[] {}, new String[] {"--detach"})) {
            String[] all = Stream.concat(Stream.of("up", "--data", folder.toString()), Stream.of(arguments))
                    .toArray(String[]::new);
            assertSentence(run(all), 1, "something else is in it", "--data");
        }
        assertSentence(run("reset", "--data", folder.toString()), 1, "was never used by Points");
        assertTrue(Files.exists(thesis));
    }

    @Test
    void whatSomebodyPutsAboveANewFolderMeanwhileStays() throws IOException {
        NewFolder made = NewFolder.at(folder.resolve("a/b/c"));
        Files.writeString(folder.resolve("a/mine"), "");
        Files.writeString(folder.resolve("a/b/c/stack.lock"), "");
        made.removeIfUnused();
        assertFalse(Files.exists(folder.resolve("a/b")));
        assertTrue(Files.exists(folder.resolve("a/mine")));
    }

    @Test
    void besideARunningStackUpSaysSinceWhenWhereAndHowItIsStopped() throws IOException {
        new RunRecord(RunRecord.Recorded.of(ProcessHandle.current()), 23400, true, List.of()).writeTo(folder);
        Path log = Files.writeString(folder.resolve("supervisor.log"), "of the one that runs\n");
        for (String[] arguments : List.of(new String[] {}, new String[] {"--detach"})) {
            String[] all = Stream.concat(Stream.of("up", "--data", folder.toString()), Stream.of(arguments))
                    .toArray(String[]::new);
            assertSentence(
                    run(all),
                    1,
                    "runs here already, since 20",
                    "process " + ProcessHandle.current().pid(),
                    "23481 to 23484",
                    "down --data " + folder);
        }
        assertEquals("of the one that runs\n", Files.readString(log));
        assertFalse(Files.exists(folder.resolve("supervisor.1.log")));
    }

    @ParameterizedTest
    @MethodSource
    void damagedDataIsNamed(String file, List<String> arguments) throws IOException {
        Files.writeString(folder.resolve(file), "{ \\u00zz \u0000 not what it was");
        List<String> all = Stream.concat(arguments.stream(), Stream.of("--data", folder.toString()))
                .toList();
        assertSentence(run(all.toArray(String[]::new)), 1, folder.resolve(file).toString());
    }

    static Stream<Arguments> damagedDataIsNamed() {
        return Stream.of(
                Arguments.of("run.json", List.of("status")),
                Arguments.of("run.json", List.of("down")),
                Arguments.of("run.json", List.of("token", "admin")),
                Arguments.of("run.json", List.of("up", "--detach")));
    }

    @ParameterizedTest
    @MethodSource
    void aKafkaThatCannotBeAskedIsNamed(String settings, String part) throws IOException {
        Path file = Files.writeString(folder.resolve("client.properties"), settings);
        assertSentence(run("dlq", "list", "--kafka", file.toString()), 1, part);
    }

    static Stream<Arguments> aKafkaThatCannotBeAskedIsNamed() {
        return Stream.of(
                Arguments.of("", "bootstrap.servers is missing"),
                Arguments.of("bootstrap.servers=\\u00zz", "no file of Java properties"),
                Arguments.of("bootstrap.servers=nothing", "nothing"),
                Arguments.of("bootstrap.servers=no.such.host.invalid:9092", "no.such.host.invalid"),
                Arguments.of("bootstrap.servers=" + UNREACHABLE + "\nsecurity.protocol=NONSENSE", "NONSENSE"),
                Arguments.of(
                        "bootstrap.servers=" + UNREACHABLE + "\ndefault.api.timeout.ms=1000\nrequest.timeout.ms=500",
                        UNREACHABLE));
    }
}
