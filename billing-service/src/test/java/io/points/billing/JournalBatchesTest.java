package io.points.billing;

import static io.points.billing.Movements.allocated;
import static io.points.billing.Movements.clawedBack;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.platform.faultpoints.FaultPoint;
import io.points.testing.Hold;
import io.points.testing.PointsTestResource;
import io.points.testing.Rivals;
import io.points.testing.SideBySide;
import io.points.testing.Tables;
import io.points.testing.TestKafka;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each line of the journal is in exactly one batch, whatever happens at the same time. */
@QuarkusTest
class JournalBatchesTest extends BillingServiceTest {

    private static final String JANUARY = "2026-01";
    private static final UUID FINANCE = UUID.randomUUID();

    @ParameterizedTest
    @ValueSource(longs = {4501, 4502, 4503})
    void whoeverReadsWhileEntriesAreWrittenGetsEachLineOnce(long seed) {
        var random = new Random(seed);
        var months = new GeneratedMonths(seed, Period.parse("2025-12"), 3);
        var one = JournalReader.fromNowOn();
        var other = JournalReader.fromNowOn();
        var done = new AtomicBoolean();
        var readers = List.of(one, other).stream()
                .map(reader -> SideBySide.begin(() -> {
                    while (!done.get()) {
                        reader.readSome();
                    }
                }))
                .toList();
        try {
            var told = months.told();
            for (int from = 0; from < told.size(); ) {
                int to = Math.min(told.size(), from + 1 + random.nextInt(40));
                told.subList(from, to).stream()
                        .map(it -> kafka.begin(it.id(), it.message(), it.time()))
                        .toList()
                        .forEach(TestKafka::await);
                from = to;
            }
            awaitHeard();
        } finally {
            done.set(true);
        }
        readers.forEach(CompletableFuture::join);
        one.readOn();
        other.readOn();

        for (var tenant : months.tenants()) {
            var expected = withLines(tenant.id());
            assertEquals(expected, imported(one, tenant.id()));
            assertEquals(expected, imported(other, tenant.id()));
            assertTrue(expected.size() > 10, "only " + expected.size());
        }
        assertSameBytes(one, other);
        one.files().forEach((number, file) -> assertEquals(file, fileOf(number).asString()));
        assertEquals(0, one.readSome(), "nothing comes twice");
    }

    /** Where one began later, or read between two batches, it has fewer files; what both have is the same. */
    private static void assertSameBytes(JournalReader one, JournalReader other) {
        var both = new ArrayList<>(one.files().keySet());
        both.retainAll(other.files().keySet());
        assertTrue(!both.isEmpty());
        both.forEach(it -> assertEquals(one.files().get(it), other.files().get(it)));
    }

    @Test
    void whatIsCommittedLateComesIntoTheNextBatch() throws SQLException {
        var reader = JournalReader.fromNowOn();
        bought(100, 1);
        try (var writer = DriverManager.getConnection(
                        PointsTestResource.surroundings().ownerJdbcUrl());
                var sql = writer.createStatement()) {
            writer.setAutoCommit(false);
            sql.execute(anotherEntry(2));
            var later = UUID.randomUUID();
            sendAt("2026-01-06T10:00:00Z", allocated(later, 7, 1));
            awaitHeard();
            reader.readOn();
            assertEquals(2, reader.linesOf(later).size());
            assertEquals(2, reader.linesOf(tenant).size());
            writer.commit();
        }
        reader.readOn();
        assertEquals(withLines(tenant), imported(reader, tenant));
    }

    @Test
    void twoWhoAskAtOnceGetTheSame() {
        bought(100, 1);
        var one = new ArrayList<CompletableFuture<Response>>();
        try (var hold = Hold.at(FaultPoint.TRANSACTION_BEFORE_COMMIT)) {
            one.add(SideBySide.begin(JournalBatchesTest::list));
            hold.awaitHit();
            one.add(SideBySide.begin(JournalBatchesTest::list));
            Rivals.awaitBlocked();
        }
        one.forEach(it -> assertEquals(200, it.join().statusCode()));
        assertEquals(withLines(tenant), imported(new JournalReader().readOn(), tenant));
    }

    @Test
    void whoeverIsEndedInBetweenHasMadeNone() {
        bought(100, 1);
        CompletableFuture<Response> ended;
        try (var hold = Hold.at(FaultPoint.TRANSACTION_BEFORE_COMMIT)) {
            ended = SideBySide.begin(JournalBatchesTest::list);
            hold.awaitHit();
            Rivals.endOpenTransactions();
        }
        assertNotEquals(0, ended.join().statusCode());
        // The reader fails at a gap in the numbers.
        assertEquals(withLines(tenant), imported(new JournalReader().readOn(), tenant));
    }

    @Test
    void whatIsLateIsPostedInTheMonthInWhichItIsBilled() {
        bought(100, 1);
        step(FINANCE, tenant, JANUARY, "soft-close").then().statusCode(200);
        step(FINANCE, tenant, JANUARY, "close").then().statusCode(200);
        var reader = JournalReader.fromNowOn();
        sendAt("2026-01-31T23:59:59Z", allocated(tenant, 40, 2));
        sendAt("2026-02-03T00:00:00Z", clawedBack(tenant, 40, 3));
        awaitHeard();

        assertEquals(
                List.of("2026-02-01", "2026-02-01", "2026-02-03", "2026-02-03"),
                reader.readOn().linesOf(tenant).stream()
                        .map(it -> it.get("posting_date"))
                        .toList());
    }

    @Test
    void aLineSaysHowFarItsMonthIs() {
        bought(100, 1);
        assertEquals(List.of("open", "open"), month("", "period_state"));
        assertEquals(List.of(), month("?closed_only=true", "period_state"));
        var batch = imported(new JournalReader().readOn(), tenant);
        assertEquals(1, batch.size());

        step(FINANCE, tenant, JANUARY, "soft-close").then().statusCode(200);
        assertEquals(List.of("soft_closed", "soft_closed"), month("?closed_only=false", "period_state"));
        assertEquals(List.of(), month("?closed_only=true", "period_state"));
        step(FINANCE, tenant, JANUARY, "close").then().statusCode(200);
        assertEquals(List.of("closed", "closed"), month("?closed_only=true", "period_state"));
        assertEquals(batch, imported(new JournalReader().readOn(), tenant), "its state is that of its making");

        step(FINANCE, tenant, JANUARY, "reopen").then().statusCode(200);
        assertEquals(List.of("closed", "closed"), month("", "period_state"));
        step(UUID.randomUUID(), tenant, JANUARY, "reopen/approve").then().statusCode(200);
        assertEquals(List.of("open", "open"), month("", "period_state"));
        assertEquals(List.of(), month("?closed_only=true", "period_state"));
    }

    @Test
    void theMonthNamesTheBatchOfEachLine() {
        bought(100, 1);
        assertEquals(List.of("", ""), month("", "batch"));
        var lines = new JournalReader().readOn().linesOf(tenant);

        assertEquals(lines.stream().map(it -> it.get("batch")).toList(), month("", "batch"));
    }

    @Test
    void whatIsRoundedToNothingIsInNoBatch() {
        sendAt("2026-01-05T10:00:00Z", allocated(tenant, 1, "0.004", "INR", "Almost nothing", 1));
        awaitEntry(1);

        assertEquals(List.of(), new JournalReader().readOn().linesOf(tenant));
        assertEquals(List.of(), month("", "amount_minor"));
    }

    @Test
    void aLineStaysInItsBatch() {
        bought(100, 1);
        new JournalReader().readOn();

        assertThrows(
                IllegalStateException.class,
                () -> Tables.asApp(connection -> connection
                        .createStatement()
                        .executeUpdate("update journal_entries set batch = null where tenant_id = '" + tenant + "'")));
    }

    @Test
    void anAuditorSeesWhatThereIs() {
        bought(100, 1);
        var before = newest();
        as("auditor")
                .queryParam("since", before)
                .get("/api/billing/journal/batches")
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(0));
        var reader = new JournalReader().readOn();
        assertEquals(withLines(tenant), imported(reader, tenant));
        as("auditor")
                .get("/api/billing/journal/batches/" + newest() + ".csv")
                .then()
                .statusCode(200);
    }

    @Test
    void theListIsReadPageByPage() {
        for (int month = 1; month <= 3; month++) {
            sendAt("2026-0" + month + "-05T10:00:00Z", allocated(tenant, 100, month));
        }
        awaitHeard();
        long newest = newest();
        new JournalReader().readOn();
        var first = page(newest, null);
        var second = page(newest, first.jsonPath().getString("next_cursor"));

        assertEquals(newest + 1, first.jsonPath().getLong("items[0].number"));
        assertEquals(newest + 2, second.jsonPath().getLong("items[0].number"));
    }

    @ParameterizedTest
    @CsvSource({"since, -1", "since, x", "since, 1.5", "limit, 0", "cursor, ?", "from, 1"})
    void aBadQuestionIsNamed(String parameter, String value) {
        as("finance")
                .queryParam(parameter, value)
                .get("/api/billing/journal/batches")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo(parameter));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "abc", "01", "9223372036854775808"})
    void whatIsNoNumberOfABatchIsNamed(String number) {
        as("finance")
                .get("/api/billing/journal/batches/" + number + ".csv")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("number"));
    }

    @Test
    void anUnknownBatchIsNotFound() {
        as("finance")
                .get("/api/billing/journal/batches/9223372036854775807.csv")
                .then()
                .statusCode(404)
                .body("type", equalTo("urn:points:problem:not-found"));
    }

    @ParameterizedTest
    @CsvSource({"0000-01, '', period", "2026-13, '', period", "2026-01, ?closed_only=yes, closed_only"})
    void aBadMonthIsNamed(String period, String query, String field) {
        as("finance")
                .get("/api/billing/journal/" + period + ".csv" + query)
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo(field));
    }

    private void bought(long points, long version) {
        sendAt("2026-01-05T10:00:00Z", allocated(tenant, points, version));
        awaitEntry(version);
    }

    private String anotherEntry(long version) {
        return """
                insert into platform_billing_logs (x_entry_id, x_event_id, x_line, billing_account_id, billing_period_start,
                       billing_period_end, charge_category, charge_description, charge_period_start, pricing_quantity,
                       contracted_unit_price, billed_cost, billing_currency, x_kind, x_amount_minor, x_currency_exponent,
                       x_pool_version)
                select gen_random_uuid(), gen_random_uuid(), 1, billing_account_id, billing_period_start, billing_period_end,
                       charge_category, charge_description, charge_period_start, pricing_quantity, contracted_unit_price,
                       billed_cost, billing_currency, x_kind, x_amount_minor, x_currency_exponent, %s
                from platform_billing_logs where billing_account_id = '%s'""".formatted(version, tenant);
    }

    private static Response list() {
        return as("finance").get("/api/billing/journal/batches");
    }

    private static Response page(long since, String cursor) {
        var request = as("finance").queryParam("since", since).queryParam("limit", 1);
        return (cursor == null ? request : request.queryParam("cursor", cursor)).get("/api/billing/journal/batches");
    }

    private static Response fileOf(long number) {
        return as("finance").get("/api/billing/journal/batches/" + number + ".csv");
    }

    private static long newest() {
        return Tables.asOwner(
                connection -> Tables.number(connection, "select coalesce(max(number), 0) from journal_batch_log"));
    }

    /** One column of the tenant's lines in the month's export. */
    private List<String> month(String query, String column) {
        var file = as("finance").get("/api/billing/journal/" + JANUARY + ".csv" + query);
        assertEquals(200, file.statusCode());
        return JournalReader.csv(file.asString()).stream()
                .filter(it -> it.get("tenant_id").equals(tenant.toString()))
                .map(it -> it.get(column))
                .toList();
    }

    /** The tenant's entries that have an amount, as the table has them. */
    private static List<String> withLines(UUID tenant) {
        return Tables.asOwner(connection -> Tables.column(
                connection,
                "select x_entry_id || ' ' || x_amount_minor from platform_billing_logs where x_amount_minor <> 0 and billing_account_id = '"
                        + tenant + "' order by 1"));
    }

    /** The tenant's entries as they were imported; an entry that came twice is there twice. */
    private static List<String> imported(JournalReader reader, UUID tenant) {
        return reader.linesOf(tenant).stream()
                .filter(it -> it.get("line").equals("1"))
                .map((Map<String, String> it) -> it.get("entry_id") + " " + it.get("amount_minor"))
                .sorted()
                .toList();
    }
}
