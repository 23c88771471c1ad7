package io.points.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.points.contract.BalanceEvent.AttestedBalance;
import io.points.contract.BalanceEvent.BalanceAttested;
import io.points.contract.PoolEvent.PointsAllocated;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each field of each message, as its reader believes it: by the golden message with that one field changed. */
class MessageJsonTest {

    private static final ObjectMapper PLAIN = new ObjectMapper();
    private static final SnakeCaseStrategy NAMES = new SnakeCaseStrategy();

    private record Field(String type, String name, RecordComponent component) {
        @Override
        public String toString() {
            return type + "." + name;
        }
    }

    static Stream<Field> fields() {
        return MessageJson.types().entrySet().stream()
                .flatMap(entry -> Stream.of(entry.getValue().getRecordComponents())
                        .map(it -> new Field(entry.getKey(), NAMES.translate(it.getName()), it)));
    }

    static Stream<Field> required() {
        return fields().filter(it -> !it.component().getAnnotatedType().isAnnotationPresent(Nullable.class));
    }

    static Stream<Field> optional() {
        return fields().filter(it -> it.component().getAnnotatedType().isAnnotationPresent(Nullable.class));
    }

    static Stream<Field> numbers() {
        return fields().filter(it ->
                it.component().getType() == long.class || it.component().getType() == Long.class);
    }

    static Stream<Field> texts() {
        return fields().filter(it -> it.component().getType() == String.class);
    }

    static Stream<Field> ids() {
        return fields().filter(it -> it.component().getType() == UUID.class);
    }

    @ParameterizedTest
    @MethodSource("required")
    void aFieldThatIsRequiredIsNamedIfItIsMissingOrNull(Field field) {
        var without = golden(field);
        without.remove(field.name());
        assertRefused(field, without);
        assertRefused(field, golden(field).putNull(field.name()));
    }

    @ParameterizedTest
    @MethodSource("optional")
    void aFieldThatMayBeNullMayBeMissingToo(Field field) {
        var without = golden(field);
        without.remove(field.name());
        assertDoesNotThrow(() -> read(field, without));
        assertDoesNotThrow(() -> read(field, golden(field).putNull(field.name())));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void aNumberLiesWithinItsBounds(Field field) {
        var within = MessageBounds.within(field.component());
        if (isPerfectlyFree(within)) {
            return;
        }
        for (long good : new long[] {within.min(), within.max()}) {
            assertDoesNotThrow(() -> read(field, golden(field).put(field.name(), good)));
        }
        for (long bad : new long[] {within.min() - 1, within.max() + 1, Long.MIN_VALUE, Long.MAX_VALUE}) {
            assertRefused(field, golden(field).put(field.name(), bad));
        }
        assertRefused(field, golden(field).put(field.name(), 1.5));
        assertRefused(field, golden(field).put(field.name(), "1"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void aTextHasNoMoreThanItsLengthAndNoNul(Field field) {
        var text = MessageBounds.text(field.component());
        int most = text == null ? Text.USUAL : text.max();
        assertRefused(field, golden(field).put(field.name(), "1".repeat(most + 1)));
        assertRefused(field, golden(field).put(field.name(), "1\0"));
        if (text == null || text.pattern().isEmpty()) {
            var beyondTheFirstPlane = "\ud83d\udca5";
            assertDoesNotThrow(() -> read(field, golden(field).put(field.name(), beyondTheFirstPlane.repeat(most))));
            assertRefused(field, golden(field).put(field.name(), beyondTheFirstPlane.repeat(most + 1)));
            assertDoesNotThrow(() -> read(field, golden(field).put(field.name(), "1".repeat(most))));
        } else {
            assertRefused(field, golden(field).put(field.name(), ""));
            assertRefused(field, golden(field).put(field.name(), "?"));
        }
    }

    @ParameterizedTest
    @MethodSource("ids")
    void anIdIsAUuid(Field field) {
        assertRefused(field, golden(field).put(field.name(), "x".repeat(9_000)));
        assertRefused(field, golden(field).put(field.name(), "1"));
        assertRefused(field, golden(field).put(field.name(), ""));
        assertRefused(field, golden(field).put(field.name(), "1-1-1-1-1"));
        assertRefused(field, golden(field).put(field.name(), "AAAAAAAAAAAAAAAAAAAAAA=="));
        assertRefused(field, golden(field).put(field.name(), 5));
    }

    @Test
    void listsHaveTheirLengths() {
        var balance = new AttestedBalance(new UUID(1, 1), 0, -5, Long.MAX_VALUE);
        for (int length : new int[] {1, 200}) {
            assertDoesNotThrow(() -> readAgain(attested(Collections.nCopies(length, balance))));
        }
        for (int length : new int[] {0, 201}) {
            var fault =
                    assertThrows(IOException.class, () -> readAgain(attested(Collections.nCopies(length, balance))));
            assertEquals("balances: must have 1 to 200 items, not " + length, fault.getMessage());
        }
        assertThrows(
                IOException.class, () -> readAgain(attested(Collections.singletonList(null))), "an item that is null");
    }

    @Test
    void theFaultIsSaidForPeople() {
        assertEquals(
                "amount: must be 1 to 1000000000000 points, not -5",
                assertThrows(IOException.class, () -> readAgain(allocated(-5, "INR", "1.25")))
                        .getMessage());
        assertEquals(
                "currency: not a currency of ISO 4217: Rupees",
                assertThrows(IOException.class, () -> readAgain(allocated(1, "Rupees", "1.25")))
                        .getMessage());
        assertEquals(
                "price_per_point: not a price per point: -1",
                assertThrows(IOException.class, () -> readAgain(allocated(1, "INR", "-1")))
                        .getMessage());
    }

    @Test
    void nobodySendsWhatNobodyWouldRead() {
        assertDoesNotThrow(() -> MessageJson.requireValid(allocated(1, "INR", "1.25")));
        var fault =
                assertThrows(IllegalStateException.class, () -> MessageJson.requireValid(allocated(0, "INR", "1.25")));
        assertTrue(fault.getMessage().contains("PointsAllocated")
                && fault.getMessage().contains("amount"));
    }

    @Test
    void whatIsWrittenIsReadAsWhatItWas() throws IOException {
        var allocated = allocated(7, "INR", "1.25");
        assertEquals(allocated, assertInstanceOf(PointsAllocated.class, readAgain(allocated)));
    }

    private static boolean isPerfectlyFree(Within within) {
        return within.min() == Long.MIN_VALUE && within.max() == Long.MAX_VALUE;
    }

    private static PointsAllocated allocated(long amount, String currency, String price) {
        return new PointsAllocated(new UUID(1, 1), new UUID(2, 2), amount, currency, price, "Invoice", 7, 1);
    }

    private static BalanceAttested attested(List<AttestedBalance> balances) {
        return new BalanceAttested(new UUID(1, 1), Account.POOL, balances);
    }

    private static Message readAgain(Message message) throws IOException {
        return MessageJson.read(message.type(), MessageJson.write(message).getBytes(UTF_8))
                .orElseThrow();
    }

    private static Message read(Field field, ObjectNode json) throws IOException {
        return MessageJson.read(field.type(), json.toString().getBytes(UTF_8)).orElseThrow();
    }

    private static void assertRefused(Field field, ObjectNode json) {
        var fault = assertThrows(IOException.class, () -> read(field, json), () -> field + " in " + json);
        assertTrue(fault.getMessage().contains(field.name()), () -> field + ": " + fault.getMessage());
    }

    private static ObjectNode golden(Field field) {
        try {
            return (ObjectNode) PLAIN.readTree(GoldenMessages.json(field.type()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
