package io.points.distribution.wallet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.distribution.policy.Dating;
import io.points.distribution.wallet.Wallet.Key;
import io.points.ledger.dates.Expiry;
import io.points.ledger.dates.LocalDays;
import io.points.ledger.dates.Lots;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WalletTest {

    private static final UUID TENANT = new UUID(1, 1);
    private static final UUID ANNA = new UUID(2, 2);
    private static final Key KEY = Key.earned(TENANT, ANNA);

    private final Wallet wallet = new Wallet(KEY, 10, 3);

    @Test
    void anEntryMovesTheBalanceAndTakesTheNextNumber() {
        assertEquals(new Wallet(KEY, 15, 4), wallet.after(5, Lots.NONE));
        assertEquals(new Wallet(KEY, 7, 4), wallet.after(-3, Lots.NONE));
        assertEquals(new Wallet(KEY, 10, 4), wallet.after(0, Lots.NONE));
    }

    @Test
    void itCanBeEmptiedAndNotOverdrawn() {
        assertEquals(new Wallet(KEY, 1, 4), wallet.after(-9, Lots.NONE));
        assertEquals(new Wallet(KEY, 0, 4), wallet.after(-10, Lots.NONE));
        var overdrawn = assertThrows(IllegalArgumentException.class, () -> wallet.after(-11, Lots.NONE));
        assertEquals("wallet " + KEY + " holds less than 11 points", overdrawn.getMessage());
    }

    @Test
    void itHoldsWhatStandsInIt() {
        assertTrue(wallet.holds(9));
        assertTrue(wallet.holds(10));
        assertFalse(wallet.holds(11));
    }

    @Test
    void itKeepsByWhichRulesItIsDatedAndHasTheLotsThatAreLeft() {
        var day = LocalDate.of(2026, 12, 31);
        var dating = new Dating(new Expiry.On(day), LocalDays.UTC);
        var dated = new Wallet(KEY, 10, 3, Lots.until(day, 4), dating);
        assertEquals(new Wallet(KEY, 7, 4, Lots.until(day, 1), dating), dated.after(-3, Lots.until(day, 1)));
        assertEquals(day, dated.dating().lastDay(Instant.EPOCH));
        assertNull(wallet.dating().lastDay(Instant.EPOCH));
    }

    @Test
    void aNewOneIsEmpty() {
        assertEquals(new Wallet(KEY, 0, 0), Wallet.empty(KEY));
    }

    /** Everywhere the same, as the database sorts them: by their texts and not by their bits. */
    @Test
    void walletsAreLockedInTheOrderOfTheirTexts() {
        var last = new UUID(-1, 0);
        var inOrder = List.of(
                Key.budget(TENANT, ANNA),
                Key.earned(TENANT, ANNA),
                Key.budget(TENANT, last),
                Key.budget(last, ANNA),
                Key.earned(last, ANNA));
        assertEquals(
                inOrder, Stream.of(4, 2, 0, 3, 1).map(inOrder::get).sorted().toList());
        assertEquals(0, KEY.compareTo(Key.earned(TENANT, ANNA)));
    }
}
