package io.points.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.contract.Ids;
import io.quarkus.test.common.http.TestHTTPResource;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Whatever is wrong with a request: it gets a 4xx problem that names the fault, and nothing at all changes in any
 * table. Each fault is put alone into a request that is right otherwise.
 */
public abstract class BadInput {

    private static final int MEGABYTE = 1 << 20;
    private static final int USUAL_BODY = 64 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** It means the platform, and nobody. */
    private static final String NIL = "00000000-0000-0000-0000-000000000000";

    private static final Set<String> QUERIES_FOR_IDS =
            Set.of("member", "tenant_id", "department_id", "event_id", "entry_id", "credited_entry_id");

    private static final List<String> BAD_IDS = List.of(
            "not-a-uuid",
            "1-1-1-1-1",
            "0",
            "null",
            "%7B550e8400-e29b-41d4-a716-446655440000%7D",
            "550e8400-e29b-41d4-a716-44665544000",
            "550e8400-e29b-41d4-a716-4466554400000",
            "550e8400e29b41d4a716446655440000",
            "550e8400-e29b-41d4-a716-446655440000%20",
            "550e8400-e29b-41d4-a716-446655440000%00",
            "%00",
            "%F0%9F%92%A5",
            "x".repeat(2_001));

    private static final List<String> BAD_TIMES = List.of(
            "yesterday",
            "2026-01-01",
            "2026-01-01T00:00:00",
            "2026-13-01T00:00:00Z",
            "1969-12-31T23:59:59Z",
            "%2B10000-01-01T00:00:00Z",
            "%2B999999999-12-31T23:59:59Z",
            "1700000000",
            "2026-01-01T00:00:00Z%00");

    private static final List<String> BAD_COUNTS =
            List.of("-1", "one", "1.5", "1e1", "0x1", "1700000000", "9223372036854775808", "%00", "1%20");

    /** What is wrong for each query parameter that any list has, percent-encoded. */
    private static final Map<String, List<String>> BAD_QUERIES = Map.ofEntries(
            Map.entry(
                    "seconds", List.of("-1", "601", "ten", "1.5", "1e1", "0x10", "01", "99999999999999999999", "%00")),
            Map.entry(
                    "limit",
                    List.of("0", "-1", "201", "ten", "1.5", "1e1", "0x10", "99999999999999999999", "%00", "5%205")),
            Map.entry(
                    "cursor",
                    List.of(
                            "x",
                            "!!!!",
                            "%00",
                            "not-a-cursor",
                            base64("nowhere"),
                            base64("\0"),
                            base64("99999999999999999999"),
                            base64("550e8400-e29b-41d4-a716-44665544000"),
                            base64("2026-01-01T00:00:00Z"),
                            base64("2026-01-01T00:00:00Z somewhere"),
                            base64("+999999999-12-31"),
                            base64("2026-02-30"),
                            base64("name 550e8400-e29b-41d4-a716-446655440000"),
                            base64("name 550e8400-e29b-41d4-a716-446655440000 a\0"),
                            base64("surprise 550e8400-e29b-41d4-a716-446655440000 1"),
                            base64("2026-01-01T00:00:00Z pocket 1"),
                            base64("+999999999-12-31T23:59:59Z budget 1"),
                            base64("-999999999-01-01T00:00:00Z earned 1"),
                            base64("2026-01-01T00:00:00Z budget 99999999999999999999"),
                            base64("+999999999-12-31T23:59:59Z 550e8400-e29b-41d4-a716-446655440000"),
                            base64("-999999999-01-01T00:00:00Z 550e8400-e29b-41d4-a716-446655440000"))),
            Map.entry("from", BAD_TIMES),
            Map.entry(
                    "until",
                    List.of("tomorrow", "2027-13-01", "2027-02-30", "27-01-01", "20270101", "%00", "2027-01-01%20")),
            Map.entry("to", BAD_TIMES),
            Map.entry("at", BAD_TIMES),
            Map.entry("kind", List.of("everything", "AWARD", "award%00", "award,return", "%F0%9F%92%A5")),
            Map.entry("member", BAD_IDS),
            Map.entry("tenant_id", BAD_IDS),
            Map.entry("department_id", BAD_IDS),
            Map.entry(
                    "tenants",
                    List.of(
                            ",",
                            "x",
                            "%00",
                            "550e8400-e29b-41d4-a716-446655440000,",
                            "550e8400-e29b-41d4-a716-446655440000,%20550e8400-e29b-41d4-a716-446655440001",
                            "550e8400-e29b-41d4-a716-446655440000%3B550e8400-e29b-41d4-a716-446655440001",
                            "550e8400-e29b-41d4-a716-446655440000,".repeat(50)
                                    + "550e8400-e29b-41d4-a716-446655440000")),
            Map.entry("event_id", BAD_IDS),
            Map.entry("entry_id", BAD_IDS),
            Map.entry("credited_entry_id", BAD_IDS),
            Map.entry("category", List.of("Purchase", "refund", "%00", "credit%20")),
            Map.entry("corrections", List.of("TRUE", "yes", "1", "%00", "true%20")),
            Map.entry("invoice_id", List.of("%20", "%00", "a%00b", "x".repeat(2_001))),
            Map.entry("po_number", List.of("%20", "%00", "a%00b", "x".repeat(101))),
            Map.entry("type", List.of("%20", "%00", "Points%00Awarded", "x".repeat(2_001))),
            Map.entry("dry_run", List.of("TRUE", "yes", "1", "%00", "true%20")),
            Map.entry("mode", List.of("EACH", "some", "%00", "each%20")),
            Map.entry("state", List.of("ACCEPTED", "OPEN", "begun", "%00", "accepted%20")),
            Map.entry(
                    "periods",
                    List.of("0", "-1", "61", "six", "1.5", "1e1", "0x6", "99999999999999999999", "%00", "6%20")),
            Map.entry("format", List.of("JSON", "pdf", "%00", "csv%20")),
            Map.entry("revision", List.of("0", "-1", "abc", "1.5", "1e1", "0x1", "9223372036854775808", "%00", "1%20")),
            Map.entry("closed_only", List.of("TRUE", "yes", "1", "%00", "true%20")),
            Map.entry("q", List.of("%20", "%C2%A0", "%E3%80%80", "%00", "a%00b", "x".repeat(2_001))),
            Map.entry("status", List.of("ACTIVE", "gone", "%00", "active%20")),
            Map.entry("sort", List.of("NAME", "price", "name%3B", "%00", "name%20")),
            Map.entry("order", List.of("ASC", "up", "%00", "asc%20")),
            Map.entry("subject", List.of("%20", "%00", "a%00b", "x".repeat(2_001))),
            Map.entry("actor_id", List.of("%20", "%00", "a%00b", "x".repeat(2_001))),
            Map.entry(
                    "trace_id",
                    List.of(
                            "x",
                            "%00",
                            "0".repeat(31),
                            "0".repeat(33),
                            "A".repeat(32),
                            "g".repeat(32),
                            "0".repeat(32) + "%00")),
            Map.entry("points", List.of("0", "-1", "1.5", "1e1", "ten", "01", "1000000000001", "%00", "1%20")),
            Map.entry("period", List.of("0000-01", "2026-13", "2026-1", "2026-01-01", "%00", "2026-01%20")),
            Map.entry("outcome", List.of("CLOSED", "shut", "%00", "closed%20")),
            Map.entry("role", List.of("MANAGER", "boss", "%00", "lead%20", "lead,employee")),
            Map.entry("active", List.of("TRUE", "yes", "1", "%00", "true%20")),
            Map.entry("mine", List.of("TRUE", "yes", "1", "%00", "true%20")),
            Map.entry("expand", List.of("PEOPLE", "everything", "%00", "people%20", "people,,people", ",")),
            Map.entry("wallet", List.of("EARNED", "pool", "%00", "budget%20")),
            Map.entry("eligible_for", List.of("AWARD", "return", "%00", "award%20")),
            Map.entry("since", List.of("-1", "one", "1.5", "01", "9223372036854775808", "%00", "1%20")),
            Map.entry("size", BAD_COUNTS),
            Map.entry("from_index", BAD_COUNTS),
            Map.entry("to_index", BAD_COUNTS));

    @TestHTTPResource("/")
    URI service;

    private final Findings findings = new Findings();
    private Api api;
    private Map<String, String> before;

    /** The service's routes, and a tenant whose people call them. */
    protected abstract Api api();

    /** Parameters of queries by which the nil UUID may be asked for, as it stands for the platform there. */
    protected Set<String> queriesForThePlatform() {
        return Set.of();
    }

    /** Brings everything to rest, so that whatever changes afterwards was changed by the test. */
    protected void settle() {
        Awaitility.await().until(() -> Tables.asOwner(
                        connection -> Tables.column(connection, "select count(*) from outbox where set_aside is null"))
                .equals(List.of("0")));
    }

    @BeforeEach
    void prepare() {
        api = api();
        settle();
        before = Tables.contents();
    }

    @AfterEach
    void nothingChanged() {
        assertEquals(lines(before), lines(Tables.contents()));
    }

    @Test
    void aFieldThatIsMissingMistypedOrTooMuchIsNamed() {
        for (var route : bodyRoutes()) {
            for (var field : route.fields()) {
                field.wrong()
                        .forEach((fault, value) -> assertNamed(
                                route,
                                field.name() + " that is " + fault,
                                field.name(),
                                ask(route).withJson(route.bodyWith(field, value))));
                if (field.required()) {
                    var missing = ask(route).withJson(route.bodyWithout(field));
                    assertNamed(route, field.name() + " that is missing", field.name(), missing);
                    var isNull = ask(route).withJson(route.bodyWith(field, "null"));
                    assertNamed(route, field.name() + " that is null", field.name(), isNull);
                }
                var doubled = ask(route).withJson(route.bodyAnd(field.name(), field.example()));
                assertNamed(route, field.name() + " twice", field.name(), doubled);
            }
            for (var unknown : List.of("surprise", "amountt", "toUserId", "class", "@type", "")) {
                var ask = ask(route).withJson(route.bodyAnd(unknown, "\"x\""));
                assertNamed(route, "unknown field '" + unknown + "'", unknown, ask);
            }
        }
        assertNoneIfThereAre(bodyRoutes());
    }

    @Test
    void allThatIsMissingIsNamedAtOnce() {
        var demanding = bodyRoutes().stream()
                .filter(route -> route.fields().stream().anyMatch(Field::required))
                .toList();
        for (var route : demanding) {
            var required = route.fields().stream()
                    .filter(Field::required)
                    .map(Field::name)
                    .collect(Collectors.toSet());
            Protocol.each(protocol -> {
                var answer = protocol.send(ask(route).withJson("{}"), service);
                findings.check(
                        answer.status() == 400 && answer.fieldsAtFault().equals(required),
                        "%s with nothing by %s should name %s: %s".formatted(route.name(), protocol, required, answer));
            });
        }
        assertNoneIfThereAre(demanding);
    }

    @Test
    void aBodyThatIsNoJsonObjectIsRefused() {
        for (var route : bodyRoutes()) {
            notAnObject(route)
                    .forEach((fault, body) ->
                            assertNamed(route, fault, "body", ask(route).withBody(body)));
            assertNamed(route, "no body", "body", withoutBody(route).with("Content-Length", "0"));
            assertNamed(route, "no body and no length", "body", withoutBody(route));
            assertNamed(
                    route,
                    "no body in chunks",
                    "body",
                    ask(route).withBody(new byte[0]).inChunks());
        }
        assertNoneIfThereAre(bodyRoutes());
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() {
        for (var route : routesThatTakeSomething()) {
            for (var body : tooLarge(route)) {
                for (var ask : List.of(
                        ask(route).withBody(body), ask(route).withBody(body).inChunks())) {
                    var fault = body.length + (ask.chunked() ? " bytes in chunks" : " bytes");
                    assertProblem(route, fault, 413, "body-too-large", ask);
                    if (route.largestBody() > USUAL_BODY) {
                        // Of batches a caller may have few open at once.
                        findings.await();
                    }
                }
            }
        }
        assertNoneIfThereAre(routesThatTakeSomething());
    }

    private static List<byte[]> tooLarge(Route route) {
        int wayTooLarge = Math.max(MEGABYTE, 2 * route.largestBody());
        if (!route.csv().isEmpty()) {
            return List.of(
                    TestKafka.bytes(route.csv() + "x".repeat(wayTooLarge)),
                    TestKafka.bytes(route.csv() + "\n".repeat(route.largestBody())));
        }
        return List.of(
                TestKafka.bytes(route.bodyAnd("surprise", '"' + "x".repeat(wayTooLarge) + '"')),
                TestKafka.bytes(" ".repeat(wayTooLarge) + route.body()),
                TestKafka.bytes(" ".repeat(route.largestBody()) + route.body()));
    }

    @Test
    void aBodyOfAnotherTypeIsRefused() {
        for (var route : routesThatTakeSomething()) {
            for (var type : List.of(
                    "text/plain",
                    "text/html",
                    "application/xml",
                    "application/x-www-form-urlencoded",
                    "multipart/form-data; boundary=x",
                    "application/octet-stream",
                    "application/jsonx",
                    route.csv().isEmpty() ? "json" : "application/json",
                    "*/*",
                    "")) {
                assertProblem(
                        route,
                        "type '" + type + "'",
                        415,
                        "unsupported-media-type",
                        ask(route).with("Content-Type", type));
            }
        }
        assertNoneIfThereAre(routesThatTakeSomething());
    }

    @Test
    void aBadIdInThePathIsNamed() {
        for (var route : api.routes()) {
            for (var parameter : route.ids().keySet()) {
                for (var bad : BAD_IDS) {
                    var target = route.target(parameter, bad);
                    assertNamed(route, target, parameter, ask(route, target));
                }
            }
        }
        assertNoneIfThereAre(
                api.routes().stream().filter(it -> !it.ids().isEmpty()).toList());
    }

    @Test
    void aBadQueryIsNamed() {
        for (var operation : ApiDescription.of(service)) {
            var route = route(operation);
            for (var parameter : operation.query()) {
                findings.check(BAD_QUERIES.containsKey(parameter), "No bad values are known for query " + parameter);
                for (var bad : BAD_QUERIES.getOrDefault(parameter, List.of())) {
                    var target = route.targetAsking(parameter, bad);
                    assertNamed(route, target, parameter, ask(route, target));
                }
            }
        }
        findings.assertNone();
    }

    /** A question that the route does not understand in full is not answered as if it were another one. */
    @Test
    void aQueryThatIsUnknownEmptyOrGivenTwiceIsNamed() {
        for (var operation : ApiDescription.of(service)) {
            var route = route(operation);
            for (var more : List.of("surprise=1", "surprise=", "surprise", "surprise=1&surprise=2")) {
                assertNamed(route, "?" + more, "surprise", ask(route, route.targetAnd(more)));
            }
            assertNamed(route, "?tenantId=1", "tenantId", ask(route, route.targetAnd("tenantId=1")));
            assertNamed(route, "?Limit=1", "Limit", ask(route, route.targetAnd("Limit=1")));
            for (var parameter : operation.query()) {
                for (var value : List.of("", "&" + parameter + "=", "1&" + parameter + "=1")) {
                    var target = route.targetAsking(parameter, value);
                    assertNamed(route, target, parameter, ask(route, target));
                }
            }
            if (!operation.query().contains("limit") && route.query().isEmpty()) {
                assertNamed(route, "?limit=5", "limit", ask(route, route.targetAnd("limit=5")));
            }
        }
        findings.assertNone();
    }

    @Test
    void theNilUuidIsNobodysId() {
        for (var route : api.routes()) {
            for (var parameter : route.ids().keySet()) {
                if (Ids.parse(route.ids().get(parameter)) != null) {
                    var target = route.target(parameter, NIL);
                    assertNamed(route, target, parameter, ask(route, target));
                }
            }
        }
        for (var operation : ApiDescription.of(service)) {
            var route = route(operation);
            for (var parameter : operation.query()) {
                if (QUERIES_FOR_IDS.contains(parameter)
                        && !queriesForThePlatform().contains(parameter)) {
                    var target = route.targetAsking(parameter, NIL);
                    assertNamed(route, target, parameter, ask(route, target));
                }
            }
        }
        findings.assertNone();
    }

    @Test
    void aBadIdempotencyKeyIsNamed() {
        var keyed = api.routes().stream().filter(Route::takesKey).toList();
        for (var route : keyed) {
            for (var bad : List.of("", "x".repeat(256), "two words", "tab\there", "schl\u00fcssel", "a\u0080")) {
                var ask = ask(route).with("Idempotency-Key", bad);
                assertNamed(route, "key '" + bad + "'", "Idempotency-Key", ask);
            }
        }
        assertNoneIfThereAre(keyed);
    }

    /** Mostly by the server itself, before any code of ours: a problem document all the same. */
    @Test
    void whatIsNotEvenHttpIsRefused() {
        for (var route : api.routes()) {
            for (var bad : List.of("\u0001", "\u0000", "\u007f", "\u001b[31m")) {
                var ask = ask(route).with("Idempotency-Key", "a" + bad).with("X-Other", bad);
                assertRefused(Protocol.HTTP_1_1, route.name() + " with a control character in a header", 400, ask);
            }
            for (var bad : List.of("?limit=%", "?limit=%zz", "/%zz", "/%", "?a=|")) {
                var ask = ask(route, route.targetWithoutQuery() + bad);
                Protocol.each(protocol -> assertRefused(protocol, route.name() + " with " + bad, 400, ask));
            }
        }
        findings.assertNone();
    }

    @Test
    void whatIsTooLongIsRefused() {
        var route = api.routes().get(0);
        for (int length : List.of(4_097, 9_000, 100_000)) {
            var ask = ask(route, route.targetWithoutQuery() + "?x=" + "x".repeat(length));
            for (var protocol : length == 4_097 ? Protocol.values() : new Protocol[] {Protocol.HTTP_1_1}) {
                assertRefused(protocol, "a target of " + length, 414, ask);
            }
        }
        for (int length : List.of(16 * 1024, 40_000, 200_000)) {
            var ask = ask(route).with("X-Other", "x".repeat(length));
            for (var protocol : length == 16 * 1024 ? Protocol.values() : new Protocol[] {Protocol.HTTP_1_1}) {
                assertRefused(protocol, "a header of " + length, 431, ask);
            }
        }
        findings.assertNone();
    }

    /** A proxy in front of us might see another end of the body, and let in what follows as a request of somebody else. */
    @Test
    void framesThatCanBeReadInTwoWaysAreRefused() throws IOException {
        var route = api.routes().get(0);
        var chunks = "0\r\n\r\nGET /q/health/live HTTP/1.1\r\nHost: points\r\n\r\n";
        var heads = List.of(
                "HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked",
                "HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 5",
                "HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 0",
                "HTTP/1.0\r\nContent-Length: 5\r\nTransfer-Encoding: chunked",
                "HTTP/1.0\r\nTransfer-Encoding: chunked",
                "HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6",
                "HTTP/1.1\r\nContent-Length: 5, 6",
                "HTTP/1.1\r\nContent-Length: +5",
                "HTTP/1.1\r\nContent-Length: -5",
                "HTTP/1.1\r\nContent-Length: 5x",
                "HTTP/1.1\r\nTransfer-Encoding: gzip, chunked",
                "HTTP/1.1\r\nTransfer-Encoding: chunked, identity",
                "HTTP/1.1\r\nTransfer-Encoding: identity",
                "HTTP/1.1\r\nTransfer-Encoding: xchunked",
                "HTTP/1.1\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
                "HTTP/1.1\r\nTransfer-Encoding : chunked");
        for (var head : heads) {
            var answer = Ask.raw(
                    service,
                    "%s %s %s\r\nHost: points\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\n\r\n%s"
                            .formatted(route.method(), route.target(), head, api.tokenFor(route), chunks));
            findings.check(
                    answer.status() == 400 && "application/problem+json".equals(answer.mediaType()),
                    head + " should be refused: " + answer);
            findings.check(!answer.text().contains("HTTP/1."), head + " should end the connection: " + answer.text());
        }
        findings.assertNone();
    }

    /** The filters and the router read a path in the same way: as few slashes and parameters as can be. */
    @Test
    void aPathWrittenOtherwiseIsTheSamePath() {
        for (var route : api.routes()) {
            var target = route.target();
            int query = target.indexOf('?');
            var path = query < 0 ? target : target.substring(0, query);
            var rest = query < 0 ? "" : target.substring(query);
            var others = List.of(
                    path + "/",
                    path + "//",
                    "/" + path,
                    path.replace("/api/", "/api//"),
                    path + ";x=1",
                    path.replace("/api/", "/api;v=1/"),
                    path.replace("/api/", "/%61p%69/"),
                    path.replace("/api/", "/api/./"),
                    path.replace("/api/", "/api/nowhere/../"));
            Protocol.each(protocol -> {
                var right = protocol.send(wrong(route, target), service);
                for (var other : others) {
                    var written = protocol.send(wrong(route, other + rest), service);
                    findings.check(
                            right.status() == written.status() && right.text().equals(written.text()),
                            "%s %s by %s is not like %s: %s, %s"
                                    .formatted(route.method(), other, protocol, target, written, right));
                }
            });
            for (var other : List.of(
                    path.replaceFirst("/(?=[^/]*$)", "%2f"),
                    path.replaceFirst("/(?=[^/]*$)", "%5C"),
                    path.replace("/api/", "/api/x/..;/"),
                    path.toUpperCase(Locale.ROOT))) {
                Protocol.each(protocol -> {
                    var answer = protocol.send(ask(route, other + rest), service);
                    var broken = ProblemRules.broken(answer, 404, "not-found");
                    findings.check(broken.isEmpty(), "%s by %s: %s: %s".formatted(other, protocol, broken, answer));
                });
            }
        }
        findings.assertNone();
    }

    /** Wrong by its body, or by its method if it has none, so that nothing changes. */
    private Ask wrong(Route route, String target) {
        return route.hasBody()
                ? ask(route, target).withJson("{")
                : new Ask("PATCH", target, ask(route).headers(), null, false).withJson("{");
    }

    /** Whoever asks is told what a route allows, in OPTIONS and in 405 alike. */
    @Test
    void aRouteSaysWhatItAllows() {
        var methods = new TreeMap<String, Set<String>>();
        ApiDescription.of(service)
                .forEach(it -> methods.computeIfAbsent(route(it).target(), path -> new TreeSet<>(Set.of("OPTIONS")))
                        .addAll("GET".equals(it.method()) ? Set.of("GET", "HEAD") : Set.of(it.method())));
        var token = api.tokenFor(api.routes().get(0));
        methods.forEach((target, allowed) -> Protocol.each(protocol -> {
            var asked = protocol.send(Ask.of("OPTIONS", target).by(token), service);
            findings.check(
                    asked.status() == 204 && allowed.equals(asked.list("allow")),
                    "OPTIONS %s by %s should allow %s: %s %s"
                            .formatted(target, protocol, allowed, asked, asked.headers()));
            for (var method : List.of("GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "INVENTED")) {
                if (!allowed.contains(method)) {
                    var ask = Ask.of(method, target).by(token);
                    var withBody = "INVENTED".equals(method)
                            ? ask.with("Content-Type", "text/csv").withBody(TestKafka.bytes("a,b\n"))
                            : ask.withJson("{}");
                    var answer = protocol.send("TRACE".equals(method) ? ask : withBody, service);
                    var broken = ProblemRules.broken(answer, 405, "method-not-allowed");
                    if (!allowed.equals(answer.list("allow"))) {
                        broken.add("Allow should be " + allowed);
                    }
                    findings.check(
                            broken.isEmpty(),
                            "%s %s by %s: %s: %s %s"
                                    .formatted(method, target, protocol, broken, answer, answer.headers()));
                }
            }
        }));
        findings.assertNone();
    }

    @Test
    void aRouteThatDoesNotExistIsAProblemToo() {
        var token = api.tokenFor(api.routes().get(0));
        for (var target : List.of(
                "/",
                "/api",
                "/api/",
                "/api/nowhere",
                "/api/platform",
                "/nowhere",
                "/index.html",
                "/q/nowhere",
                "/api/..%2f..%2fetc")) {
            for (var method : List.of("GET", "POST", "DELETE")) {
                Protocol.each(protocol -> {
                    var answer = protocol.send(Ask.of(method, target).by(token), service);
                    var broken = ProblemRules.broken(answer, 404, "not-found");
                    findings.check(
                            broken.isEmpty(),
                            "%s %s by %s: %s: %s".formatted(method, target, protocol, broken, answer));
                });
            }
        }
        findings.assertNone();
    }

    private void assertRefused(Protocol protocol, String what, int status, Ask ask) {
        var answer = protocol.send(ask, service);
        findings.check(
                answer.status() == status && "application/problem+json".equals(answer.mediaType()),
                "%s by %s should be a problem of %s: %s".formatted(what, protocol, status, answer));
    }

    private static Map<String, byte[]> notAnObject(Route route) {
        var right = route.body();
        var bodies = new LinkedHashMap<String, byte[]>();
        bodies.put("an empty body", new byte[0]);
        bodies.put("blanks", TestKafka.bytes(" \n "));
        bodies.put("no JSON", TestKafka.bytes("points!"));
        bodies.put("null", TestKafka.bytes("null"));
        bodies.put("true", TestKafka.bytes("true"));
        bodies.put("a number", TestKafka.bytes("5"));
        bodies.put("a text", TestKafka.bytes("\"x\""));
        bodies.put("an empty text", TestKafka.bytes("\"\""));
        bodies.put("an empty array", TestKafka.bytes("[]"));
        bodies.put("an array of it", TestKafka.bytes("[" + right + "]"));
        bodies.put("two of it", TestKafka.bytes(right + right));
        bodies.put("something behind it", TestKafka.bytes(right + " x"));
        bodies.put("a brace too many", TestKafka.bytes(right + "}"));
        bodies.put("half of it", TestKafka.bytes(right.substring(0, right.length() / 2)));
        bodies.put("a comment in it", TestKafka.bytes("/* x */" + right));
        bodies.put("single quotes", TestKafka.bytes(right.replace('"', '\'')));
        bodies.put("a comma too many", TestKafka.bytes(right.replace("}", ",}")));
        bodies.put("a raw U+0000", TestKafka.bytes(right.replace("{", "{\0")));
        bodies.put("a number of 2,000 digits", TestKafka.bytes("{\"amount\": " + "9".repeat(2_000) + "}"));
        bodies.put("10,000 arrays", TestKafka.bytes("[".repeat(10_000)));
        bodies.put("invalid UTF-8 in a name", (right.replace("{", "{\"\u00ff\": 1, ")).getBytes(ISO_8859_1));
        if (right.contains(Field.SOME_TEXT)) {
            bodies.put(
                    "invalid UTF-8 in a text",
                    right.replace(Field.SOME_TEXT, "\u00c3(").getBytes(ISO_8859_1));
        }
        return bodies;
    }

    private Ask withoutBody(Route route) {
        return Ask.of(route.method(), route.target()).by(api.tokenFor(route)).with("Content-Type", "application/json");
    }

    private Ask ask(Route route) {
        return route.ask().by(api.tokenFor(route));
    }

    private Ask ask(Route route, String target) {
        var right = ask(route);
        return new Ask(right.method(), target, right.headers(), right.body(), false);
    }

    private List<Route> bodyRoutes() {
        return api.routes().stream().filter(Route::hasBody).toList();
    }

    private List<Route> routesThatTakeSomething() {
        return api.routes().stream()
                .filter(route -> route.hasBody() || !route.csv().isEmpty())
                .toList();
    }

    private Route route(ApiDescription.Operation operation) {
        return api.routes().stream()
                .filter(it -> it.name().equals(operation.name()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(operation.name() + " is not declared"));
    }

    private void assertNoneIfThereAre(List<Route> routes) {
        if (!routes.isEmpty()) {
            findings.assertNone();
        }
    }

    private void assertNamed(Route route, String fault, String field, Ask ask) {
        findings.byEach(protocol -> {
            var answer = answered(protocol, ask);
            var broken = ProblemRules.broken(answer, 400, "invalid-request");
            if (!answer.fieldsAtFault().equals(Set.of(field))) {
                broken.add("it does not name " + field + " alone");
            }
            findings.check(
                    broken.isEmpty(),
                    "%s with %s by %s: %s: %s".formatted(route.name(), fault, protocol, broken, answer));
        });
    }

    private void assertProblem(Route route, String fault, int status, String slug, Ask ask) {
        findings.byEach(protocol -> {
            var answer = answered(protocol, ask);
            var broken = ProblemRules.broken(answer, status, slug);
            findings.check(
                    broken.isEmpty(),
                    "%s with %s by %s: %s: %s".formatted(route.name(), fault, protocol, broken, answer));
        });
    }

    /** Few batches may be open at once: whoever is turned away comes again. */
    private Answer answered(Protocol protocol, Ask ask) {
        long patience = System.nanoTime() + PATIENCE.toNanos();
        var answer = protocol.send(ask, service);
        while (answer.status() == 429 && System.nanoTime() < patience) {
            answer = protocol.send(ask, service);
        }
        return answer;
    }

    private static String base64(String position) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(position.getBytes(StandardCharsets.UTF_8));
    }

    private static String lines(Map<String, String> contents) {
        return contents.entrySet().stream().map(Object::toString).collect(Collectors.joining("\n"));
    }
}
