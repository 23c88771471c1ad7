package io.points.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.testing.Metrics;
import io.points.testing.RunBookStatements;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OperatorsViewTest extends AuditServiceTest {

    @Test
    void everyMetricSaysWhatItIs() {
        assertEquals(List.of(), Metrics.withoutHelp());
    }

    @Test
    void everyStatementOfTheRunBooksFitsTheTables() throws SQLException {
        assertEquals(List.of(), RunBookStatements.faults());
    }
}
