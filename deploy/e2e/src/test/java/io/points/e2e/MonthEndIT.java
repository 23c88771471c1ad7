package io.points.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.points.local.Clocks;
import io.points.local.Ports;
import io.points.local.Progress;
import io.points.local.Repository;
import io.points.local.Service;
import io.points.local.Stack;
import io.points.local.demo.MonthEndDemo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./points demo --month-end}, and then what docs/billing.md has an accountant and an auditor type, as it stands there. */
class MonthEndIT {

    private static final Pattern BLOCK = Pattern.compile("```sh month-end\n(.*?)```", Pattern.DOTALL);
    private static final Ports AS_IN_THE_DOCUMENT = new Ports(19_000);
    private static final List<String> USERS = List.of("finance", "finance-b", "auditor");

    @TempDir
    private Path folder;

    @Test
    void isToldAndThenTypedFromTheDocument() throws Exception {
        var data = Files.createDirectories(folder.resolve(".points/month-end"));
        var clocks = new Clocks(data);
        var ports = Ports.free();
        try (var stack = new Stack(data, ports, Progress.SILENT, clocks)) {
            stack.start();
            assertEquals(List.of(), MonthEndDemo.tell(ports, clocks));
            assumeTrue(new ProcessBuilder("sh", "-c", "command -v curl").start().waitFor() == 0, "there is no curl");
            var said = type(stack, ports, String.join("\n", blocks()));
            for (var expected : List.of(
                    "revision 1 is as the audit log has it",
                    "revision 2 is as the audit log has it",
                    "the journal sums to 0",
                    "the batch is as its list has it")) {
                assertTrue(said.contains(expected), () -> expected + " is missing in:\n" + said);
            }
        }
    }

    private static List<String> blocks() throws IOException {
        var page = Files.readString(Repository.root().resolve("docs/billing.md"));
        var found = new ArrayList<String>();
        var blocks = BLOCK.matcher(page);
        while (blocks.find()) {
            found.add(blocks.group(1));
        }
        assertTrue(found.size() > 5, "docs/billing.md leads nobody through a month's end");
        return found;
    }

    /** In a folder where {@code ./points} knows of this stack alone. */
    private String type(Stack stack, Ports ports, String commands) throws Exception {
        var tokens = Files.createDirectories(folder.resolve("tokens"));
        for (var user : USERS) {
            Files.writeString(tokens.resolve(user), stack.keycloak().token(user));
        }
        var points = Files.writeString(folder.resolve("points"), """
                #!/bin/sh
                [ "$1" != token ] || exec cat "tokens/$2"
                exec '%s' "$@"
                """.formatted(
                        Repository.root().resolve("points").toAbsolutePath()));
        Files.setPosixFilePermissions(points, PosixFilePermissions.fromString("rwx------"));
        var text = "set -eu -o pipefail\n" + commands;
        for (var service : Service.values()) {
            text = text.replace(AS_IN_THE_DOCUMENT.url(service), ports.url(service));
        }
        var script = Files.writeString(folder.resolve("typed"), text);
        var output = folder.resolve("output");
        var shell = new ProcessBuilder("bash", script.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertTrue(shell.waitFor(120, TimeUnit.SECONDS), "it does not end");
        var said = Files.readString(output, UTF_8);
        assertEquals(0, shell.exitValue(), said);
        return said;
    }
}
