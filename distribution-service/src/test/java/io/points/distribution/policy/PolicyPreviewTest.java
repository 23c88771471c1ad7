package io.points.distribution.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.points.distribution.policy.PolicyPreview.Awarded;
import io.points.distribution.policy.PolicyPreview.Day;
import io.points.distribution.policy.PolicyPreview.Span;
import io.points.ledger.dates.Expiry;
import io.points.ledger.dates.ExpiryTerms;
import io.points.ledger.dates.Rounding;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyPreviewTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 28);

    @Test
    void whatLapsedInNinetyDaysWasAwardedThatLongBefore() {
        var span = PolicyPreview.span(Expiry.After.of("P10D", null), TODAY);
        // The first is over on 30 August; the last on 27 November, which is over today.
        assertEquals(new Span(TODAY.minusDays(100), TODAY.minusDays(11)), span);
    }

    @Test
    void aDayOfTheYearThatWasNotAmongTheseDaysLetsNothingLapse() {
        assertNull(PolicyPreview.span(Expiry.Every.of("12-31", 30), TODAY));
        var span = PolicyPreview.span(Expiry.Every.of("11-27", 30), TODAY);
        assertEquals(new Span(LocalDate.of(2025, 10, 29), LocalDate.of(2026, 10, 28)), span);
    }

    @Test
    void pointsAreAddedUpByTheDayOnWhichTheyWouldHaveLapsed() {
        var policy = new EarnedPolicy(new ExpiryTerms("P1M", Rounding.MONTH_END, null, null), "nowhere", List.of(7L));
        var preview = PolicyPreview.of(
                policy,
                TODAY,
                List.of(
                        new Awarded(LocalDate.of(2026, 9, 30), 3, 50),
                        new Awarded(LocalDate.of(2026, 9, 1), 2, 20),
                        new Awarded(LocalDate.of(2026, 8, 31), 1, 7),
                        // Not over yet, and over before these days.
                        new Awarded(LocalDate.of(2026, 10, 1), 1, 1_000),
                        new Awarded(LocalDate.of(2026, 6, 30), 1, 2_000)),
                true);
        assertEquals(LocalDate.of(2026, 12, 31), preview.awardOfToday());
        assertEquals(LocalDate.of(2026, 8, 30), preview.from());
        assertEquals(
                List.of(new Day(LocalDate.of(2026, 9, 30), 1, 7), new Day(LocalDate.of(2026, 10, 31), 5, 70)),
                preview.days());
        assertEquals(77, preview.points());
        assertEquals(6, preview.awards());
        assertEquals(true, preview.complete());
    }

    @Test
    void theFirstOfTheseDaysAndYesterdayBelongToThem() {
        var policy = new EarnedPolicy(new ExpiryTerms("P1D", Rounding.DAY, null, null), "nowhere", List.of(1L));
        var preview = PolicyPreview.of(
                policy,
                TODAY,
                List.of(
                        new Awarded(TODAY.minusDays(1), 1, 1),
                        new Awarded(TODAY.minusDays(2), 1, 2),
                        new Awarded(TODAY.minusDays(91), 1, 4),
                        new Awarded(TODAY.minusDays(92), 1, 8)),
                false);
        assertEquals(6, preview.points());
        assertEquals(false, preview.complete());
    }

    @Test
    void withoutTermsNothingLapses() {
        var preview = PolicyPreview.of(EarnedPolicy.NONE, TODAY, List.of(new Awarded(TODAY, 1, 1)), true);
        assertNull(preview.awardOfToday());
        assertEquals(List.of(), preview.days());
        assertEquals(0, preview.points());
    }
}
