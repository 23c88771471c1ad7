package io.points.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.points.local.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A packaged service, run here with the environment that its manifest gives to its pod. */
final class Pod implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofSeconds(120);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final Path log;
    private final int port;

    private Pod(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /** What a Deployment or a Job sets; of what comes from a Secret or the pod itself, the value is empty. */
    static Map<String, String> environment(Manifests manifests, JsonNode workload) {
        JsonNode container = workload.at("/spec/template/spec/containers/0");
        Map<String, String> environment = new TreeMap<>();
        container
                .path("envFrom")
                .forEach(from -> environment.putAll(Manifests.texts(manifests
                        .one("ConfigMap", from.at("/configMapRef/name").asText())
                        .path("data"))));
        container
                .path("env")
                .forEach(variable -> environment.put(
                        variable.path("name").asText(), variable.path("value").asText()));
        return environment;
    }

    /** The pod of the service's Deployment. */
    static Pod serving(Service service, Path folder, Map<String, String> here) {
        return run(Manifests.of("prod").one("Deployment", service.module()), service, folder, here);
    }

    /** The pod of its migration. */
    static Pod migrating(Service service, Path folder, Map<String, String> here) {
        return run(Manifests.of("prod").migration(service), service, folder, here);
    }

    /**
     * Starts one.
     *
     * @param folder where its log is kept
     * @param here what is otherwise on this machine, and what the Secrets hold
     */
    private static Pod run(JsonNode workload, Service service, Path folder, Map<String, String> here) {
        int port = freePort();
        Map<String, String> environment = new HashMap<>(environment(Manifests.of("prod"), workload));
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        environment.put("POINTS_INSTANCE", Manifests.name(workload) + "-0");
        environment.putAll(here);
        environment.forEach((name, value) -> assertTrue(!value.isEmpty(), name + " has no value here"));
        Path log = folder.resolve(Manifests.name(workload) + "-" + port + ".log");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx144m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:SharedArchiveFile=" + service.classArchive(),
                        "-jar",
                        service.jar().getFileName().toString())
                // As in the image: the archive of its classes names the jar without a folder.
                .directory(service.jar().getParent().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        try {
            return new Pod(builder.start(), log, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitReady() {
        Awaitility.await(log.getFileName().toString()).atMost(LONGEST_START).until(() -> {
            assertTrue(process.isAlive(), this::said);
            return status("started") == 200 && status("ready") == 200;
        });
    }

    /** Its exit code, once it has ended by itself. */
    int awaitEnd() throws InterruptedException {
        assertTrue(process.waitFor(LONGEST_START.toSeconds(), TimeUnit.SECONDS), this::said);
        return process.exitValue();
    }

    /** The status of one of its health checks; 0 if it does not answer. */
    int status(String check) {
        return get("/q/health/" + check).map(HttpResponse::statusCode).orElse(0);
    }

    String metrics() {
        return get("/q/metrics").map(HttpResponse::body).orElse("");
    }

    private Optional<HttpResponse<String>> get(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return Optional.of(HTTP.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String said() {
        return Project.read(log);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            assertTrue(process.waitFor(30, TimeUnit.SECONDS), "it does not stop");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
        assertEquals(false, process.isAlive());
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
