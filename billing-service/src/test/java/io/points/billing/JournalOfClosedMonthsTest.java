package io.points.billing;

import static io.points.billing.Movements.allocated;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.testing.Tables;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Accountants who post closed months only, in accounts of their own. */
@QuarkusTest
@TestProfile(OtherSettings.class)
class JournalOfClosedMonthsTest extends BillingServiceTest {

    private static final UUID ANNA = UUID.randomUUID();
    private static final UUID BEN = UUID.randomUUID();
    private static final String JANUARY = "2026-01";

    @Test
    void anEntryComesIntoABatchOnceItsMonthIsClosed() {
        var reader = JournalReader.fromNowOn();
        sendAt("2026-01-05T10:00:00Z", allocated(tenant, 100, 1));
        sendAt("2026-02-05T10:00:00Z", allocated(tenant, 70, 2));
        awaitHeard();
        assertEquals(List.of(), reader.readOn().linesOf(tenant));
        step(ANNA, tenant, JANUARY, "soft-close").then().statusCode(200);
        assertEquals(List.of(), reader.readOn().linesOf(tenant));

        step(BEN, tenant, JANUARY, "close").then().statusCode(200);
        assertEquals(List.of("10000", "-10000"), amounts(reader));

        step(ANNA, tenant, JANUARY, "reopen").then().statusCode(200);
        step(BEN, tenant, JANUARY, "reopen/approve").then().statusCode(200);
        sendAt("2026-01-06T10:00:00Z", allocated(tenant, 40, 3));
        awaitHeard();
        assertEquals(List.of("10000", "-10000"), amounts(reader));
        step(ANNA, tenant, JANUARY, "soft-close").then().statusCode(200);
        step(BEN, tenant, JANUARY, "close").then().statusCode(200);
        assertEquals(List.of("10000", "-10000", "4000", "-4000"), amounts(reader));
        assertEquals(
                Set.of("closed"),
                reader.linesOf(tenant).stream()
                        .map(it -> it.get("period_state"))
                        .collect(Collectors.toSet()));
    }

    /** What was posted stays in the accounts in which it was posted. */
    @Test
    void anotherSettingChangesNoBatch() {
        var former = JournalReader.fromNowOn();
        sendAt("2026-01-05T10:00:00Z", allocated(tenant, 100, 1));
        awaitHeard();
        assertEquals(List.of("1200", "2310 \"Points\", prepaid"), accounts());
        step(ANNA, tenant, JANUARY, "soft-close").then().statusCode(200);
        step(BEN, tenant, JANUARY, "close").then().statusCode(200);
        Tables.asOwner(connection -> connection.createStatement().execute("""
                with batch as (
                    insert into journal_batch_log (number, billing_period, made_at, entries, receivable_account,
                           prepayments_account, currencies, debits, content, content_sha256)
                    select (select coalesce(max(number), 0) + 1 from journal_batch_log), '2026-01-01', now(), 1, 'A', 'B',
                           '{INR}', '{100.00}', 'as it was', encode(sha256('as it was'), 'hex')
                    returning number)
                update journal_entries set batch = batch.number from batch where tenant_id = '%s'""".formatted(tenant)));

        assertEquals(List.of("A", "B"), accounts());
        var file = as("finance").get("/api/billing/journal/batches/" + newest() + ".csv");
        assertEquals("as it was", file.asString());
        assertEquals(0, former.linesOf(tenant).size());
    }

    private static long newest() {
        return Tables.asOwner(connection -> Tables.number(connection, "select max(number) from journal_batch_log"));
    }

    private List<String> amounts(JournalReader reader) {
        return reader.readOn().linesOf(tenant).stream()
                .map(it -> it.get("amount_minor"))
                .toList();
    }

    private List<String> accounts() {
        return JournalReader.csv(as("finance")
                        .get("/api/billing/journal/" + JANUARY + ".csv")
                        .asString())
                .stream()
                .filter(it -> it.get("tenant_id").equals(tenant.toString()))
                .map(it -> it.get("account"))
                .toList();
    }
}
