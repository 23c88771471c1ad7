package io.points.allocation.closing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.contract.Settlement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClosingRulesTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 1, 31);
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "2026-03-02, credit, expire, ",
        "2026-03-01, credit, expire, earned_until",
        "2026-01-30, credit, expire, earned_until",
        "2026-01-31, credit, credit, ",
        "2026-01-30, credit, credit, earned_until",
        "2029-01-31, expire, expire, ",
        "2029-02-01, expire, expire, earned_until",
        "2029-02-01, credit, credit, earned_until",
        "2026-03-02, expire, credit, earned_then",
        "2026-01-30, expire, credit, earned_until earned_then"
    })
    void whatIsWrongIsNamed(LocalDate until, String unspent, String earnedThen, @Nullable String fields) {
        var terms = new ClosingTerms(until, Settlement.of(unspent), Settlement.of(earnedThen));
        assertEquals(
                fields == null ? List.of() : List.of(fields.split(" ")),
                ClosingRules.faults(terms, TODAY).stream()
                        .map(ClosingRules.Fault::field)
                        .toList());
    }

    @Test
    void itCanBeCalledOffUntilThePromisedDayIsOverOrTheWalletsAreEmpty() {
        assertEquals(true, ClosingRules.canBeCalledOff(closing(null), TODAY));
        assertEquals(false, ClosingRules.canBeCalledOff(closing(null), TODAY.plusDays(1)));
        assertEquals(false, ClosingRules.canBeCalledOff(closing(NOW), TODAY));
    }

    @Test
    void eachStepComesAfterTheOther() {
        var terms = new ClosingTerms(TODAY, Settlement.CREDIT, Settlement.CREDIT);
        var id = UUID.randomUUID();
        var proposed = Closing.proposed(id, UUID.randomUUID(), terms);
        assertEquals(ClosingStep.PROPOSED, proposed.step(true));
        assertEquals(ClosingStep.NOT_APPROVED, proposed.step(false));
        assertEquals(ClosingStep.RECALLING, closing(NOW, null, null, null, null).step(false));
        assertEquals(ClosingStep.WAITING, closing(NOW, NOW, null, null, null).step(false));
        assertEquals(ClosingStep.DRAINING, closing(NOW, NOW, NOW, null, null).step(false));
        assertEquals(ClosingStep.CLOSED, closing(NOW, NOW, NOW, NOW, null).step(false));
        assertEquals(ClosingStep.CALLED_OFF, closing(NOW, NOW, null, null, NOW).step(false));
    }

    @Test
    void whatIsKnownOfPeopleIsKeptForAMonth() {
        var closed = Instant.parse("2027-01-31T10:00:00Z");
        assertEquals(Instant.parse("2027-03-02T10:00:00Z"), ClosingRules.erasableFrom(closed));
    }

    private static Closing closing(@Nullable Instant emptied) {
        return closing(NOW, emptied, emptied, null, null);
    }

    private static Closing closing(
            @Nullable Instant begun,
            @Nullable Instant recalled,
            @Nullable Instant emptied,
            @Nullable Instant closed,
            @Nullable Instant calledOff) {
        return new Closing(
                UUID.randomUUID(),
                UUID.randomUUID(),
                new ClosingTerms(TODAY, Settlement.CREDIT, Settlement.CREDIT),
                begun,
                UUID.randomUUID(),
                0,
                recalled,
                0,
                emptied,
                0,
                closed,
                calledOff,
                null,
                null,
                null);
    }
}
