package io.points.local.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BalanceSheetTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode stats = node(Map.of(
                    "allocated",
                    50_000,
                    "clawed_back",
                    5_000,
                    "balance",
                    34_000,
                    "pool_version",
                    4,
                    "delegated",
                    10_000,
                    "awarded_from_pool",
                    1_000,
                    "returned",
                    0,
                    "taken_back",
                    0,
                    "expired",
                    0,
                    "in_flight",
                    0))
            .put("reserved", 0);
    private final ObjectNode pool = node(Map.of("balance", 34_000, "version", 4));
    private final ObjectNode conservation = node(Map.of(
            "allocated",
            50_000,
            "clawed_back",
            5_000,
            "pool",
            34_000,
            "in_flight",
            0,
            "expired",
            0,
            "budget_wallets",
            9_750,
            "earned_wallets",
            1_250,
            "balanced",
            true));
    private final List<BalanceSheet.Wallet> wallets =
            List.of(new BalanceSheet.Wallet("lead", 9_750, 0), new BalanceSheet.Wallet("A", 0, 1_250));

    @Test
    void exactSumsAgree() {
        assertEquals(List.of(), sheet(45_000, 4_500_000).disagreements());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "allocated",
                "clawed_back",
                "balance",
                "pool_version",
                "delegated",
                "in_flight",
                "returned",
                "taken_back",
                "expired"
            })
    void onePointOffInAllocationIsFound(String field) {
        stats.put(field, stats.get(field).longValue() + 1);
        assertFound(sheet(45_000, 4_500_000));
    }

    @Test
    void whatHasLapsedInThePoolAndInWalletsIsNowhereElse() {
        stats.put("allocated", 50_300).put("expired", 200);
        conservation.put("allocated", 50_300).put("expired", 300);
        stats.put("awarded_from_pool", 1_100);
        assertEquals(List.of(), sheet(45_300, 4_530_000).disagreements());
    }

    @ParameterizedTest
    @ValueSource(strings = {"balance", "version"})
    void onePointOffInDistributionIsFound(String field) {
        pool.put(field, pool.get(field).longValue() - 1);
        assertFound(sheet(45_000, 4_500_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"allocated", "clawed_back", "pool", "in_flight", "expired", "budget_wallets", "earned_wallets"})
    void onePointOffInAuditIsFound(String field) {
        conservation.put(field, conservation.get(field).longValue() + 1);
        assertFound(sheet(45_000, 4_500_000));
    }

    @Test
    void anUnbalancedAuditIsFound() {
        conservation.put("balanced", false);
        assertEquals(1, sheet(45_000, 4_500_000).disagreements().size());
    }

    @Test
    void onePointOffInBillingIsFound() {
        assertEquals(
                List.of("billing-service: points billed: 45,001, not 45,000"),
                sheet(45_001, 4_500_000).disagreements());
        assertEquals(1, sheet(45_000, 4_500_001).disagreements().size());
    }

    @Test
    void aMissingFigureIsNotTakenForZero() {
        stats.remove("returned");
        assertThrows(IllegalStateException.class, () -> sheet(45_000, 4_500_000).disagreements());
    }

    private BalanceSheet sheet(long billedPoints, long billedMinor) {
        return new BalanceSheet(stats, pool, wallets, billedPoints, billedMinor, conservation);
    }

    private static void assertFound(BalanceSheet sheet) {
        assertFalse(sheet.disagreements().isEmpty());
    }

    private static ObjectNode node(Map<String, ?> fields) {
        return JSON.valueToTree(fields);
    }
}
