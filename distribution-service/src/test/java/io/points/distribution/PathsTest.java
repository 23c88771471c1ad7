package io.points.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.contract.DistributionKind;
import io.points.distribution.expiry.Sweeps;
import io.points.testing.Rivals;
import io.points.testing.SideBySide;
import io.points.testing.Tables;
import io.restassured.specification.RequestSpecification;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Whatever locks rows of a company, at once with whatever else does, and with itself: nobody waits in a circle, and everybody is answered as
 * the document says. Chance has no part in it: the rows that all of them need are held until the first waits for them, or is done, and then the
 * second; so, of two that lock in different orders, each has then what the other one wants.
 */
@DistributionServiceTest
class PathsTest {

    /** Whose rows are held. All but one of the tables that are locked, so that of every two at least one is. */
    private static final List<String> HELD = List.of("wallets", "members", "given");

    /** How many of these tables are held for each two paths, one after the other: 3 takes minutes. Most paths end with wallets. */
    private static final int TABLES = Integer.getInteger("points.test.paths", 1);

    /** Where the second waits for the first within the service, it comes no further than that. */
    private static final Duration WITHIN_THE_SERVICE = Duration.ofMillis(200);

    private static final Set<Integer> ANSWERS = Set.of(200, 201, 202, 404, 409, 422);
    private static final UUID ANNA = UUID.randomUUID();

    /** More than can be given in the test. */
    private static final long ENOUGH = 1_000_000_000;

    /** What must be approved. */
    private static final long LARGE = 101;

    /** What takes two people to be taken back. */
    private static final long NOT_SO_LARGE = 60;

    /**
     * A way to lock rows.
     *
     * @param once goes it once, and gives how it was answered; what is not asked for over HTTP gives 200 when it has happened
     */
    private record Path(String name, IntSupplier once) {}

    @Test
    void noTwoPathsWaitForEachOtherInACircle() {
        try (var given = Given.tenant()) {
            var company = new Company(given);
            var paths = company.paths();
            company.prepare((paths.size() + 1) * TABLES);
            var answers = new TreeMap<String, Set<Integer>>();
            paths.forEach(path -> answers.put(path.name(), ConcurrentHashMap.newKeySet()));
            long before = Rivals.deadlocks();
            for (int i = 0; i < paths.size(); i++) {
                for (int j = i; j < paths.size(); j++) {
                    for (int table = 0; table < TABLES; table++) {
                        bothAtOnce(given, HELD.get(table), paths.get(i), paths.get(j), answers);
                    }
                }
            }
            assertEquals(before, Rivals.deadlocks());
            answers.forEach((path, statuses) -> {
                assertTrue(ANSWERS.containsAll(statuses), () -> path + ": " + statuses);
                assertTrue(statuses.stream().anyMatch(status -> status < 300), () -> path + " never got through");
            });
        }
    }

    private static void bothAtOnce(Given given, String table, Path one, Path other, Map<String, Set<Integer>> answers) {
        Tables.asOwner(connection -> {
            connection.setAutoCommit(false);
            hold(connection, "select from " + table + " where tenant_id = '" + given.tenant + "' for update");
            var first = begin(one, answers);
            Awaitility.await().until(() -> first.isDone() || Rivals.blocked() > 0);
            long began = System.nanoTime();
            var second = begin(other, answers);
            Awaitility.await()
                    .until(() -> second.isDone()
                            || Rivals.blocked() > (first.isDone() ? 0 : 1)
                            || System.nanoTime() - began > WITHIN_THE_SERVICE.toNanos());
            connection.commit();
            connection.setAutoCommit(true);
            return Stream.of(first, second).map(CompletableFuture::join).toList();
        });
    }

    private static CompletableFuture<Boolean> begin(Path path, Map<String, Set<Integer>> answers) {
        return SideBySide.begin((Supplier<Boolean>)
                () -> answers.get(path.name()).add(path.once().getAsInt()));
    }

    private static void hold(Connection connection, String rows) throws SQLException {
        try (var sql = connection.createStatement()) {
            sql.execute(rows);
        }
    }

    /** Otherwise the test above could not fail. */
    @Test
    void aCircleIsFound() {
        try (var given = Given.tenant()) {
            long before = Rivals.deadlocks();
            var ended = Tables.asApp(one -> Tables.asApp(other -> {
                one.setAutoCommit(false);
                other.setAutoCommit(false);
                hold(one, member(given.employee));
                hold(other, member(given.lead));
                var waits = SideBySide.begin((Supplier<Boolean>) () -> isEnded(one, member(given.lead)));
                Rivals.awaitBlocked();
                var ends = isEnded(other, member(given.employee));
                other.rollback();
                other.setAutoCommit(true);
                var both = List.of(waits.join(), ends);
                one.rollback();
                one.setAutoCommit(true);
                return both;
            }));
            assertEquals(1, ended.stream().filter(it -> it).count());
            assertEquals(before + 1, Rivals.deadlocks());
        }
    }

    private static String member(UUID user) {
        return "select from members where user_id = '" + user + "' for update";
    }

    private static boolean isEnded(Connection connection, String rows) {
        try {
            hold(connection, rows);
            return false;
        } catch (SQLException e) {
            assertEquals("40P01", e.getSQLState());
            return true;
        }
    }

    /** A company whose rules count everything, and what is ready in it to be decided, to arrive or to be taken back. */
    private static final class Company {
        private final Given given;
        private final UUID colleague;
        private final UUID department;
        private final AtomicInteger revisions = new AtomicInteger();
        private final Queue<UUID> toArrive = new ConcurrentLinkedQueue<>();
        private final Queue<UUID> toBeRefused = new ConcurrentLinkedQueue<>();
        private final Queue<UUID> toBeLate = new ConcurrentLinkedQueue<>();
        private final Queue<UUID> toApprove = new ConcurrentLinkedQueue<>();
        private final Queue<UUID> toReject = new ConcurrentLinkedQueue<>();
        private final Queue<UUID> toWithdraw = new ConcurrentLinkedQueue<>();
        private final Queue<UUID> toBeForgotten = new ConcurrentLinkedQueue<>();
        private final Queue<UUID> toReverse = new ConcurrentLinkedQueue<>();
        private final Queue<UUID> toUndo = new ConcurrentLinkedQueue<>();
        private final Queue<UUID> proposed = new ConcurrentLinkedQueue<>();
        private final Queue<UUID> wishes = new ConcurrentLinkedQueue<>();

        Company(Given given) {
            this.given = given;
            colleague = given.newEmployee();
            department = given.department("Sales");
            changePolicy();
        }

        /** All ways to lock what was given, keys, distributions, proposals, members and wallets. */
        List<Path> paths() {
            return List.of(
                    path("award", () -> award(given.asManager(), given.employee)),
                    path("award from a budget", () -> award(given.asLead(), given.employee)),
                    path("award from an allowance", () -> award(given.as(colleague, "employee"), given.employee)),
                    path(
                            "delegation",
                            () -> post(
                                    given.asManager(), "allocations/distribute-to-lead", Given.award(given.lead, 1))),
                    path("batch", () -> batch("all_or_nothing")),
                    path("batch of single awards", () -> batch("each")),
                    path("arrival", () -> arrives(toArrive.remove())),
                    path("refusal by the pool", () -> isRefused(toBeRefused.remove())),
                    path("deadline", () -> isLate(toBeLate.remove())),
                    path("approval", () -> post(approval(toApprove.remove(), "approve"), "")),
                    path("rejection", () -> post(approval(toReject.remove(), "reject"), "{'reason': 'Too much'}")),
                    path("withdrawal", () -> post(given.asManager(), approval(toWithdraw.remove(), "withdraw"), "")),
                    path("time to approve", () -> isForgotten(toBeForgotten.remove())),
                    path(
                            "reversal",
                            () -> post(
                                    given.asManager(),
                                    "allocations/distributions/" + toReverse.remove() + "/reverse",
                                    Given.REVERSAL)),
                    path("undo of a batch", () -> isUndone(toUndo.remove())),
                    path("approval of an undo", () -> post("approvals/undos/" + proposed.remove() + "/approve", "")),
                    path("wish", () -> post("wishes/" + wishes.remove() + "/grant", "{'description': 'Well done'}")),
                    path(
                            "recall of a budget",
                            () -> post(
                                    given.asManager(),
                                    "allocations/return-to-pool",
                                    "{'from_user_id': '" + given.lead + "', 'amount': 1}")),
                    path(
                            "transfer",
                            () -> post(
                                    given.asManager(),
                                    "allocations/transfer",
                                    "{'to_department_id': '" + department + "', 'amount': 1}")),
                    path("policy", this::changePolicy),
                    path("expiry", this::sweep),
                    path(
                            "more time",
                            () -> post(
                                    given.asManager(),
                                    "dates/extend",
                                    "{'account': 'earned', 'user_id': '%s', 'from_date': '%s', 'to_date': '%s'}"
                                            .formatted(
                                                    given.employee,
                                                    lastDay(),
                                                    lastDay().plusYears(1)))),
                    path("deactivation", () -> isForATime(given.employee, "employee", false)),
                    path("demotion", () -> isForATime(given.lead, "employee", true)),
                    path(
                            "import of members",
                            () -> post(
                                    given.asManager(),
                                    "members/batch",
                                    "{'members': [{'user_id': '%s', 'role': 'employee'}, {'user_id': '%s', 'role': 'lead'}]}"
                                            .formatted(given.employee, given.lead))),
                    path("adjustment", this::adjust));
        }

        private static Path path(String name, IntSupplier once) {
            return new Path(name, once);
        }

        /** So many of each. */
        void prepare(int many) {
            given.budget(LARGE * many + 10_000);
            make(
                    many,
                    toReject,
                    () -> id(
                            given.asLead().body(Given.award(given.employee, LARGE)),
                            "allocations/award-points",
                            "distribution_id"));
            make(many, toReverse, () -> given.requestAward(5));
            make(many, proposed, () -> given.requestAward(NOT_SO_LARGE));
            for (var queue : List.of(toApprove, toWithdraw, toBeForgotten)) {
                make(many, queue, () -> given.requestAward(LARGE));
                queue.forEach(id -> given.poolDebits(id, DistributionKind.AWARD, LARGE));
            }
            make(many, toUndo, () -> given.requestBatch("all_or_nothing", Map.of(given.employee, 1L, colleague, 1L)));
            make(many, wishes, () -> given.wish(1));
            toReverse.forEach(id -> given.poolDebits(id, DistributionKind.AWARD, 5));
            proposed.forEach(id -> given.poolDebits(id, DistributionKind.AWARD, NOT_SO_LARGE));
            toUndo.forEach(id -> given.poolDebits(id, DistributionKind.BATCH, 2));
            awaitState("HELD", List.of(toReject, toApprove, toWithdraw, toBeForgotten));
            awaitState("COMPLETED", List.of(toReverse, proposed));
            toUndo.forEach(id -> given.awaitBatch(id, "COMPLETED"));
            var awards = List.copyOf(proposed);
            proposed.clear();
            awards.forEach(id -> proposed.add(id(
                    given.asManager().body(Given.REVERSAL),
                    "allocations/distributions/" + id + "/reverse",
                    "proposal_id")));
            make(many, toBeRefused, () -> given.requestAward(2));
            make(many, toBeLate, () -> given.requestAward(3));
            make(many, toArrive, () -> given.requestAward(4));
            // They arrive, are refused or are late when the test says so.
            Given.nothingFallsDue();
            // Told in time that they lapse, they do.
            Sweeps.at(lastDay().minusDays(30).atTime(12, 0).toInstant(ZoneOffset.UTC), given);
        }

        private static void make(int many, Queue<UUID> queue, Supplier<UUID> one) {
            Stream.generate(one).limit(many).forEach(queue::add);
        }

        private static UUID id(RequestSpecification by, String path, String name) {
            return UUID.fromString(
                    by.post("/api/" + path).then().statusCode(202).extract().path(name));
        }

        private static void awaitState(String state, List<Queue<UUID>> ids) {
            var all = ids.stream().flatMap(Collection::stream).toList();
            var wanted = String.join(",", all.stream().map(UUID::toString).toList());
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> Tables.asApp(connection -> Tables.number(
                                    connection,
                                    "select count(*) from distributions where id = any('{" + wanted
                                            + "}') and state = '" + state + "'"))
                            == all.size());
        }

        /** When what is earned now lapses: the day is over in UTC, which is the company's zone. */
        private static LocalDate lastDay() {
            return LocalDate.now(ZoneOffset.UTC).plusDays(90);
        }

        private int award(RequestSpecification by, UUID to) {
            return post(by, "allocations/award-points", Given.award(to, 1));
        }

        private int batch(String mode) {
            return post(
                    given.asManager(),
                    "allocations/award-points/batch",
                    Given.batch(mode, Map.of(given.employee, 1L, colleague, 1L)));
        }

        private static String approval(UUID id, String word) {
            return "approvals/" + id + "/" + word;
        }

        private int post(String path, String body) {
            return post(given.as(ANNA, "manager"), path, body);
        }

        /** Whoever is told to come again does. */
        private static int post(RequestSpecification by, String path, String body) {
            var request = by.header("Prefer", "respond-async");
            var whole = body.isEmpty() ? request : request.body(body.replace('\'', '"'));
            return untilAnswered(() -> whole.post("/api/" + path).statusCode());
        }

        private static int untilAnswered(IntSupplier ask) {
            return Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .pollInSameThread()
                    .until(ask::getAsInt, status -> status != 429 && status != 503);
        }

        private int arrives(UUID id) {
            given.poolDebits(id, DistributionKind.AWARD, 4);
            return becomes(id, "COMPLETED");
        }

        private int isRefused(UUID id) {
            given.poolRefuses(id, 2);
            return becomes(id, "REJECTED");
        }

        private int isLate(UUID id) {
            given.timePasses(id);
            return becomes(id, "CANCELLING");
        }

        private int isForgotten(UUID id) {
            Given.theTimeToApproveIsOver(id);
            return becomes(id, "COMPENSATING");
        }

        private int becomes(UUID id, String state) {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> state.equals(given.distribution(id).extract().path("state")));
            return 200;
        }

        private int isUndone(UUID batch) {
            int status = post(
                    given.asManager(),
                    "allocations/award-points/batch/" + batch + "/undo",
                    "{'reason': 'The wrong file', 'mode': 'what_is_there'}");
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> !"UNDOING"
                    .equals(given.batch(batch).extract().path("undo.state")));
            return status;
        }

        private int sweep() {
            // What waits for it is ended, and tries again.
            return Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .ignoreExceptions()
                    .pollInSameThread()
                    .until(
                            () -> {
                                Sweeps.at(afterwards(), given);
                                return 200;
                            },
                            status -> true);
        }

        private static Instant afterwards() {
            return lastDay().plusDays(1).atTime(12, 0).toInstant(ZoneOffset.UTC);
        }

        private int isForATime(UUID user, String role, boolean active) {
            int status = member(user, role, active);
            member(user, user.equals(given.lead) ? "lead" : "employee", true);
            return status;
        }

        private int member(UUID user, String role, boolean active) {
            var request = given.asManager().body("{\"role\": \"%s\", \"active\": %s}".formatted(role, active));
            return untilAnswered(() -> request.put("/api/members/" + user).statusCode());
        }

        private int adjust() {
            String adjustment = given.as(UUID.randomUUID(), "platform-admin")
                    .body("""
                            {"tenant_id": "%s", "user_id": "%s", "account": "earned", "amount": 1, "reason": "Test"}""".formatted(given.tenant, given.employee))
                    .post("/api/platform/adjustments/wallets")
                    .then()
                    .statusCode(200)
                    .extract()
                    .path("adjustment_id");
            return post(
                    given.as(UUID.randomUUID(), "platform-admin"),
                    "platform/adjustments/wallets/" + adjustment + "/approve",
                    "");
        }

        private int changePolicy() {
            var rules = new ArrayList<String>();
            for (var of : List.of("giver", "receiver", "pair", "department")) {
                rules.add("{'id': '" + of + "', 'of': '" + of + "', 'per': 'month', 'points': " + ENOUGH
                        + ", 'then': 'refuse'}");
            }
            rules.add("{'id': 'all', 'of': 'tenant', 'kinds': ['award', 'delegation'], 'per': 'month', 'points': "
                    + (ENOUGH + revisions.getAndIncrement()) + ", 'then': 'refuse'}");
            rules.add("{'id': 'peers', 'of': 'giver', 'roles': ['employee'], 'from': 'department:" + department
                    + "', 'per': 'month', 'points': " + ENOUGH + ", 'then': 'refuse'}");
            rules.add("{'id': 'large', 'of': 'award', 'points_above': " + (LARGE - 1) + ", 'then': 'approve'}");
            var body = String.format(
                            Locale.ROOT,
                            "{'earned': {'expires': {'after': 'P90D'}, 'to': 'nowhere'}, 'undo_approval_above': %s, 'rules': [%s]}",
                            NOT_SO_LARGE - 1,
                            String.join(",", rules))
                    .replace('\'', '"');
            var request = given.asManager().body(body);
            return untilAnswered(() -> request.put("/api/policy").statusCode());
        }
    }
}
