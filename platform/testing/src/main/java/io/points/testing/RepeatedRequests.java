package io.points.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.contract.Ids;
import io.quarkus.test.common.http.TestHTTPResource;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Whatever changes something can be repeated after a lost answer: a POST under its Idempotency-Key, PUT and DELETE as they
 * are. The repeat gets the same answer, and changes nothing in any table.
 */
public abstract class RepeatedRequests {

    private static final int TWINS = 4;

    @TestHTTPResource("/")
    URI service;

    private final Findings findings = new Findings();
    private Api api;

    /** The service's routes, and a tenant whose people call them. */
    protected abstract Api api();

    /** Brings everything to rest, so that whatever changes afterwards was changed by the test. */
    protected void settle() {
        awaitAllSent();
    }

    private static void awaitAllSent() {
        Awaitility.await().until(() -> Tables.asOwner(
                        connection -> Tables.column(connection, "select count(*) from outbox where set_aside is null"))
                .equals(List.of("0")));
    }

    @BeforeEach
    void prepare() {
        api = api();
    }

    @Test
    void aRepeatGetsTheSameAnswerAndChangesNothing() {
        var firsts = new LinkedHashMap<Ask, Answer>();
        for (var route : api.routes()) {
            if (route.takesKey()) {
                var ask = keyed(route);
                firsts.put(ask, answer(ask));
            }
        }
        assertRepeatable(firsts);
    }

    @Test
    void whatIsTheSameByNatureGetsTheSameAnswerAndChangesNothing() {
        var firsts = new LinkedHashMap<Ask, Answer>();
        for (var route : api.routes()) {
            if (route.isRepeatableByNature()) {
                var ask = route.ask().by(api.tokenFor(route));
                // Each by itself: a PUT and a DELETE of the same thing undo each other.
                firsts.put(ask, answer(ask));
                assertRepeatable(firsts);
                firsts.clear();
            }
        }
    }

    private void assertRepeatable(Map<Ask, Answer> firsts) {
        settle();
        var before = Tables.contents();
        firsts.forEach((ask, first) -> assertSame(ask, first, answer(ask)));
        awaitAllSent();
        assertEquals(before, Tables.contents());
        if (!firsts.isEmpty()) {
            findings.assertNone();
        }
    }

    @Test
    void anotherRequestUnderTheKeyIsRefused() {
        for (var route : api.routes()) {
            if (!route.takesKey()) {
                continue;
            }
            var ask = keyed(route);
            answer(ask);
            var others = new ArrayList<Ask>();
            route.fields().stream()
                    .filter(field -> field.example().contains(Field.SOME_TEXT))
                    .forEach(field -> others.add(ask.withJson(
                            route.bodyWith(field, field.example().replace(Field.SOME_TEXT, "Something else")))));
            if (route.csv().contains(Field.SOME_TEXT)) {
                others.add(ask.withBody(TestKafka.bytes(route.csv().replace(Field.SOME_TEXT, "Something else"))));
            }
            if (route.ids().values().stream().anyMatch(id -> Ids.parse(id) != null)) {
                others.add(new Ask(ask.method(), route.targetWithNewIds(), ask.headers(), ask.body(), false));
            }
            if (others.isEmpty()) {
                // Whoever says nothing of their own and names nobody in the path names somebody in the body.
                route.fields().stream()
                        .filter(field -> Ids.parse(field.example().replace("\"", "")) != null)
                        .forEach(field -> others.add(ask.withJson(
                                route.bodyWith(field, '"' + UUID.randomUUID().toString() + '"'))));
            }
            findings.check(!others.isEmpty(), "There is no other request for " + route.name());
            for (var other : others) {
                var answer = other.send(service);
                var broken = ProblemRules.broken(answer, 422, "idempotency-key-reused");
                findings.check(broken.isEmpty(), "%s: %s: %s".formatted(other.target(), broken, answer));
            }
        }
        findingsIfAny();
    }

    @Test
    void twinsAtOnceAreDoneOnce() {
        for (var route : api.routes()) {
            if (!route.takesKey()) {
                continue;
            }
            var ask = keyed(route);
            var twins = Stream.generate(() -> SideBySide.begin(() -> answer(ask)))
                    .limit(TWINS)
                    .toList();
            var first = twins.get(0).join();
            twins.forEach(twin -> assertSame(ask, first, twin.join()));
        }
        findingsIfAny();
    }

    /** A 503 is repeated, as the API asks; a busy machine gives one now and then. */
    private Answer answer(Ask ask) {
        return Awaitility.await()
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .atMost(Duration.ofMinutes(1))
                .until(() -> ask.send(service), answer -> answer.status() != 503);
    }

    private void findingsIfAny() {
        if (api.routes().stream().anyMatch(Route::takesKey)) {
            findings.assertNone();
        }
    }

    private Ask keyed(Route route) {
        return route.ask()
                .by(api.tokenFor(route))
                .with("Idempotency-Key", UUID.randomUUID().toString());
    }

    private void assertSame(Ask ask, Answer first, Answer repeat) {
        findings.check(
                first.status() < 500
                        && first.status() != 400
                        && first.status() == repeat.status()
                        && first.mediaType().equals(repeat.mediaType())
                        && first.text().equals(repeat.text())
                        && String.valueOf(first.headers().get("location"))
                                .equals(String.valueOf(repeat.headers().get("location"))),
                "%s %s is answered %s, and its repeat %s".formatted(ask.method(), ask.target(), first, repeat));
    }
}
