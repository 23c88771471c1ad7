package io.points.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a browser does as far as requests go: it keeps cookies by host and port, and goes where it is sent when it is told to. */
final class Browser {
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private static final Pattern FORM = Pattern.compile("<form[^>]* action=\"([^\"]+)\"");

    private final Map<String, Map<String, String>> cookies = new HashMap<>();

    /** The console's cookies, by name; changes are changes of what is sent. */
    Map<String, String> cookies() {
        return of(URI.create(ConsoleSurroundings.console()));
    }

    private Map<String, String> of(URI uri) {
        return cookies.computeIfAbsent(uri.getAuthority(), any -> new TreeMap<>());
    }

    /** A path of the console, opened as a page; redirects are not followed. */
    HttpResponse<String> open(String path) {
        return send(request(path).header("Accept", "text/html,*/*").header("Sec-Fetch-Site", "same-origin"));
    }

    /** A path of the console, read by a script of its pages. */
    HttpResponse<String> fetch(String path) {
        return send(script(path));
    }

    JsonObject session() {
        HttpResponse<String> answer = fetch("/bff/session");
        assertEquals(200, answer.statusCode(), answer.body());
        return new JsonObject(answer.body());
    }

    static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(ConsoleSurroundings.console() + path))
                .timeout(Duration.ofSeconds(30));
    }

    static HttpRequest.Builder script(String path) {
        return request(path)
                .header("Accept", "application/json")
                .header("X-Requested-With", "JavaScript")
                .header("Sec-Fetch-Site", "same-origin");
    }

    HttpResponse<String> send(HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        Map<String, String> known = of(request.uri());
        if (!known.isEmpty()) {
            builder.header(
                    "Cookie", known.entrySet().stream().map(Object::toString).collect(Collectors.joining("; ")));
        }
        try {
            HttpResponse<String> response = CLIENT.send(builder.build(), HttpResponse.BodyHandlers.ofString());
            response.headers().allValues("Set-Cookie").forEach(cookie -> keep(known, cookie));
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void keep(Map<String, String> known, String cookie) {
        List<String> parts = List.of(cookie.split("; *"));
        String[] pair = parts.get(0).split("=", 2);
        if (parts.stream().anyMatch(part -> part.equalsIgnoreCase("Max-Age=0"))) {
            known.remove(pair[0]);
        } else {
            known.put(pair[0], pair[1]);
        }
    }

    /** Goes to a page by way of Keycloak, as a person would; the answer is the last page of that way. */
    HttpResponse<String> signIn(String user, String to) {
        HttpResponse<String> away = open("/bff/login?to=" + URLEncoder.encode(to, StandardCharsets.UTF_8));
        assertEquals(302, away.statusCode(), away.body());
        HttpResponse<String> form = follow(away);
        if (form.statusCode() == 302) {
            // Keycloak remembers who this is.
            return follow(form);
        }
        assertEquals(200, form.statusCode(), form.body());
        Matcher action = FORM.matcher(form.body());
        assertTrue(action.find(), form.body());
        HttpResponse<String> back =
                send(HttpRequest.newBuilder(URI.create(action.group(1).replace("&amp;", "&")))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("username=" + user + "&password=demo")));
        assertEquals(302, back.statusCode(), back.body());
        return follow(back);
    }

    /** The page that a redirect leads to. */
    HttpResponse<String> follow(HttpResponse<String> redirect) {
        URI to =
                redirect.uri().resolve(redirect.headers().firstValue("Location").orElseThrow());
        return send(HttpRequest.newBuilder(to).header("Accept", "text/html,*/*"));
    }
}
