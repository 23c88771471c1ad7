package io.points.billing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FlowTest {

    @ParameterizedTest
    @EnumSource
    void noFlowMakesOrLosesAPoint(Flow flow) {
        var within = Arrays.stream(Place.values())
                .filter(place -> place != Place.PLATFORM)
                .mapToInt(flow::at)
                .sum();
        assertEquals(flow.at(Place.PLATFORM), within);
        assertEquals(flow.movesPoints(), Arrays.stream(Place.values()).anyMatch(place -> flow.at(place) != 0));
    }

    @ParameterizedTest
    @EnumSource
    void aFlowIsReadAsItIsWritten(Flow flow) {
        assertEquals(flow, Flow.of(flow.word()));
        assertThrows(IllegalArgumentException.class, () -> Flow.of(flow.word() + "s"));
    }
}
