package io.points.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What passes to the services and back, and what a service that is away or slow looks like. */
@QuarkusTest
@QuarkusTestResource(ConsoleSurroundings.class)
class ProxyTest {
    private static final Browser BROWSER = new Browser();

    @BeforeEach
    void signIn() {
        if (BROWSER.cookies().isEmpty()) {
            BROWSER.signIn("triton-manager", "/");
        }
        ConsoleSurroundings.services().taken();
    }

    private static List<ServicesStandIn.Asked> taken() {
        return ConsoleSurroundings.services().taken();
    }

    @Test
    void whatAServiceNeedsReachesItAndNothingElse() {
        HttpResponse<String> answer = BROWSER.send(Browser.script("/api/recognitions?x=%F0%9F%8E%89")
                .header("Idempotency-Key", "one")
                .header("Prefer", "wait=8")
                .header("Content-Type", "application/json")
                .header("Origin", ConsoleSurroundings.console())
                .header("Referer", ConsoleSurroundings.console() + "/team")
                .header("Authorization", "Bearer forged")
                .header("X-Forwarded-For", "10.1.1.1")
                .header("X-Forwarded-Host", "evil.example")
                .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .POST(BodyPublishers.ofString("{}")));

        assertEquals(409, answer.statusCode());
        assertEquals("{\"status\":409}", answer.body());
        assertEquals(
                "application/problem+json",
                answer.headers().firstValue("Content-Type").orElseThrow());
        assertEquals("\"7\"", answer.headers().firstValue("ETag").orElseThrow());
        assertEquals(List.of("no-store"), answer.headers().allValues("Cache-Control"));
        for (String ofTheService : List.of("Set-Cookie", "Server", "Access-Control-Allow-Origin")) {
            assertTrue(answer.headers().firstValue(ofTheService).isEmpty(), ofTheService);
        }
        List<ServicesStandIn.Asked> all = taken();
        assertEquals(1, all.size());
        ServicesStandIn.Asked asked = all.get(0);
        assertEquals("POST /api/recognitions?x=%F0%9F%8E%89", asked.method() + " " + asked.uri());
        assertEquals(2, asked.bodyLength());
        assertEquals(
                Set.of(
                        "accept",
                        "authorization",
                        "content-length",
                        "content-type",
                        "host",
                        "idempotency-key",
                        "prefer",
                        "traceparent",
                        "x-forwarded-for",
                        "x-forwarded-host"),
                asked.headers().keySet());
        assertEquals(List.of("127.0.0.1"), asked.headers().get("x-forwarded-for"));
        assertEquals(
                List.of(ConsoleSurroundings.console().replace("http://", "")),
                asked.headers().get("x-forwarded-host"));
        assertFalse(asked.headers().get("authorization").get(0).contains("forged"));
        assertEquals(
                List.of(ConsoleSurroundings.services().url().replace("http://", "")),
                asked.headers().get("host"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api",
                "/api/",
                "/api/feed/",
                "/api/feed/../platform/tenants",
                "/api/feed/..",
                "/api/feed/./x",
                "/api/feed/.../x",
                "/api//feed",
                "/api/feed//x",
                "/api/feed%2f..%2f..%2fq%2fmetrics",
                "/api/feed/%2e%2e/platform",
                "/api/feed/..%2fplatform",
                "/api/feed%00",
                "/api/feed;x=y",
                "/api/feedback",
                "/api/platformx/tenants",
                "/api/openapi",
                "/api/q/metrics",
                "/api/%66eed",
                "/api/feed/%5c..%5cx"
            })
    void otherPathsEndHere(String path) {
        assertEquals(404, BROWSER.fetch(path).statusCode());
        assertEquals(List.of(), taken());
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/audit/records",
        "DELETE, /api/feed",
        "TRACE, /api/members",
        "HEAD, /api/feed",
        "PUT, /api/wallets/me"
    })
    void otherMethodsEndHere(String method, String path) {
        assertEquals(
                405,
                BROWSER.send(Browser.script(path).method(method, BodyPublishers.noBody()))
                        .statusCode());
        assertEquals(List.of(), taken());
    }

    @ParameterizedTest
    @CsvSource({
        "/api/recognitions, 65536, 409",
        "/api/recognitions, 65537, 413",
        "/api/allocations/award-points/batch, 2097152, 200",
        "/api/allocations/award-points/batch, 2097153, 413"
    })
    void aBodyIsAsLongAsItsRouteAllows(String path, int length, int status) {
        HttpRequest.Builder request = Browser.script(path).POST(BodyPublishers.ofByteArray(new byte[length]));
        assertEquals(status, BROWSER.send(request).statusCode());
        assertEquals(
                status == 413 ? List.of() : List.of(length),
                taken().stream().map(ServicesStandIn.Asked::bodyLength).toList());
    }

    @Test
    void aBodyWithoutALengthEndsHere() {
        HttpRequest.Builder request = Browser.script("/api/recognitions")
                .POST(BodyPublishers.ofInputStream(() -> InputStream.nullInputStream()));
        assertEquals(411, BROWSER.send(request).statusCode());
        assertEquals(List.of(), taken());
    }

    @ParameterizedTest
    @CsvSource({"/api/billing/entries, 502, service-away", "/api/wallets/me, 504, service-slow"})
    void whenAServiceSaysNothingNobodyKnowsWhetherItHasDoneIt(String path, int status, String type) {
        HttpResponse<String> answer = BROWSER.fetch(path);
        assertEquals(status, answer.statusCode(), answer.body());
        JsonObject problem = new JsonObject(answer.body());
        assertEquals("urn:points:problem:" + type, problem.getString("type"));
        assertTrue(problem.getString("detail").contains("is not known"), answer.body());
        assertEquals("2", answer.headers().firstValue("Retry-After").orElseThrow());
        assertEquals(
                "application/problem+json",
                answer.headers().firstValue("Content-Type").orElseThrow());
    }

    @Test
    void aLongAnswerArrivesWhole() {
        assertEquals(
                ServicesStandIn.LONG,
                BROWSER.fetch("/api/audit/export?tenant_id=x").body().length());
    }
}
