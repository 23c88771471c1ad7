package io.points.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The script {@code points}, on a built project whose Java only tells how it was called. */
class ScriptTest {
    private static final String TELLING_JAVA = """
            #!/bin/sh
            if [ "$1" = -version ]; then echo 'openjdk version "17.0.1"' >&2; exit; fi
            for argument; do echo "argument $argument"; done
            env | sed 's/^/environment /'
            """;

    @TempDir
    Path temporary;

    private Path tools;
    private final Map<String, String> environment = new HashMap<>();

    private record Ended(int code, String said) {}

    @BeforeEach
    void makeTools() throws IOException {
        tools = Files.createDirectories(temporary.resolve("jdk/bin"));
        program("java", TELLING_JAVA);
        program("javac", "#!/bin/sh\n");
        environment.put("JAVA_HOME", tools.getParent().toString());
    }

    private void program(String name, String text) throws IOException {
        Files.writeString(tools.resolve(name), text);
        Files.setPosixFilePermissions(tools.resolve(name), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** A project in a folder of that name, as a build leaves it. */
    private Path project(String name) throws IOException {
        Path root = Files.createDirectories(temporary.resolve(name));
        Files.copy(Repository.root().resolve("points"), root.resolve("points"));
        Path main = root.resolve("deploy/local/target/classes/io/points/local/Main.class");
        Files.createDirectories(main.getParent());
        Files.createFile(main);
        Path lib = Files.createDirectories(root.resolve("deploy/local/target/lib"));
        for (String jar : List.of("picocli-4.jar", "jackson-databind-2.jar", "kafka-clients-4.jar")) {
            Files.createFile(lib.resolve(jar));
        }
        return root;
    }

    private Ended run(Path script, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(temporary.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.onExit().join().exitValue(), said);
    }

    private static void assertRuns(Ended ended, Path root) {
        assertEquals(0, ended.code(), ended.said());
        assertTrue(ended.said().contains("argument -Dpoints.root=" + root + "\n"), ended.said());
    }

    private static void assertOneSentence(Ended ended, String part) {
        assertEquals(1, ended.code(), ended.said());
        assertEquals(1, ended.said().lines().count(), ended.said());
        assertTrue(ended.said().startsWith("points: ") && ended.said().contains(part), ended.said());
    }

    @Test
    void throughLinksItFindsTheProject() throws IOException {
        Path root = project("project");
        Path bin = Files.createDirectories(temporary.resolve("home/bin"));
        Path relative = Files.createSymbolicLink(bin.resolve("relative"), Path.of("../../project/points"));
        Path chain = Files.createSymbolicLink(bin.resolve("chain"), Path.of("relative"));
        Path folder = Files.createSymbolicLink(temporary.resolve("folder"), root);
        for (Path link : List.of(relative, chain, folder.resolve("points"))) {
            assertRuns(run(link, "status"), root);
        }
    }

    @Test
    void aLinkToItselfIsASentence() throws IOException {
        Path root = project("project");
        Path loop = temporary.resolve("loop");
        Files.createSymbolicLink(loop, Path.of("loop"));
        List<String> lines = Files.readAllLines(root.resolve("points"));
        // Run as what it is not: the system would not start a link to itself.
        Path shell = Files.writeString(temporary.resolve("shell"), "");
        Process process = new ProcessBuilder("sh", "-c", String.join("\n", lines), loop.toString(), "status")
                .redirectErrorStream(true)
                .redirectInput(shell.toFile())
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertOneSentence(new Ended(process.onExit().join().exitValue(), said), "leads to itself");
    }

    @ParameterizedTest
    @ValueSource(strings = {"with blank", "comma,", "Größe", "o'brien", "a&b", "a@b", "~a", "(a)", "a=b"})
    void aFolderOfThatNameWorks(String name) throws IOException {
        Path root = project(name);
        assertRuns(run(root.resolve("points"), "status"), root);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a+b", "a%20b", "a:b", "a;b", "a\\b", "a#b", "a?b", "a*b", "a!b", "a\"b", "a${b}", "a|b", "a[b]"
            })
    void aFolderOfThatNameIsRefusedBeforeAnythingStarts(String name) throws IOException {
        Path root = project(name);
        assertOneSentence(run(root.resolve("points"), "up"), "move Points to another folder");
        assertFalse(Files.exists(root.resolve(".points")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Darwin | arm64 | Darwin: use a Linux machine, or Docker",
                "FreeBSD | amd64 | FreeBSD: use a Linux machine, or Docker",
                "Linux | armv7l | this is armv7l",
                "Linux | riscv64 | this is riscv64"
            })
    void anotherMachineIsASentence(String system, String machine, String part) throws IOException {
        Path root = project("project");
        program("uname", "#!/bin/sh\n[ \"$1\" = -m ] && echo " + machine + " || echo " + system + "\n");
        environment.put("PATH", tools + ":" + System.getenv("PATH"));
        assertOneSentence(run(root.resolve("points"), "up"), part);
    }

    @Test
    void withoutAJavaThatCanBuildItIsASentence() throws IOException {
        Path root = project("project");
        program("java", TELLING_JAVA.replace("17.0.1", "11.0.2"));
        assertOneSentence(run(root.resolve("points"), "up"), "Java 11 is too old");
        environment.put("JAVA_HOME", temporary.toString());
        assertOneSentence(run(root.resolve("points"), "up"), "there is no Java in it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "KC_DB",
                "KAFKA_OPTS",
                "PGHOST",
                "QUARKUS_HTTP_PORT",
                "MP_X",
                "JAVA_TOOL_OPTIONS",
                "_JAVA_OPTIONS",
                "JDK_JAVA_OPTIONS",
                "CLASSPATH"
            })
    void settingsOfTheShellEndHere(String name) throws IOException {
        Path root = project("project");
        environment.put(name, "-Duser.language=ar");
        Ended ended = run(root.resolve("points"), "status");
        assertRuns(ended, root);
        assertFalse(ended.said().contains("environment " + name + "="), ended.said());
        assertTrue(ended.said().contains("environment LC_ALL=C.UTF-8"), ended.said());
    }

    @ParameterizedTest
    @ValueSource(strings = {"foo", "--version", "statsu", "up\nreset"})
    void anUnknownCommandIsSaidWithAllThatThereAre(String command) throws IOException {
        Path root = project("project");
        Ended ended = run(root.resolve("points"), command);
        assertEquals(2, ended.code());
        assertTrue(ended.said().startsWith("points: there is no command " + command + ".\n"), ended.said());
        assertTrue(ended.said().endsWith(run(root.resolve("points"), "--help").said()), ended.said());
    }

    @Test
    void ofTwoAtOnceOneBuildsAndTheOtherWaits() throws IOException {
        Path root = project("project");
        makeBuilt(root);
        program("mvn", """
                #!/bin/sh
                mkdir building || echo overlap >>builds
                echo built >>builds
                sleep 1
                for module in allocation-service distribution-service billing-service audit-service console; do
                  mkdir -p $module/target/quarkus-app
                  : >$module/target/quarkus-app/quarkus-run.jar
                done
                rmdir building
                """);
        environment.put("PATH", tools + ":" + System.getenv("PATH"));
        List<Process> both = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            ProcessBuilder builder = new ProcessBuilder(root.resolve("points").toString(), "up")
                    .redirectOutput(temporary.resolve("said" + i).toFile())
                    .redirectErrorStream(true);
            builder.environment().putAll(environment);
            both.add(builder.start());
        }
        for (int i = 0; i < 2; i++) {
            int code = both.get(i).onExit().join().exitValue();
            assertRuns(new Ended(code, Files.readString(temporary.resolve("said" + i))), root);
        }
        assertEquals("built\n", Files.readString(root.resolve("builds")));
    }

    @Test
    void beneathAStackOnAnotherFolderNothingIsBuilt() throws IOException {
        Path root = project("project");
        Process stack = new ProcessBuilder("sh", "-c", "read end", "-Dpoints.stack=" + root).start();
        try {
            Ended ended = run(root.resolve("points"), "up");
            assertRuns(ended, root);
            assertTrue(ended.said().startsWith("Points is running: "), ended.said());
        } finally {
            stack.destroyForcibly();
        }
    }

    /** All that is looked at but the services, which are missing. */
    private static void makeBuilt(Path root) throws IOException {
        Path verifier = root.resolve("audit-service/proofs/target/points-audit.jar");
        Files.createDirectories(verifier.getParent());
        Files.createFile(verifier);
        Files.createFile(root.resolve("pom.xml"));
    }

    @Test
    void aKeptTokenIsGivenWithoutJavaWhileTheStackRunsAndItIsFresh() throws IOException {
        Path root = project("project");
        Path data =
                Files.createDirectories(root.resolve(".points/local/tokens")).getParent();
        long now = System.currentTimeMillis() / 1000;
        Files.writeString(
                data.resolve("supervisor.pid"), ProcessHandle.current().pid() + "\n");
        Files.writeString(data.resolve("tokens/admin"), (now + 60) + " fresh.token\n");
        Files.writeString(data.resolve("tokens/finance"), (now - 1) + " stale.token\n");

        assertEquals(new Ended(0, "fresh.token\n"), run(root.resolve("points"), "token", "admin"));
        assertEquals(
                new Ended(0, "fresh.token\n"),
                run(root.resolve("points"), "token", "--data", data.toString(), "admin"));
        assertRuns(run(root.resolve("points"), "token", "finance"), root);
        assertRuns(run(root.resolve("points"), "token", "../admin"), root);
        assertRuns(run(root.resolve("points"), "token", "admin", "--password", "demo"), root);
        Files.writeString(data.resolve("supervisor.pid"), "999999999\n");
        assertRuns(run(root.resolve("points"), "token", "admin"), root);
    }
}
