package io.points.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What is on the wire is public. Each message has a file with its JSON; one that changes, or has none, fails. Whoever
 * changes a file on purpose breaks a reader somewhere: add a field, or begin a new version of the topic.
 */
class GoldenMessagesTest {

    private static final Path GOLDEN = Path.of("src", "main", "resources", "golden");

    @Test
    void everyMessageHasItsFileAndEveryFileItsMessage() throws IOException {
        try (var files = Files.list(GOLDEN)) {
            var names = files.map(file -> file.getFileName().toString().replace(".json", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(MessageJson.types().keySet(), names);
        }
    }

    /** Names, order, types and nulls: what is read from the file is written as the file says, character by character. */
    @Test
    void whatTheFileSaysIsReadAndWrittenAgain() throws IOException {
        for (var type : MessageJson.types().values()) {
            var golden = golden(type);
            var read = MessageJson.read(type.getSimpleName(), bytes(golden)).orElseThrow();
            assertEquals(type, read.getClass());
            assertEquals(golden, MessageJson.write(read), type.getSimpleName());
        }
    }

    @Test
    void aFieldThatIsUnknownIsIgnoredAndOneThatIsMissingIsNamed() throws IOException {
        var tenant = "\"tenant_id\":\"" + new UUID(7, 2) + "\"";
        var read = MessageJson.read("TenantSuspended", bytes("{" + tenant + ",\"revision\":3,\"later\":true}"));
        assertEquals(Optional.of(new PoolEvent.TenantSuspended(new UUID(7, 2), 3)), read);
        var missing =
                assertThrows(IOException.class, () -> MessageJson.read("TenantSuspended", bytes("{" + tenant + "}")));
        assertEquals(true, missing.getMessage().contains("revision"), missing.getMessage());
    }

    /** Events are kept for ever: a field that is added must not make the old ones unreadable. */
    @Test
    void aFieldThatMayBeNullMayBeAbsent() throws IOException {
        var complete = golden(WalletEvent.PointsAwarded.class);
        var older = complete.replaceAll(",\"(budget_[a-z_]+|debit_id|expires_on)\":[^,}]+", "");
        assertNotEquals(complete, older);
        var read = MessageJson.read("PointsAwarded", bytes(older)).orElseThrow();
        assertNull(((WalletEvent.PointsAwarded) read).budgetEntry());
        assertNull(((WalletEvent.PointsAwarded) read).budgetBalanceAfter());
        assertNull(((WalletEvent.PointsAwarded) read).debitId());
        assertNull(((WalletEvent.PointsAwarded) read).expiresOn());
    }

    @Test
    void whatWasToldBeforeThereWereMonthsAndContractsIsStillRead() throws IOException {
        var added = ",\"(po_number|cost_centre|valid_from|contract_revision|currency_exponent|line|charge_[a-z]+"
                + "|billing_period|invoice_id|description|credited_entry_id|created_by"
                + "|reversed_entry_id|rebooked_entry_id|move_reason|schedule_id|period)\":(\"[^\"]*\"|[0-9]+|null)";
        for (var type : List.of(
                PoolEvent.TenantRegistered.class,
                PoolEvent.PointsAllocated.class,
                BillingEvent.BillingEntryRecorded.class)) {
            var older = golden(type).replaceAll(added, "");
            assertNotEquals(golden(type), older);
            var read = MessageJson.read(type.getSimpleName(), bytes(older)).orElseThrow();
            assertEquals(older, MessageJson.write(read).replaceAll(",\"[a-z_]+\":null", ""));
        }
    }

    /** The old form is read for ever, and written no more. */
    @Test
    void whatEveryMessageHasTodayIsNotLeftOut() throws IOException {
        var json = golden(BillingEvent.BillingEntryRecorded.class);
        MessageJson.requireValid(
                MessageJson.read("BillingEntryRecorded", bytes(json)).orElseThrow());
        for (var field : List.of("currency_exponent", "line", "charge_category", "billing_period", "description")) {
            var older = json.replaceAll(",\"" + field + "\":(\"[^\"]*\"|[0-9]+)", "");
            assertNotEquals(json, older);
            var read = MessageJson.read("BillingEntryRecorded", bytes(older)).orElseThrow();
            var refused = assertThrows(IllegalStateException.class, () -> MessageJson.requireValid(read));
            assertEquals(true, refused.getMessage().contains(field), refused.getMessage());
        }
    }

    @Test
    void whatIsNotTheMessageIsAnError() {
        var id = new UUID(7, 1);
        for (var value : new String[] {"", "null", "[]", "7", "{", "{}", "{} {}"}) {
            assertThrows(IOException.class, () -> MessageJson.read("TenantSuspended", bytes(value)), value);
        }
        for (var amount : new String[] {"1.5", "1e3", "\"1\"", "null", "9223372036854775808", "true"}) {
            var json = "{\"distribution_id\":\"%s\",\"tenant_id\":\"%s\",\"kind\":\"award\",\"amount\":%s}"
                    .formatted(id, id, amount);
            assertThrows(IOException.class, () -> MessageJson.read("DebitPool", bytes(json)), amount);
        }
        assertThrows(IOException.class, () -> MessageJson.read("DebitPool", null));
        var noTenant = "{\"distribution_id\":\"%s\",\"tenant_id\":null}".formatted(id);
        assertThrows(IOException.class, () -> MessageJson.read("RefundPool", bytes(noTenant)));
    }

    @Test
    void aTypeThatIsUnknownIsNoError() throws IOException {
        assertEquals(Optional.empty(), MessageJson.read("PointsTeleported", bytes("{}")));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String golden(Class<? extends Message> type) throws IOException {
        return Files.readString(GOLDEN.resolve(type.getSimpleName() + ".json")).strip();
    }
}
