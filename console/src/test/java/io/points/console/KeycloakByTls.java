package io.points.console;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import io.vertx.httpproxy.HttpProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** A way to Keycloak by https, with a certificate of an authority that nobody knows: as in a cluster. */
final class KeycloakByTls implements AutoCloseable {
    private static final String PASSWORD = "changeit";

    private final Vertx vertx = Vertx.vertx();
    private final Path certificate;
    private final HttpServer server;

    /**
     * Opens it.
     *
     * @param folder where its key is kept
     * @param keycloak whereto, by http
     */
    KeycloakByTls(Path folder, URI keycloak) {
        Path keys = folder.resolve("keycloak.p12");
        certificate = folder.resolve("keycloak.crt");
        keytool(keys, "-genkeypair", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=dns:localhost");
        keytool(keys, "-exportcert", "-rfc", "-file", certificate.toString());
        server = vertx.createHttpServer(new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(new PfxOptions().setPath(keys.toString()).setPassword(PASSWORD)));
        HttpProxy proxy =
                HttpProxy.reverseProxy(vertx.createHttpClient()).origin(keycloak.getPort(), keycloak.getHost());
        server.requestHandler(proxy)
                .listen(0, "localhost")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private static void keytool(Path keys, String... arguments) {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of(
                "-alias", "keycloak", "-keystore", keys.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        try {
            int code = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (code != 0) {
                throw new IllegalStateException(command + " ends with " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Of its authority, itself. */
    Path certificate() {
        return certificate;
    }

    /** Scheme, host and port. */
    String url() {
        return "https://localhost:" + server.actualPort();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
