package io.points.console;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.local.LocalConsole;
import io.points.local.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console as it is delivered, with the options that it is started with. */
class PackagedIT {
    private static final System.Logger LOG = System.getLogger(PackagedIT.class.getName());

    private static final Pattern ASSET = Pattern.compile("/assets/[\\w.-]+");
    private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB$");

    /** Of resident memory. */
    private static final long MOST_MIB = 160;

    /** Of an idle machine it takes a tenth. */
    private static final Duration LONGEST_START = Duration.ofSeconds(30);

    private static final int PAGES = 300;

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    @Test
    void itStartsWithoutItsNeighboursAndStaysSmall() throws Exception {
        int port = Ports.anyFree();
        String url = "http://127.0.0.1:" + port;
        ProcessBuilder command = new ProcessBuilder(LocalConsole.javaCommand())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        command.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
        command.environment().put("POINTS_CONSOLE_SECRET", "of-a-test");
        command.environment().put("POINTS_CONSOLE_COOKIE_KEY", "0123456789abcdef0123456789abcdef");
        long began = System.nanoTime();
        Process console = command.start();
        try {
            await().pollInterval(Duration.ofMillis(20))
                    .atMost(LONGEST_START)
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(() -> get(url + "/q/health/ready").statusCode() == 200);
            long startMs = (System.nanoTime() - began) / 1_000_000;
            long fresh = residentMib(console);
            for (int page = 0; page < PAGES; page++) {
                HttpResponse<String> html = get(url + "/team");
                assertEquals(200, html.statusCode());
                List<String> assets = ASSET.matcher(html.body())
                        .results()
                        .map(MatchResult::group)
                        .toList();
                assertEquals(200, get(url + assets.get(page % assets.size())).statusCode());
                assertEquals(200, get(url + "/bff/session").statusCode());
            }
            long used = residentMib(console);
            LOG.log(
                    System.Logger.Level.INFO,
                    "Budget: the console starts in {0} ms, and takes {1} MiB, {2} MiB after {3} pages",
                    startMs,
                    fresh,
                    used,
                    PAGES);
            assertTrue(used < MOST_MIB, used + " MiB");
        } finally {
            console.destroy();
            console.waitFor();
        }
    }

    private HttpResponse<String> get(String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(30))
                .header("Accept", "text/html,*/*")
                .header("X-Requested-With", "JavaScript")
                .header("Sec-Fetch-Site", "same-origin")
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static long residentMib(Process process) throws IOException {
        Matcher resident = RESIDENT.matcher(Files.readString(Path.of("/proc", Long.toString(process.pid()), "status")));
        assertTrue(resident.find());
        return Long.parseLong(resident.group(1)) >> 10;
    }
}
