package io.points.distribution.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.points.distribution.policy.PolicyPreview.Day;
import io.points.ledger.dates.ExpiryTerms;
import io.points.ledger.dates.Lookback.Credited;
import io.points.ledger.dates.Rounding;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyPreviewTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 28);
    private static final BudgetsPreview OF_BUDGETS =
            BudgetsPreview.of(BudgetsPolicy.NONE, TODAY, List.of(new Credited(TODAY, 1, 1)), true);

    @Test
    void delegationsAreAddedUpLikeAwards() {
        var policy = new BudgetsPolicy(new ExpiryTerms("P30D", Rounding.DAY, null, null), "pool");
        var preview = BudgetsPreview.of(
                policy,
                TODAY,
                List.of(
                        new Credited(TODAY.minusDays(31), 2, 20),
                        new Credited(TODAY.minusDays(40), 1, 7),
                        new Credited(TODAY.minusDays(30), 1, 1_000)),
                false);
        assertEquals(TODAY.plusDays(30), preview.delegationOfToday());
        assertEquals(
                List.of(
                        new BudgetsPreview.Day(TODAY.minusDays(10), 1, 7),
                        new BudgetsPreview.Day(TODAY.minusDays(1), 2, 20)),
                preview.days());
        assertEquals(27, preview.points());
        assertEquals(3, preview.delegations());
        assertEquals(false, preview.complete());
        assertNull(OF_BUDGETS.delegationOfToday());
        assertEquals(0, OF_BUDGETS.points());
        assertEquals(true, OF_BUDGETS.complete());
    }

    @Test
    void pointsAreAddedUpByTheDayOnWhichTheyWouldHaveLapsed() {
        var policy = new EarnedPolicy(new ExpiryTerms("P1M", Rounding.MONTH_END, null, null), "nowhere", List.of(7L));
        var preview = PolicyPreview.of(
                policy,
                TODAY,
                List.of(
                        new Credited(LocalDate.of(2026, 9, 30), 3, 50),
                        new Credited(LocalDate.of(2026, 9, 1), 2, 20),
                        new Credited(LocalDate.of(2026, 8, 31), 1, 7),
                        // Not over yet, and over before these days.
                        new Credited(LocalDate.of(2026, 10, 1), 1, 1_000),
                        new Credited(LocalDate.of(2026, 6, 30), 1, 2_000)),
                true,
                OF_BUDGETS);
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
                        new Credited(TODAY.minusDays(1), 1, 1),
                        new Credited(TODAY.minusDays(2), 1, 2),
                        new Credited(TODAY.minusDays(91), 1, 4),
                        new Credited(TODAY.minusDays(92), 1, 8)),
                false,
                OF_BUDGETS);
        assertEquals(6, preview.points());
        assertEquals(false, preview.complete());
    }

    @Test
    void whatRulesAndUndosWouldHaveComeToStandsBesideTheDays() {
        var ofRules = List.of(new PolicyPreview.OfRule("month", 3, 50, 1));
        var preview = PolicyPreview.of(EarnedPolicy.NONE, TODAY, List.of(), true, OF_BUDGETS)
                .withUndos(5, 2)
                .with(ofRules, false)
                .warned(PolicyView.NO_OTHER_MANAGER);
        assertEquals(5, preview.undos());
        assertEquals(2, preview.undosByTwo());
        assertEquals(ofRules, preview.rules());
        assertEquals(false, preview.rulesComplete());
        assertEquals(PolicyView.NO_OTHER_MANAGER, preview.warning());
        assertEquals(OF_BUDGETS, preview.budgets());
        assertEquals(EarnedPolicy.NONE, preview.policy());
    }

    @Test
    void withoutTermsNothingLapses() {
        var preview = PolicyPreview.of(EarnedPolicy.NONE, TODAY, List.of(new Credited(TODAY, 1, 1)), true, OF_BUDGETS);
        assertNull(preview.awardOfToday());
        assertEquals(List.of(), preview.days());
        assertEquals(0, preview.points());
    }
}
