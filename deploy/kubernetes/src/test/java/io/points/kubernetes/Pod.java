package io.points.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.points.local.Ports;
import io.points.local.Repository;
import io.points.local.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A packaged service, run here with the environment that its manifest gives to its pod. */
final class Pod implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofSeconds(120);
    private static final String SECRETS = "SMALLRYE_CONFIG_SOURCE_FILE_LOCATIONS";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final Path log;
    private final int port;

    private Pod(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /** All that a Deployment or a Job sets, by environment or by file; of what comes from a Secret or the pod itself, the value is empty. */
    static Map<String, String> settings(Manifests manifests, JsonNode workload) {
        Map<String, String> settings = environment(manifests, workload);
        secretFiles(workload).keySet().forEach(file -> settings.put(variable(file), ""));
        return settings;
    }

    /** The files of a pod's folder of secrets, each with the name of its Secret. */
    static Map<String, String> secretFiles(JsonNode workload) {
        Map<String, String> files = new TreeMap<>();
        Manifests.each(workload.at("/spec/template/spec/volumes"))
                .filter(volume -> "secrets".equals(volume.path("name").asText()))
                .flatMap(volume -> Manifests.each(volume.at("/projected/sources")))
                .map(source -> source.path("secret"))
                .forEach(secret -> secret.path("items")
                        .forEach(item -> files.put(
                                item.path("path").asText(), secret.path("name").asText())));
        return files;
    }

    /** The variable that would set what a file of that name sets. */
    private static String variable(String file) {
        return file.replaceAll("[^A-Za-z0-9_]", "_").toUpperCase(Locale.ROOT);
    }

    /** What a Deployment or a Job sets by the environment; of what comes from the pod itself, the value is empty. */
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
        int port = Ports.anyFree();
        Map<String, String> environment = new HashMap<>(environment(Manifests.of("prod"), workload));
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        environment.put("POINTS_INSTANCE", Manifests.name(workload) + "-0");
        Map<String, String> rest = new HashMap<>(here);
        environment.put(
                SECRETS,
                secrets(workload, folder.resolve("secrets-" + port), rest).toString());
        environment.putAll(rest);
        environment.forEach((name, value) -> assertTrue(!value.isEmpty(), name + " has no value here"));
        Path log = folder.resolve(Manifests.name(workload) + "-" + port + ".log");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx144m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:SharedArchiveFile=" + service.classArchive(Repository.root()),
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

    /** Writes the files that the workload takes from Secrets, and takes what they hold out of what is to be its environment. */
    private static Path secrets(JsonNode workload, Path folder, Map<String, String> here) {
        try {
            Files.createDirectories(folder);
            for (String file : secretFiles(workload).keySet()) {
                String value = here.remove(variable(file));
                assertNotNull(value, file + " has no value here");
                Files.writeString(folder.resolve(file), value);
            }
            return folder;
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

    /** Asks it to end, and does not wait. */
    void stop() {
        process.destroy();
    }

    @Override
    public void close() {
        stop();
        try {
            assertTrue(process.waitFor(30, TimeUnit.SECONDS), "it does not stop");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
        assertEquals(false, process.isAlive());
    }
}
