package io.points.platform.web.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.points.platform.money.AlsoText;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LargeNumbersTest {

    private record Sums(
            String of,
            @AlsoText long pointsIn,
            @AlsoText @Nullable Long pointsOut,
            long entries) {}

    private final ObjectMapper json = new ObjectMapper();

    LargeNumbersTest() {
        new StrictJson().customize(json);
    }

    @Test
    void aTextStandsNextToEachNumberThatMayBeLarge() throws JsonProcessingException {
        assertEquals(
                "{\"of\":\"x\",\"points_in\":9007199254740993,\"points_in_text\":\"9007199254740993\","
                        + "\"points_out\":-9223372036854775808,\"points_out_text\":\"-9223372036854775808\",\"entries\":7}",
                json.writeValueAsString(new Sums("x", 9_007_199_254_740_993L, Long.MIN_VALUE, 7)));
    }

    @Test
    void whatIsAbsentIsSoTwice() throws JsonProcessingException {
        assertEquals(
                "{\"of\":\"x\",\"points_in\":0,\"points_in_text\":\"0\",\"points_out\":null,\"points_out_text\":null,"
                        + "\"entries\":7}",
                json.writeValueAsString(new Sums("x", 0, null, 7)));
    }

    /** Whoever writes cannot say one thing as a number and another as a text. */
    @Test
    void theTextIsNotRead() {
        assertThrows(
                JsonProcessingException.class,
                () -> json.readValue(
                        "{\"of\":\"x\",\"points_in\":1,\"points_in_text\":\"2\",\"entries\":7}", Sums.class));
    }
}
