package io.points.billing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FlowTest {

    @ParameterizedTest
    @EnumSource
    void noFlowMakesOrLosesAPoint(Flow flow) {
        assertEquals(flow.platform(), flow.pool() + flow.inFlight() + flow.budgets() + flow.earned());
    }

    @ParameterizedTest
    @EnumSource
    void aFlowIsReadAsItIsWritten(Flow flow) {
        assertEquals(flow, Flow.of(flow.word()));
        assertThrows(IllegalArgumentException.class, () -> Flow.of(flow.word() + "s"));
    }
}
