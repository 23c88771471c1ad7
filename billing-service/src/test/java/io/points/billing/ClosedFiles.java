package io.points.billing;

import io.points.testing.Tokens;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * A month's statement as older versions closed it, with the CSV and the page that they made of it: {@code without-revision}
 * before statements said how their months were closed, {@code without-texts} before they had large numbers as texts, too.
 */
final class ClosedFiles {

    private static final Path FOLDER = Path.of("src", "test", "resources", "closed");

    private ClosedFiles() {}

    static byte[] bytes(String name) throws IOException {
        return Files.readAllBytes(FOLDER.resolve(name));
    }

    static String text(String name) throws IOException {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    /** Bypasses the check of answers against the API's document, which asks for the fields of today. */
    static byte[] get(String path) throws IOException, InterruptedException {
        var uri = URI.create(RestAssured.baseURI + ":" + RestAssured.port + path);
        var request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + Tokens.of(UUID.randomUUID(), null, "finance"))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofByteArray())
                .body();
    }
}
