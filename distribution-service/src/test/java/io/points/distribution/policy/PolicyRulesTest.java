package io.points.distribution.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.ledger.dates.ExpiryTerms;
import io.points.ledger.dates.Rounding;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyRulesTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "P90D | -         | -     | - | -",
                "P1Y  | day       | -     | - | -",
                "-    | -         | 12-31 | - | -",
                "-    | -         | 12-31 | 5 | -",
                "-    | -         | -     | - | after: is required, or every",
                "P1Y  | -         | 12-31 | - | every: must not stand beside after",
                "-    | month_end | 12-31 | - | round: needs after",
                "P1Y  | -         | -     | 5 | min_days: needs every",
            },
            delimiter = '|')
    void whenPointsLapseIsSaidInOneWay(
            @Nullable String after,
            @Nullable String round,
            @Nullable String every,
            @Nullable Long minDays,
            @Nullable String fault) {
        var terms = new ExpiryTerms(after, round == null ? null : Rounding.of(round), every, minDays);
        var expected =
                fault == null ? Map.of() : Map.of("earned.expires." + fault.split(": ")[0], fault.split(": ")[1]);
        assertEquals(expected, PolicyRules.faults(new EarnedTerms(terms, null, null)));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-    | 30 7    | -",
                "-    | 90      | -",
                "-    | 7 30    | must become smaller from one to the next",
                "-    | 30 30   | must become smaller from one to the next",
                "P90D | 30      | -",
                "P90D | 90 60 1 | -",
                "P90D | 29 7    | must begin with at least 30 where points last 90 days or more",
                "P89D | 29 7    | -",
                "P89D | 90      | must not be longer than points last at least, which is 89 days",
                "P10D | 10      | -",
                "P10D | 11 7    | must not be longer than points last at least, which is 10 days",
                "P1M  | 28      | -",
                "P1M  | 29      | must not be longer than points last at least, which is 28 days",
                "P2M  | 7       | -",
                "P3M  | 7       | must begin with at least 30 where points last 90 days or more",
                "P1Y  | 7       | must begin with at least 30 where points last 90 days or more",
                "12-31 | 30     | -",
                "12-31 | 31     | must not be longer than points last at least, which is 30 days",
                "12-31/90 | 7   | must begin with at least 30 where points last 90 days or more",
                "12-31/89 | 7   | -",
            },
            delimiter = '|')
    void noticesComeInOrderAndNotBeforeTheCredit(@Nullable String expires, String days, @Nullable String fault) {
        var notices = Arrays.stream(days.split(" ")).map(Long::valueOf).toList();
        var expected = fault == null ? Map.of() : Map.of("earned.notice_days", fault);
        assertEquals(expected, PolicyRules.faults(new EarnedTerms(terms(expires), null, notices)));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-     | -               | 30 7",
                "P1Y   | P1Y month_end   | 30 7",
                "P30D  | P30D day        | 30 7",
                "P29D  | P29D day        | 7",
                "P401D | P401D month_end | 30 7",
                "P1M   | P1M month_end   | 7",
                "P7D   | P7D day         | 7",
                "P6D   | P6D day         | 1",
                "P1D   | P1D day         | 1",
                "12-31 | 12-31 30        | 30 7",
                "12-31/8 | 12-31 8       | 7",
            },
            delimiter = '|')
    void whatIsNotSaidIsAsUsual(@Nullable String expires, @Nullable String completed, String notices) {
        var policy = PolicyRules.complete(new EarnedTerms(terms(expires), null, null));
        assertEquals(completed, text(policy.expires()));
        assertEquals("nowhere", policy.to());
        assertEquals(Arrays.stream(notices.split(" ")).map(Long::valueOf).toList(), policy.noticeDays());
    }

    @Test
    void whatIsSaidStays() {
        var terms = new ExpiryTerms("P12M", Rounding.DAY, null, null);
        assertEquals(
                new EarnedPolicy(terms, "nowhere", List.of(60L)),
                PolicyRules.complete(new EarnedTerms(terms, Destination.NOWHERE, List.of(60L))));
    }

    @Test
    void budgetsGoBackToThePoolUnlessItIsSaidOtherwise() {
        assertEquals(BudgetsPolicy.NONE, PolicyRules.complete(new BudgetsTerms(null, null)));
        assertEquals(
                new BudgetsPolicy(new ExpiryTerms("P1Y", Rounding.MONTH_END, null, null), "pool"),
                PolicyRules.complete(new BudgetsTerms(terms("P1Y"), null)));
        assertEquals(
                "nowhere",
                PolicyRules.complete(new BudgetsTerms(terms("P1Y"), Destination.NOWHERE))
                        .to());
        assertEquals(Map.of(), PolicyRules.faults(new BudgetsTerms(null, null)));
        assertEquals(
                Map.of("budgets.expires.after", "is required, or every"),
                PolicyRules.faults(new BudgetsTerms(new ExpiryTerms(null, null, null, null), null)));
    }

    private static @Nullable ExpiryTerms terms(@Nullable String text) {
        if (text == null) {
            return null;
        }
        var parts = text.split("/");
        return text.startsWith("P")
                ? new ExpiryTerms(text, null, null, null)
                : new ExpiryTerms(null, null, parts[0], parts.length == 1 ? null : Long.valueOf(parts[1]));
    }

    private static @Nullable String text(@Nullable ExpiryTerms terms) {
        if (terms == null) {
            return null;
        }
        return terms.after() == null
                ? terms.every() + " " + terms.minDays()
                : terms.after() + " " + terms.round().word();
    }
}
