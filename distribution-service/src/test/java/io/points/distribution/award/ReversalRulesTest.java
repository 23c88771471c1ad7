package io.points.distribution.award;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.contract.DistributionKind;
import io.points.contract.Envelope;
import io.points.contract.PointsSource;
import io.points.distribution.award.ReversalRules.Shortfall;
import io.points.distribution.saga.Distribution;
import io.points.distribution.saga.DistributionText;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReversalRulesTest {

    private static final Instant GIVEN = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    /** From a budget, so that it is completed at once. */
    private final Distribution award = Distribution.first(
            UUID.randomUUID(),
            GIVEN,
            UUID.randomUUID(),
            DistributionKind.AWARD,
            PointsSource.BUDGET,
            UUID.randomUUID(),
            UUID.randomUUID(),
            100,
            DistributionText.description("Well done"),
            Envelope.Actor.SYSTEM,
            null);

    @Test
    void theLastMomentIsInTimeAndTheNextIsNot() {
        assertTrue(ReversalRules.refusal(award, null, DAY, GIVEN.plus(DAY)).isEmpty());
        var late = ReversalRules.refusal(award, null, DAY, GIVEN.plus(DAY).plusMillis(1))
                .orElseThrow();
        assertTrue(late.type().endsWith("reversal-too-late"), late::type);
    }

    @Test
    void whatIsShortIsRefusedOrTaken() {
        for (var policy : Shortfall.values()) {
            assertEquals(Optional.of(100L), ReversalRules.amount(award, 100, policy));
            assertEquals(Optional.of(100L), ReversalRules.amount(award, 101, policy));
            assertEquals(Optional.empty(), ReversalRules.amount(award, 0, policy));
        }
        assertEquals(Optional.empty(), ReversalRules.amount(award, 99, Shortfall.REFUSE));
        assertEquals(Optional.of(99L), ReversalRules.amount(award, 99, Shortfall.WHAT_IS_THERE));
        assertEquals(Optional.of(1L), ReversalRules.amount(award, 1, Shortfall.WHAT_IS_THERE));
    }
}
