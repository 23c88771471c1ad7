package io.points.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.points.local.Service;
import io.points.local.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The first call that docs/api.md shows, as it stands there; in TypeScript and Python, .ci/outside runs it. */
@ExtendWith(SharedStack.class)
class FirstCallIT {

    @TempDir
    private Path folder;

    @Test
    void inCurl(Stack stack) throws Exception {
        assumeTrue(new ProcessBuilder("sh", "-c", "command -v curl").start().waitFor() == 0, "there is no curl");
        run(stack, List.of("sh", "-c", block("sh curl")));
    }

    @Test
    void inJava(Stack stack) throws Exception {
        var file = Files.writeString(folder.resolve("FirstCall.java"), block("java"));
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        run(stack, List.of(java, file.toString()));
    }

    private static String block(String language) throws IOException {
        var page = Files.readString(Path.of("..", "..", "docs", "api.md"));
        var fence = "```" + language + "\n";
        int begin = page.indexOf(fence);
        assertTrue(begin >= 0, "docs/api.md shows none in " + language);
        begin += fence.length();
        return page.substring(begin, page.indexOf("```", begin));
    }

    private void run(Stack stack, List<String> command) throws Exception {
        var client = new Client(stack);
        Tenant.ready(client, Tenant.TRITON, "triton-manager", 0, 1);
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("TOKEN", client.token("triton-manager"));
        builder.environment().put("D", stack.service(Service.DISTRIBUTION).url());
        var output = folder.resolve("output");
        var process = builder.redirectOutput(output.toFile()).start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it does not end");
        var said = Files.readString(output, UTF_8);
        assertEquals(0, process.exitValue(), said);
        assertTrue(new ObjectMapper().readTree(said).path("balance").isIntegralNumber(), said);
    }
}
