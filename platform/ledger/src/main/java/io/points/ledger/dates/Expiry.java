package io.points.ledger.dates;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.Period;
import java.time.temporal.TemporalAdjusters;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Until which day points can be used that are credited on another one, both in the tenant's time zone; never before the day after the
 * credit. Plain Java.
 */
public sealed interface Expiry {

    /** Beyond so many days, days are rounded up to the end of their month: a balance tells only so many days apart. */
    int MOST_EXACT_DAYS = 400;

    /** The last day on which they can be used. */
    LocalDate lastDay(LocalDate credited);

    /**
     * Some time after the credit.
     *
     * @param period days, or months
     * @param toMonthEnd up to the end of the month that it leads to
     */
    record After(Period period, boolean toMonthEnd) implements Expiry {

        private static final Pattern DAYS = Pattern.compile("P([1-9][0-9]{0,3})D");
        private static final Pattern MONTHS = Pattern.compile("P([1-9][0-9]{0,2})M");
        private static final Pattern YEARS = Pattern.compile("P([1-9][0-9]?)Y");
        private static final int MOST_DAYS = 3650;
        private static final int MOST_MONTHS = 120;

        /**
         * As ISO 8601 writes it.
         *
         * @param text P1D to P3650D, P1M to P120M, or P1Y to P10Y
         * @param round {@code day} or {@code month_end}; null for months and years up to the end of the month, and days as they are
         * @throws IllegalArgumentException if it is anything else; the text says what it must be
         */
        public static After of(String text, @Nullable String round) {
            int days = number(DAYS, text);
            int months = number(MONTHS, text) + 12 * number(YEARS, text);
            if (days + months == 0 || days > MOST_DAYS || months > MOST_MONTHS) {
                throw new IllegalArgumentException("must be P1D to P3650D, P1M to P120M or P1Y to P10Y");
            }
            boolean toMonthEnd = days > MOST_EXACT_DAYS || (round == null ? months > 0 : round.equals("month_end"));
            return new After(months > 0 ? Period.ofMonths(months) : Period.ofDays(days), toMonthEnd);
        }

        private static int number(Pattern pattern, String text) {
            var match = pattern.matcher(text);
            return match.matches() ? Integer.parseInt(match.group(1)) : 0;
        }

        @Override
        public LocalDate lastDay(LocalDate credited) {
            var day = credited.plus(period);
            return toMonthEnd ? day.with(TemporalAdjusters.lastDayOfMonth()) : day;
        }
    }

    /**
     * The same day of each year; what is credited shortly before it lasts until the year after.
     *
     * @param day 29 February is 28 February in other years
     * @param leastDays how many days off it is at least, 1 to 366
     */
    record Every(MonthDay day, int leastDays) implements Expiry {

        /**
         * @param text such as 12-31
         * @throws IllegalArgumentException if there is no such day, or {@code leastDays} is not 1 to 366; the text says what it must be
         */
        public static Every of(String text, int leastDays) {
            if (leastDays < 1 || leastDays > 366) {
                throw new IllegalArgumentException("must have min_days from 1 to 366");
            }
            try {
                return new Every(MonthDay.parse("--" + text), leastDays);
            } catch (DateTimeException e) {
                throw new IllegalArgumentException("must be a day of the year, such as 12-31", e);
            }
        }

        @Override
        public LocalDate lastDay(LocalDate credited) {
            var earliest = credited.plusDays(leastDays);
            var sameYear = day.atYear(earliest.getYear());
            return sameYear.isBefore(earliest) ? day.atYear(earliest.getYear() + 1) : sameYear;
        }
    }

    /** One day, of one credit. */
    record On(LocalDate day) implements Expiry {

        /** It is for whoever credits to see to it that it is later than that. */
        @Override
        public LocalDate lastDay(LocalDate credited) {
            return day;
        }
    }
}
