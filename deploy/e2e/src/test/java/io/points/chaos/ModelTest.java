package io.points.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.chaos.Operation.Kind;
import io.points.chaos.Operation.Manner;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ModelTest {

    private final Company company = Company.of(0, 100, new SplittableRandom(1));
    private final UUID employee = company.employees().get(0);
    private final Model model = new Model();

    @Test
    void everyPointStaysSomewhere() {
        completed(Kind.ALLOCATION, 100);
        completed(Kind.AWARD, 10);
        completed(Kind.RECOGNITION, 5);
        completed(Kind.DELEGATION, 30);
        completed(Kind.BUDGET_AWARD, 7);
        completed(Kind.RETURN, 3);
        completed(Kind.CLAWBACK, 20);
        assertEquals(Map.of(company.id().toString(), 100L - 10 - 5 - 30 + 3 - 20), model.pools());
        assertEquals(
                Map.of(
                        company.id() + "/" + employee + "/earned",
                        22L,
                        company.id() + "/" + company.leadId() + "/budget",
                        20L),
                model.wallets());
    }

    @Test
    void whatIsTakenBackIsWhereItCameFrom() {
        completed(Kind.ALLOCATION, 200);
        completed(Kind.DELEGATION, 30);
        for (var kind : new Kind[] {Kind.AWARD, Kind.RECOGNITION, Kind.BUDGET_AWARD, Kind.BATCH}) {
            var given = operation(kind, 8);
            model.replay(given, new OperationResult("COMPLETED", kind.name()));
            model.replay(
                    Operation.back(given, kind.name(), UUID.randomUUID().toString(), Manner.PATIENT),
                    new OperationResult("COMPLETED", UUID.randomUUID().toString()));
        }
        assertEquals(Map.of(company.id().toString(), 170L), model.pools());
        assertEquals(Map.of(company.id() + "/" + company.leadId() + "/budget", 30L), model.wallets());
    }

    @Test
    void whatDidNotHappenMovesNothing() {
        completed(Kind.ALLOCATION, 100);
        for (var state : new String[] {"REJECTED", "CANCELLED", "COMPENSATED"}) {
            model.replay(
                    operation(Kind.AWARD, 10),
                    new OperationResult(state, UUID.randomUUID().toString()));
        }
        model.replay(operation(Kind.CLAWBACK, 500), new OperationResult("REFUSED", null));
        assertEquals(Map.of(company.id().toString(), 100L), model.pools());
        assertEquals(Map.of(), model.wallets());
    }

    private void completed(Kind kind, long amount) {
        model.replay(
                operation(kind, amount),
                new OperationResult("COMPLETED", UUID.randomUUID().toString()));
    }

    private Operation operation(Kind kind, long amount) {
        var receiver = kind == Kind.DELEGATION ? company.leadId() : employee;
        return new Operation(kind, company, UUID.randomUUID().toString(), receiver, amount, Manner.PATIENT);
    }
}
