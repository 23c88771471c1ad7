package io.points.messaging.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.points.messaging.contract.BalanceEvent.AttestedBalance;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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

    /** Fields that only take certain values. */
    private static final Map<String, Object> WORDS = Map.ofEntries(
            Map.entry("currency", "INR"),
            Map.entry("pricePerPoint", "1.25"),
            Map.entry("unitPrice", "1.25"),
            Map.entry("currencyExponent", 2L),
            Map.entry("role", "lead"),
            Map.entry("billingPeriod", "2026-01"),
            Map.entry("chargeCategory", "Purchase"),
            Map.entry("chargeClass", "Correction"),
            Map.entry("BillingEntryRecorded.kind", "allocation"),
            Map.entry("AlertRaised.kind", "balance-differs"),
            Map.entry("BusinessAlertRaised.kind", "pool_low"),
            Map.entry("BusinessAlertChanged.kind", "pool_low"),
            Map.entry("BusinessAlertChanged.state", "snoozed"));

    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");

    @Test
    void everyMessageHasItsFileAndEveryFileItsMessage() throws IOException {
        try (var files = Files.list(GOLDEN)) {
            var names = files.map(file -> file.getFileName().toString().replace(".json", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(MessageJson.types().keySet(), names);
        }
    }

    @Test
    void whatIsWrittenIsWhatTheFileSays() throws IOException {
        for (var type : MessageJson.types().values()) {
            assertEquals(golden(type), MessageJson.write(example(type)), type.getSimpleName());
        }
    }

    @Test
    void whatTheFileSaysIsRead() throws IOException {
        for (var type : MessageJson.types().values()) {
            var read = MessageJson.read(type.getSimpleName(), golden(type).getBytes(StandardCharsets.UTF_8));
            assertEquals(Optional.of(example(type)), read);
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
        var older = complete.replaceAll(",\"(budget_[a-z_]+|debit_id)\":[^,}]+", "");
        assertNotEquals(complete, older);
        var read = MessageJson.read("PointsAwarded", bytes(older)).orElseThrow();
        assertNull(((WalletEvent.PointsAwarded) read).budgetEntry());
        assertNull(((WalletEvent.PointsAwarded) read).budgetBalanceAfter());
        assertNull(((WalletEvent.PointsAwarded) read).debitId());
    }

    @Test
    void whatWasToldBeforeThereWereMonthsAndContractsIsStillRead() throws IOException {
        var added = ",\"(po_number|cost_centre|valid_from|contract_revision|currency_exponent|line|charge_[a-z]+"
                + "|billing_period|invoice_id|description|credited_entry_id|created_by)\":(\"[^\"]*\"|[0-9]+)";
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

    /** A message whose fields have fixed values, each told apart from the others by its place. */
    private static Message example(Class<? extends Message> type) {
        try {
            var components = type.getRecordComponents();
            var values = new Object[components.length];
            for (int i = 0; i < components.length; i++) {
                values[i] = value(components[i], i + 1);
            }
            var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName(), e);
        }
    }

    private static Object value(RecordComponent component, int place) {
        if (component.getGenericType().getTypeName().contains(AttestedBalance.class.getName())) {
            return List.of(new AttestedBalance(new UUID(7, place), 201, 202, 203));
        }
        var word = WORDS.getOrDefault(
                component.getName(),
                WORDS.get(component.getDeclaringRecord().getSimpleName() + "." + component.getName()));
        if (word != null) {
            return word;
        }
        Map<Class<?>, Object> values = Map.ofEntries(
                Map.entry(UUID.class, new UUID(7, place)),
                Map.entry(long.class, 100L + place),
                Map.entry(Long.class, 100L + place),
                Map.entry(boolean.class, true),
                Map.entry(String.class, "text " + place),
                Map.entry(Instant.class, Instant.parse("2026-11-23T00:00:00.123456Z")),
                Map.entry(Account.class, Account.POOL),
                Map.entry(DistributionKind.class, DistributionKind.DELEGATION),
                Map.entry(PointsSource.class, PointsSource.BUDGET),
                Map.entry(RefusalReason.class, RefusalReason.INSUFFICIENT_POOL_BALANCE),
                Map.entry(List.class, List.of(new UUID(7, place))),
                Map.entry(Map.class, Map.of("figure", 100L + place)));
        var value = values.get(component.getType());
        if (value == null) {
            throw new IllegalStateException("No example of a " + component.getType());
        }
        return value;
    }
}
