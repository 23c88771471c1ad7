package io.points.distribution.expiry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.contract.DatedPoints;
import io.points.distribution.expiry.ExpiryRules.Decision;
import io.points.distribution.expiry.ExpiryRules.Notice;
import io.points.distribution.expiry.ExpiryRules.Told;
import io.points.ledger.dates.LocalDays;
import io.points.ledger.dates.Lots;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpiryRulesTest {

    private static final LocalDate DAY = LocalDate.of(2027, 2, 26);
    private static final Lots LOTS = Lots.until(DAY, 120);
    private static final List<Long> NOTICES = List.of(30L, 14L, 7L);
    private static final List<Notice> NONE = List.of();

    @Test
    void theOwnerIsToldThirtyFourteenAndSevenDaysBeforeAndEachOnce() {
        assertEquals(NONE, on(DAY.minusDays(31)).notices());
        assertEquals(told(30), on(DAY.minusDays(30)).notices());
        var first = new Told(30, DAY.minusDays(30));
        assertEquals(NONE, on(DAY.minusDays(30), first).notices());
        assertEquals(NONE, on(DAY.minusDays(15), first).notices());
        assertEquals(told(14), on(DAY.minusDays(14), first).notices());
        var second = new Told(14, DAY.minusDays(14));
        assertEquals(NONE, on(DAY.minusDays(8), first, second).notices());
        assertEquals(told(7), on(DAY.minusDays(7), first, second).notices());
        assertEquals(NONE, on(DAY, first, second, new Told(7, DAY.minusDays(7))).notices());
    }

    @Test
    void pointsLapseWhenTheDayIsOverAndNotBefore() {
        var told = new Told(30, DAY.minusDays(30));
        assertEquals(new Decision(List.of(), told(7)), on(DAY, told));
        assertEquals(new Decision(List.of(LOTS), NONE), on(DAY.plusDays(1), told));
    }

    @Test
    void whatNobodyWasToldOfDoesNotLapseUntilTheyWereAndHadTheirTime() {
        var late = DAY.plusDays(5);
        assertEquals(new Decision(List.of(), told(30)), on(late));
        var told = new Told(30, late);
        assertEquals(List.of(), on(late.plusDays(30), told).lapsed());
        assertEquals(List.of(LOTS), on(late.plusDays(31), told).lapsed());
        // What else is told goes by the day until which they can be used then.
        assertEquals(NONE, on(late.plusDays(15), told).notices());
        assertEquals(told(14), on(late.plusDays(16), told).notices());
    }

    /** The time of the first notice counts, whatever was told later. */
    @Test
    void aLaterNoticeDoesNotShortenTheTimeOfTheFirst() {
        var first = new Told(30, DAY);
        var second = new Told(7, DAY.plusDays(23));
        assertEquals(List.of(), on(DAY.plusDays(30), first, second).lapsed());
        assertEquals(List.of(LOTS), on(DAY.plusDays(31), second, first).lapsed());
    }

    @Test
    void noticesThatWereMissedAreOne() {
        var first = new Told(30, DAY.minusDays(30));
        assertEquals(told(7), on(DAY.minusDays(3), first).notices());
        assertEquals(
                NONE, on(DAY.minusDays(2), first, new Told(7, DAY.minusDays(3))).notices());
        assertEquals(told(30), on(DAY.minusDays(3)).notices());
    }

    @Test
    void whileNothingMayLapseItIsToldAllTheSame() {
        var first = new Told(30, DAY.minusDays(30));
        assertEquals(
                new Decision(List.of(), NONE),
                ExpiryRules.decide(LOTS, Map.of(DAY, List.of(first)), NOTICES, DAY.plusDays(1), false));
        assertEquals(
                told(7),
                ExpiryRules.decide(LOTS, Map.of(DAY, List.of(first)), NOTICES, DAY.minusDays(5), false)
                        .notices());
    }

    @Test
    void eachDayIsJudgedByItself() {
        var later = DAY.plusDays(1);
        var soon = DAY.plusDays(20);
        var far = DAY.plusDays(90);
        var lots = LOTS.plus(Lots.until(later, 5)).plus(Lots.until(soon, 7)).plus(Lots.until(far, 9));
        var told = Map.of(DAY, List.of(new Told(30, DAY)), later, List.of(new Told(30, later.minusDays(30))));
        var decision = ExpiryRules.decide(lots, told, NOTICES, later.plusDays(1), true);
        // The earlier ones were told late.
        assertEquals(List.of(Lots.until(later, 5)), decision.lapsed());
        assertEquals(List.of(new Notice(soon, 7, 30)), decision.notices());
    }

    @Test
    void ofABudgetItIsToldAWeekBeforeAndNothingWaitsForThat() {
        assertEquals(new Decision(List.of(), NONE), ofBudget(DAY.minusDays(8)));
        assertEquals(new Decision(List.of(), told(7)), ofBudget(DAY.minusDays(7)));
        assertEquals(new Decision(List.of(), told(7)), ofBudget(DAY));
        assertEquals(new Decision(List.of(), NONE), ofBudget(DAY, new Told(7, DAY.minusDays(2))));
        assertEquals(new Decision(List.of(LOTS), NONE), ofBudget(DAY.plusDays(1)));
        assertEquals(new Decision(List.of(LOTS), NONE), ofBudget(DAY.plusDays(1), new Told(7, DAY)));
    }

    @Test
    void whatABudgetHasUntilADayIsOneNoticeAndOneLapse() {
        var lots = LOTS.plus(Lots.of(List.of(new DatedPoints(DAY, 30, DAY.plusDays(9)))));
        assertEquals(
                new Decision(List.of(), List.of(new Notice(DAY, 150, 7))),
                ExpiryRules.decideOfBudget(lots, Map.of(), DAY));
        assertEquals(
                List.of(lots),
                ExpiryRules.decideOfBudget(lots, Map.of(), DAY.plusDays(1)).lapsed());
    }

    @Test
    void whatWasBoughtUntilADayThatIsOverIsLapsedForGood() {
        var over = Lots.of(List.of(new DatedPoints(DAY, 30, DAY)));
        var lapsed = over.plus(LOTS).plus(Lots.of(List.of(new DatedPoints(DAY, 40, DAY.plusDays(1)))));
        assertEquals(over, ExpiryRules.boughtUntilBefore(lapsed, DAY.plusDays(1)));
        assertEquals(Lots.NONE, ExpiryRules.boughtUntilBefore(lapsed, DAY));
    }

    @Test
    void theNextDayBeginsWhenItHasBegunInBothZones() {
        var kolkata = ZoneId.of("Asia/Kolkata");
        var day = LocalDate.of(2026, 11, 28);
        assertEquals(Instant.parse("2026-11-29T00:00:00Z"), ExpiryRules.beginOfNext(day, LocalDays.UTC));
        assertEquals(Instant.parse("2026-11-28T18:30:00Z"), ExpiryRules.beginOfNext(day, new LocalDays(kolkata, null)));
        var berlin = ZoneId.of("Europe/Berlin");
        for (var zones : List.of(new LocalDays(kolkata, berlin), new LocalDays(berlin, kolkata))) {
            assertEquals(Instant.parse("2026-11-28T23:00:00Z"), ExpiryRules.beginOfNext(day, zones));
        }
        // There is no midnight there.
        var cairo = new LocalDays(ZoneId.of("Africa/Cairo"), null);
        assertEquals(Instant.parse("2027-04-29T22:00:00Z"), ExpiryRules.beginOfNext(LocalDate.of(2027, 4, 29), cairo));
    }

    private static Decision on(LocalDate today, Told... told) {
        return ExpiryRules.decide(LOTS, Map.of(DAY, List.of(told)), NOTICES, today, true);
    }

    private static Decision ofBudget(LocalDate today, Told... told) {
        return ExpiryRules.decideOfBudget(LOTS, Map.of(DAY, List.of(told)), today);
    }

    private static List<Notice> told(long days) {
        return List.of(new Notice(DAY, 120, days));
    }
}
