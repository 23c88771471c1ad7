package io.points.billing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.contract.BillingEvent.BillingEntryRecorded;
import io.points.contract.Topic;
import io.points.testing.Tables;
import io.points.testing.TestKafka;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Two months of five tenants are closed: all documents agree, to the point and to the minor unit. */
@QuarkusTest
class MonthTest extends BillingServiceTest {

    private static final UUID FINANCE = UUID.randomUUID();
    private static final long SEED = 20260131;

    @Test
    void twoGeneratedMonthsAreClosedAndEverythingAgrees() {
        var first = Period.parse("2025-12");
        var second = first.next();
        var months = new GeneratedMonths(SEED, first, 5);
        var told = months.told();
        send(told);
        awaitHeard();

        for (var tenant : months.tenants()) {
            for (var period : List.of(first, second)) {
                close(tenant, period);
                assertStatement(tenant, period);
            }
            assertReconciled(tenant);
        }
        for (var period : List.of(first, second)) {
            assertJournal(months, period);
        }
        assertRebuiltFromTheTopic(months, List.of(first, second));

        var statements = bytes(months, second);
        var tables = Tables.contents();
        var ids = announcedIds();
        send(told);
        awaitHeard();
        assertEquals(tables, Tables.contents(), "a replay from the first record changes nothing");
        assertEquals(ids, announcedIds(), "and brings no new event");
        assertEquals(statements, bytes(months, second), "a closed statement is the same, byte for byte");
        months.tenants().forEach(MonthTest::assertReconciled);
    }

    @Test
    void theSameSeedGeneratesTheSame() {
        var first = Period.parse("2025-12");

        assertEquals(new GeneratedMonths(7, first, 5).told(), new GeneratedMonths(7, first, 5).told());
        assertNotEquals(new GeneratedMonths(7, first, 5).told(), new GeneratedMonths(8, first, 5).told());
    }

    private static void send(List<GeneratedMonths.Told> told) {
        told.stream()
                .map(it -> kafka.begin(it.id(), it.message(), it.time()))
                .toList()
                .forEach(TestKafka::await);
    }

    private static void close(GeneratedTenant tenant, Period period) {
        step(FINANCE, tenant.id(), period.toString(), "soft-close").then().statusCode(200);
        var reckoned = statement(tenant.id(), period.toString()).asString();
        String closedAt = step(FINANCE, tenant.id(), period.toString(), "close")
                .then()
                .statusCode(200)
                .extract()
                .path("revisions[0].closed_at");
        assertEquals(
                reckoned.replace(
                        "\"state\":\"soft_closed\"",
                        "\"state\":\"closed\",\"revision\":1,\"closed_at\":\"%s\",\"closed_by\":\"%s\",\"replaces\":[]"
                                .formatted(closedAt, FINANCE)),
                statement(tenant.id(), period.toString())
                        .asString()
                        .replaceFirst(",\"documents\":\\[.*?\\](?=,\"tax_note\")", ""),
                "what is kept is what the tables give, byte for byte");
    }

    private static void assertStatement(GeneratedTenant tenant, Period period) {
        var statement = statement(tenant.id(), period.toString())
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        var books = tenant.books();
        assertEquals("closed", statement.getString("state"));
        assertEquals(books.poolBefore(period), statement.getLong("pool.opening"));
        assertEquals(books.points(period, Flow.ALLOCATED), statement.getLong("pool.allocated"));
        assertEquals(books.points(period, Flow.CLAWED_BACK), statement.getLong("pool.clawed_back"));
        assertEquals(books.points(period, Flow.DISTRIBUTED), statement.getLong("pool.distributed"));
        assertEquals(books.points(period, Flow.REFUNDED), statement.getLong("pool.refunded"));
        assertEquals(books.points(period, Flow.RETURNED), statement.getLong("pool.returned"));
        assertEquals(books.poolBefore(period.next()), statement.getLong("pool.closing"));
        assertBuckets(books, period, statement, "opening");
        assertBuckets(books, period.next(), statement, "closing");
        assertTrue(statement.getLong("closing.in_flight") > 0, "something was on its way at midnight");
        assertEquals(List.of(tenant.currency()), statement.getList("billed.currency"));
        assertEquals(books.billed(period), new BigInteger(statement.getString("billed[0].total_minor")));
        assertEquals(
                books.billed(period),
                statement.getList("documents.total_minor").stream()
                        .map(it -> new BigInteger(it.toString()))
                        .reduce(BigInteger.ZERO, BigInteger::add));
        assertEquals(books.worthBefore(period), new BigInteger(statement.getString("prepayments[0].opening_minor")));
        assertEquals(
                books.worthBefore(period.next()), new BigInteger(statement.getString("prepayments[0].closing_minor")));
        var points = statement.getList("entries.points", Long.class);
        assertEquals(
                books.points(period, Flow.ALLOCATED) - books.points(period, Flow.CLAWED_BACK),
                points.stream().mapToLong(Long::longValue).sum());
    }

    private static void assertBuckets(ExpectedBooks books, Period at, JsonPath statement, String when) {
        assertEquals(
                books.poolBefore(at) + books.reservedBefore(at) + books.budgetsBefore(at),
                statement.getLong(when + ".prepaid"));
        assertEquals(books.inFlightBefore(at), statement.getLong(when + ".in_flight"));
        assertEquals(books.earnedBefore(at), statement.getLong(when + ".liability"));
    }

    private static void assertReconciled(GeneratedTenant tenant) {
        var sheet = reconciliation(tenant.id());
        assertEquals(List.of(), sheet.getList("differences"));
        assertTrue(sheet.getBoolean("agrees"));
        assertEquals(tenant.version(), sheet.getLong("contiguous_version"));
        assertEquals(sheet.getLong("event_points"), sheet.getLong("entry_points"));
        assertTrue(sheet.getLong("entries") > sheet.getLong("events"), "some clawback spans several purchases");
    }

    private static void assertJournal(GeneratedMonths months, Period period) {
        var all = BigInteger.ZERO;
        var owed = new HashMap<String, BigInteger>();
        for (var line : JournalReader.csv(as("finance")
                .get("/api/billing/journal/" + period + ".csv")
                .then()
                .statusCode(200)
                .extract()
                .asString())) {
            var amount = new BigInteger(line.get("amount_minor"));
            all = all.add(amount);
            if (line.get("account").equals("accounts-receivable")) {
                owed.merge(line.get("tenant_id"), amount, BigInteger::add);
            }
        }
        assertEquals(BigInteger.ZERO, all, "debits and credits sum to zero");
        for (var tenant : months.tenants()) {
            assertEquals(tenant.books().billed(period), owed.get(tenant.id().toString()));
        }
    }

    /** Finance reads the topic from offset 0, and comes to the same totals. */
    private static void assertRebuiltFromTheTopic(GeneratedMonths months, List<Period> periods) {
        for (var tenant : months.tenants()) {
            var entries = kafka.messages(Topic.BILLING_ENTRIES, BillingEntryRecorded.class, tenant.id());
            for (var period : periods) {
                var own = entries.stream()
                        .filter(it -> period.toString().equals(it.billingPeriod()))
                        .toList();
                assertEquals(
                        tenant.books().billed(period),
                        own.stream()
                                .map(it -> BigInteger.valueOf(it.amountMinor()))
                                .reduce(BigInteger.ZERO, BigInteger::add));
                assertEquals(
                        statement(tenant.id(), period.toString())
                                .jsonPath()
                                .getList("entries.entry_id", String.class)
                                .stream()
                                .sorted()
                                .toList(),
                        own.stream().map(it -> it.entryId().toString()).sorted().toList());
            }
        }
    }

    private static Map<String, String> bytes(GeneratedMonths months, Period period) {
        return months.tenants().stream()
                .flatMap(tenant -> List.of("json", "csv", "html").stream()
                        .map(format -> Map.entry(
                                tenant.id() + "." + format,
                                as("finance")
                                        .queryParam("format", format)
                                        .get("/api/billing/statements/" + tenant.id() + "/" + period)
                                        .then()
                                        .statusCode(200)
                                        .extract()
                                        .asString())))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Set<String> announcedIds() {
        return kafka.read(Topic.BILLING_ENTRIES).stream()
                .map(it -> String.valueOf(TestKafka.header(it, "ce_id")))
                .collect(Collectors.toSet());
    }
}
