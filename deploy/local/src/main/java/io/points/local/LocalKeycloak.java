package io.points.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Keycloak with the realm {@code points} on 127.0.0.1, as a child process; its own data folder is kept. */
public final class LocalKeycloak extends LocalProcess {
    /** The password of every demo user. It is no secret, so the realm's policy hashes it once: good for a demo, and no more. */
    public static final String DEMO_PASSWORD = "demo";

    /** Keycloak's own administrator, not a user of Points; the password is {@link #administratorPassword()}. */
    public static final String ADMINISTRATOR = "keycloak-admin";

    private static final String REALM = "realm-points.json";
    private static final List<String> SHARED = List.of("bin", "lib", "conf", "providers", "themes");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Duration LONGEST_TROUBLE = Duration.ofSeconds(10);
    private static final int RETRY_MS = 250;

    /**
     * Describes a server; its first start imports the realm, later ones keep what is there.
     *
     * @param folder where its data and log are kept
     * @param port the port to listen on, 0 for any free one
     */
    public LocalKeycloak(Path folder, int port) {
        super("keycloak", folder, port);
    }

    @Override
    void prepare() throws IOException {
        Path program = KeycloakProgram.home();
        Files.createDirectories(home());
        for (String part : SHARED) {
            Path link = home().resolve(part);
            Files.deleteIfExists(link);
            if (Files.exists(program.resolve(part))) {
                Files.createSymbolicLink(link, program.resolve(part));
            }
        }
        Path realm = home().resolve("data/import").resolve(REALM);
        Files.createDirectories(realm.getParent());
        try (InputStream text = LocalKeycloak.class.getResourceAsStream("/" + REALM)) {
            Files.copy(text, realm, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Override
    List<String> command() {
        List<String> command = KeycloakProgram.java(home(), "384m");
        command.addAll(List.of(
                "start",
                "--optimized",
                // Two stacks on one network must not find each other.
                "--cache=local",
                "--http-enabled=true",
                "--http-host=" + host(),
                "--http-port=" + port(),
                "--hostname=" + url(),
                "--import-realm"));
        return command;
    }

    @Override
    Map<String, String> environment() {
        return Map.of(
                "KC_BOOTSTRAP_ADMIN_USERNAME", ADMINISTRATOR, "KC_BOOTSTRAP_ADMIN_PASSWORD", administratorPassword());
    }

    @Override
    boolean answers() throws Exception {
        return Http.status(URI.create(issuer() + "/.well-known/openid-configuration")) == 200;
    }

    @Override
    Duration patience() {
        return Duration.ofSeconds(180);
    }

    @Override
    Duration stopPatience() {
        return Duration.ofSeconds(20);
    }

    /** Where it is reached, without a slash at the end. */
    public String url() {
        return "http://" + host() + ":" + port();
    }

    /** The realm's issuer, as in the tokens. */
    public String issuer() {
        return issuer(port());
    }

    /** The issuer of the tokens of a Keycloak on that port. */
    public static String issuer(int port) {
        return "http://" + Ports.HOST + ":" + port + "/realms/points";
    }

    /** The password of Keycloak's own administrator. */
    public String administratorPassword() {
        return Passwords.keptIn(administratorFile()).of(ADMINISTRATOR);
    }

    Path administratorFile() {
        return folder().resolve("administrator.properties");
    }

    /** An access token of a user, by name and password, valid for 15 minutes. */
    public String token(String user, String password) {
        return token(issuer(), user, password);
    }

    /** An access token of a demo user. */
    public String token(String user) {
        return token(user, DEMO_PASSWORD);
    }

    /**
     * An access token from any running instance of the realm.
     *
     * @throws IllegalStateException if the user or the password is wrong, or nothing answers
     */
    public static String token(String issuer, String user, String password) {
        return token(issuer, "points-cli", user, password);
    }

    /** The same, for another client of another realm. */
    public static String token(String issuer, String client, String user, String password) {
        String form = "grant_type=password&client_id=" + client + "&username=" + encode(user) + "&password="
                + encode(password);
        HttpRequest request = HttpRequest.newBuilder(URI.create(issuer + "/protocol/openid-connect/token"))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        try {
            HttpResponse<String> response = Http.CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            // One that has just come up again may answer so for a moment.
            long until = System.nanoTime() + LONGEST_TROUBLE.toNanos();
            while (response.statusCode() >= 500 && System.nanoTime() - until < 0) {
                Thread.sleep(RETRY_MS);
                response = Http.CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            }
            if (response.statusCode() != 200) {
                throw new IllegalStateException(
                        "Keycloak gave no token for " + user + ": " + response.statusCode() + " " + response.body());
            }
            return JSON.readTree(response.body()).get("access_token").asText();
        } catch (IOException e) {
            throw new IllegalStateException("Keycloak does not answer at " + issuer + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking for a token.", e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Path home() {
        return folder().resolve("home");
    }
}
