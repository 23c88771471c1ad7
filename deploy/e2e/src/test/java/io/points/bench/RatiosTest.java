package io.points.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What one revision gave beside another. */
class RatiosTest {

    @Test
    void theRatioIsTheMedianOfTheRounds() {
        var ratios = new Ratios(true);
        ratios.atLeast(2, "W1", "awards/s", 200, 100);
        ratios.atLeast(2, "W1", "awards/s", 900, 100);
        ratios.atLeast(2, "W1", "awards/s", 190, 100);
        ratios.atMost(0.5, "W3", "p50, ms", 6, 10);
        ratios.atMost(0.5, "W3", "p50, ms", 4, 10);

        assertEquals(
                List.of(
                        "| | measured | this | old | ratio, by round | ratio | target | |",
                        "|---|---|---:|---:|---|---:|---:|---|",
                        "| W1 | awards/s | 200 | 100 | 2.00, 9.00, 1.90 | **2.00** | ≥ 2.00 | met |",
                        "| W3 | p50, ms | 5.00 | 10.0 | 0.60, 0.40 | **0.50** | ≤ 0.50 | met |"),
                ratios.table("this", "old"));
    }

    @Test
    void aMissedTargetSaysSoAndOtherRevisionsHaveNone() {
        var ratios = new Ratios(true);
        ratios.atLeast(2, "W1", "awards/s", 100, 100);
        assertTrue(ratios.table("this", "old").get(2).endsWith("| **1.00** | ≥ 2.00 | **missed** |"));
        assertEquals(Boolean.FALSE, ratios.fields().get(0).get("met"));

        var plain = new Ratios(false);
        plain.atLeast(2, "W1", "awards/s", 100, 100);
        assertTrue(plain.table("this", "old").get(2).endsWith("| **1.00** |  |  |"));
        assertEquals(List.of(100.0), plain.fields().get(0).get("mine"));
    }
}
