package io.points.allocation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.testing.Metrics;
import io.points.testing.RunBookStatements;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

@AllocationServiceTest
class OperatorsViewTest {

    @Test
    void everyMetricSaysWhatItIs() {
        assertEquals(List.of(), Metrics.withoutHelp());
    }

    @Test
    void everyStatementOfTheRunBooksFitsTheTables() throws SQLException {
        assertEquals(List.of(), RunBookStatements.faults());
    }
}
