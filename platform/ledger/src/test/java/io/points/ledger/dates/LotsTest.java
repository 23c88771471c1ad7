package io.points.ledger.dates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.contract.DatedPoints;
import io.points.ledger.dates.Lots.Taken;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LotsTest {
    private static final LocalDate FIRST = LocalDate.of(2027, 1, 31);
    private static final LocalDate SECOND = LocalDate.of(2027, 2, 28);
    private static final LocalDate THIRD = LocalDate.of(2027, 3, 31);

    private static Lots lots(Object... daysAndPoints) {
        var lots = new ArrayList<DatedPoints>();
        for (int i = 0; i < daysAndPoints.length; i += 2) {
            lots.add(new DatedPoints((LocalDate) daysAndPoints[i], (int) daysAndPoints[i + 1], null));
        }
        return Lots.of(lots);
    }

    @Test
    void daysAreInOrderAndEachIsThereOnce() {
        var lots = lots(THIRD, 3, FIRST, 1, THIRD, 4);

        assertEquals(List.of(new DatedPoints(FIRST, 1, null), new DatedPoints(THIRD, 7, null)), lots.list());
        assertEquals(8, lots.sum());
        assertEquals(FIRST, lots.first());
        assertEquals(lots, lots(THIRD, 7).plus(lots(FIRST, 1)));
        assertEquals(lots.hashCode(), lots(FIRST, 1, THIRD, 7).hashCode());
    }

    /** A budget's points keep the day that they had in the pool, so that what goes back is as old as it was. */
    @Test
    void theSameDayWithAnotherDayInThePoolIsAnother() {
        var lots = Lots.of(List.of(
                new DatedPoints(FIRST, 5, null), new DatedPoints(FIRST, 3, THIRD), new DatedPoints(FIRST, 4, SECOND)));

        assertEquals(
                List.of(
                        new DatedPoints(FIRST, 4, SECOND),
                        new DatedPoints(FIRST, 3, THIRD),
                        new DatedPoints(FIRST, 5, null)),
                lots.list());
        assertEquals(
                Lots.of(List.of(new DatedPoints(FIRST, 4, SECOND), new DatedPoints(FIRST, 1, THIRD))),
                lots.take(5).taken());
    }

    @Test
    void whereNothingIsDatedNothingIsTakenFromLots() {
        assertTrue(Lots.NONE.isEmpty());
        assertNull(Lots.NONE.first());
        assertEquals(0, Lots.NONE.sum());
        assertEquals(new Taken(Lots.NONE, Lots.NONE), Lots.NONE.take(7));
        assertEquals(new Taken(Lots.NONE, Lots.NONE), Lots.NONE.takeLatest(7, 9, FIRST));
        assertSame(Lots.NONE, Lots.until(null, 7));
        assertSame(Lots.NONE, Lots.until(FIRST, 0));
        assertEquals(lots(FIRST, 7), Lots.until(FIRST, 7));
    }

    @Test
    void whatLapsesFirstIsUsedFirstAndUndatedPointsLast() {
        var lots = lots(FIRST, 5, SECOND, 10);

        assertEquals(new Taken(lots(FIRST, 1, SECOND, 10), lots(FIRST, 4)), lots.take(4));
        assertEquals(new Taken(lots(SECOND, 8), lots(FIRST, 5, SECOND, 2)), lots.take(7));
        assertEquals(new Taken(Lots.NONE, lots), lots.take(15));
        // The rest was undated.
        assertEquals(new Taken(Lots.NONE, lots), lots.take(20));
        assertEquals(new Taken(lots, Lots.NONE), lots.take(0));
    }

    @Test
    void whatIsPutBackHasTheDaysThatItHad() {
        var before = lots(FIRST, 5, SECOND, 10);
        var taken = before.take(7);

        assertEquals(before, taken.left().plus(taken.taken()));
    }

    @Test
    void whatShouldNotHaveComeIsTakenFromItsOwnDayThenUndatedThenTheLatest() {
        var lots = lots(FIRST, 5, SECOND, 10, THIRD, 20);

        // 2 of 37 are undated.
        assertEquals(lots(SECOND, 10), lots.takeLatest(12, 37, SECOND).taken());
        assertEquals(lots(SECOND, 10, THIRD, 1), lots.takeLatest(13, 37, SECOND).taken());
        assertEquals(
                lots(THIRD, 20, FIRST, 3, SECOND, 10),
                lots.takeLatest(35, 37, SECOND).taken());
        assertEquals(Lots.NONE, lots.takeLatest(2, 37, null).taken());
        assertEquals(
                lots(THIRD, 1), lots.takeLatest(3, 37, LocalDate.of(2030, 1, 1)).taken());
        assertEquals(new Taken(Lots.NONE, lots), lots.takeLatest(37, 37, SECOND));
    }

    @Test
    void aDayIsOverWhenItIsOver() {
        var lots = lots(FIRST, 5, SECOND, 10);

        assertEquals(Lots.NONE, lots.takeOver(FIRST).taken());
        assertEquals(new Taken(lots(SECOND, 10), lots(FIRST, 5)), lots.takeOver(FIRST.plusDays(1)));
        assertEquals(new Taken(lots(SECOND, 10), lots(FIRST, 5)), lots.takeOver(SECOND));
        assertEquals(new Taken(Lots.NONE, lots), lots.takeOver(THIRD));
    }

    @Test
    void whatFitsIntoABalanceStays() {
        var lots = lots(FIRST, 5, SECOND, 10);

        assertEquals(new Taken(lots, Lots.NONE), lots.within(16));
        assertEquals(new Taken(lots, Lots.NONE), lots.within(15));
        assertEquals(new Taken(lots(FIRST, 5, SECOND, 9), lots(SECOND, 1)), lots.within(14));
        assertEquals(new Taken(Lots.NONE, lots), lots.within(0));
    }

    @Test
    void aBalanceWithManyDaysGivesEndsOfYears() {
        var lots = Lots.NONE;
        for (int day = 0; day < Lots.MOST_EXACT_DAYS - 1; day++) {
            lots = lots.plus(Lots.until(FIRST.plusDays(2L * day), 1));
        }
        assertEquals(SECOND, lots.dayOfCredit(SECOND));
        assertNull(lots.dayOfCredit(null));
        lots = lots.plus(Lots.until(FIRST.plusDays(1), 1));
        assertEquals(LocalDate.of(2027, 12, 31), lots.dayOfCredit(SECOND.plusDays(1)));
        // Where it is told apart already, it costs nothing.
        assertEquals(SECOND, lots.dayOfCredit(SECOND));
        assertNull(lots.dayOfCredit(null));
    }

    /** The latest are those that are joined, and what a budget's points have in the pool is, too. */
    @Test
    void ofACreditThatBringsTooManyDaysTheLatestAreJoined() {
        var lots = Lots.NONE;
        for (int day = 0; day < Lots.MOST_EXACT_DAYS - 1; day++) {
            lots = lots.plus(Lots.until(FIRST.plusDays(2L * day), 1));
        }
        var credit = Lots.of(List.of(
                new DatedPoints(FIRST, 2, null),
                new DatedPoints(FIRST.plusDays(1), 3, null),
                new DatedPoints(FIRST.plusDays(3), 5, null),
                new DatedPoints(FIRST.plusDays(5), 7, null),
                new DatedPoints(FIRST.plusDays(5), 11, FIRST.plusYears(1))));
        var endOfYear = LocalDate.of(2027, 12, 31);
        assertEquals(
                Lots.of(List.of(
                        new DatedPoints(FIRST, 2, null),
                        new DatedPoints(FIRST.plusDays(1), 3, null),
                        new DatedPoints(endOfYear, 12, null),
                        new DatedPoints(endOfYear, 11, LocalDate.of(2028, 12, 31)))),
                lots.fitting(credit));
        assertSame(credit, Lots.NONE.fitting(credit));
    }

    /** However many days come together, a balance tells apart no more than messages may. */
    @Test
    void whateverComesABalanceTellsNoMoreApartThanAMessage() {
        var lots = Lots.NONE;
        var random = new Random(7);
        for (int credit = 0; credit < 400; credit++) {
            var purchase = FIRST.plusDays(random.nextInt(3_650));
            var inPool = random.nextInt(3) == 0 ? Lots.NONE : Lots.until(purchase, 5);
            lots = lots.plus(lots.fitting(inPool.inWallet(7, FIRST.plusDays(random.nextInt(3_650)))));
        }
        assertEquals(2_800, lots.sum());
        assertTrue(lots.list().size() <= 400, () -> "too many days");
        assertTrue(lots.list().size() > Lots.MOST_EXACT_DAYS);
    }

    @Test
    void inAWalletPointsKeepTheDayThatTheyHadAndTheEarlierCounts() {
        var inPool = lots(FIRST, 5, THIRD, 10);
        assertEquals(
                Lots.of(List.of(
                        new DatedPoints(FIRST, 5, FIRST),
                        new DatedPoints(SECOND, 10, THIRD),
                        new DatedPoints(SECOND, 2, null))),
                inPool.inWallet(17, SECOND));
        assertEquals(
                Lots.of(List.of(new DatedPoints(FIRST, 5, FIRST), new DatedPoints(THIRD, 10, THIRD))),
                inPool.inWallet(17, null));
        assertEquals(lots(SECOND, 3), Lots.NONE.inWallet(3, SECOND));
        assertEquals(inPool, inPool.inWallet(17, SECOND).inPool());
        assertEquals(Lots.NONE, lots(FIRST, 3).inPool());
    }

    @Test
    void exactlyTheseAreTakenOrNone() {
        var these = Lots.of(List.of(new DatedPoints(FIRST, 3, THIRD), new DatedPoints(SECOND, 1, null)));
        var lots = these.plus(lots(FIRST, 5, SECOND, 2));
        assertEquals(new Taken(lots(FIRST, 5, SECOND, 2), these), lots.take(these));
        assertEquals(new Taken(lots, Lots.NONE), lots.take(Lots.NONE));
        for (var absent : List.of(lots(FIRST, 6), lots(THIRD, 1))) {
            assertThrows(IllegalArgumentException.class, () -> lots.take(absent));
        }
    }

    @Test
    void allOfADayMovesLaterAndABudgetsNoFurtherThanItWasBoughtUntil() {
        var lots = Lots.of(List.of(
                new DatedPoints(FIRST, 3, FIRST),
                new DatedPoints(FIRST, 5, SECOND),
                new DatedPoints(FIRST, 7, THIRD.plusDays(1)),
                new DatedPoints(FIRST, 11, null),
                new DatedPoints(THIRD, 13, null)));
        var extended = lots.extend(FIRST, THIRD);
        assertEquals(
                Lots.of(List.of(
                        new DatedPoints(SECOND, 5, SECOND),
                        new DatedPoints(THIRD, 7, THIRD.plusDays(1)),
                        new DatedPoints(THIRD, 11, null))),
                extended.after());
        assertEquals(
                Lots.of(List.of(
                        new DatedPoints(FIRST, 5, SECOND),
                        new DatedPoints(FIRST, 7, THIRD.plusDays(1)),
                        new DatedPoints(FIRST, 11, null))),
                extended.before());
        assertEquals(
                Lots.of(List.of(
                        new DatedPoints(FIRST, 3, FIRST),
                        new DatedPoints(SECOND, 5, SECOND),
                        new DatedPoints(THIRD, 7, THIRD.plusDays(1)),
                        new DatedPoints(THIRD, 24, null))),
                extended.left());
    }

    @Test
    void nothingMovesEarlierOrOfAnotherDay() {
        var lots = lots(FIRST, 5, SECOND, 10);
        for (var none : List.of(
                lots.extend(SECOND, SECOND), lots.extend(SECOND, FIRST), lots.extend(THIRD, THIRD.plusDays(1)))) {
            assertEquals(new Lots.Extended(lots, Lots.NONE, Lots.NONE), none);
        }
        assertEquals(lots(SECOND, 10), lots.until(SECOND));
        assertEquals(Lots.NONE, lots.until(THIRD));
    }

    @Test
    void aDaysPointsAreTogetherWhateverDayTheyHadInThePool() {
        var first = Lots.of(List.of(new DatedPoints(FIRST, 3, THIRD), new DatedPoints(FIRST, 5, null)));
        assertEquals(
                List.of(first, lots(SECOND, 2)), first.plus(lots(SECOND, 2)).byDay());
        assertEquals(List.of(), Lots.NONE.byDay());
        assertEquals(
                List.of(new ExpiringPoints(FIRST, 8), new ExpiringPoints(SECOND, 2)),
                ExpiringPoints.of(first.plus(lots(SECOND, 2))));
    }

    @Test
    void messagesTellWhatIsDatedOrNothing() {
        assertNull(Lots.NONE.told());
        assertSame(Lots.NONE, Lots.ofTold(null));
        assertEquals(lots(FIRST, 3), Lots.ofTold(lots(FIRST, 3).told()));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void aLotHasAPointAtLeast(long points) {
        var lot = new DatedPoints(FIRST, points, null);
        var fault = assertThrows(IllegalArgumentException.class, () -> Lots.of(List.of(lot)));
        assertTrue(fault.getMessage().startsWith("points: "), fault::getMessage);
    }

    @Test
    void sumsDoNotOverflow() {
        var most = new DatedPoints(FIRST, Long.MAX_VALUE, null);
        assertThrows(ArithmeticException.class, () -> Lots.of(List.of(most, most)));
        assertThrows(ArithmeticException.class, () -> Lots.of(List.of(most, new DatedPoints(SECOND, 1, null)))
                .sum());
    }

    /** Against a list of single points, each with its day or none. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void aBalanceIsLikeAQueueOfSinglePoints(int seed) {
        var random = new Random(seed);
        var points = new ArrayList<LocalDate>();
        var lots = Lots.NONE;
        for (int step = 0; step < 400; step++) {
            var day = random.nextInt(4) == 0 ? null : FIRST.plusDays(random.nextInt(9));
            int some = 1 + random.nextInt(6);
            switch (random.nextInt(4)) {
                case 0, 1 -> {
                    for (int i = 0; i < some; i++) {
                        points.add(day == null ? LocalDate.MAX : day);
                    }
                    lots = lots.plus(Lots.until(day, some));
                }
                case 2 -> {
                    points.sort(Comparator.naturalOrder());
                    int used = Math.min(some, points.size());
                    points.subList(0, used).clear();
                    lots = lots.take(used).left();
                }
                default -> {
                    var today = FIRST.plusDays(random.nextInt(9));
                    points.removeIf(it -> it.isBefore(today));
                    lots = lots.takeOver(today).left();
                }
            }
            points.sort(Comparator.naturalOrder());
            var dated = points.stream().filter(it -> !it.equals(LocalDate.MAX)).toList();
            assertEquals(
                    dated.stream()
                            .map(it -> new DatedPoints(it, 1, null))
                            .collect(java.util.stream.Collectors.collectingAndThen(
                                    java.util.stream.Collectors.toList(), Lots::of)),
                    lots);
            assertEquals(dated.size(), lots.sum());
        }
    }
}
