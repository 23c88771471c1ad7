package io.points.billing.movement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.billing.Flow;
import io.points.billing.Place;
import io.points.contract.Account;
import io.points.contract.DistributionKind;
import io.points.contract.Envelope;
import io.points.contract.LapseReason;
import io.points.contract.Message;
import io.points.contract.PointsSource;
import io.points.contract.PoolEvent.ContractChanged;
import io.points.contract.PoolEvent.PointsAllocated;
import io.points.contract.PoolEvent.PointsClawedBack;
import io.points.contract.PoolEvent.PointsReturnSetAside;
import io.points.contract.PoolEvent.PointsReturned;
import io.points.contract.PoolEvent.PoolAdjusted;
import io.points.contract.PoolEvent.PoolDebitCancelled;
import io.points.contract.PoolEvent.PoolDebitRefused;
import io.points.contract.PoolEvent.PoolDebited;
import io.points.contract.PoolEvent.PoolExpired;
import io.points.contract.PoolEvent.PoolRefunded;
import io.points.contract.PoolEvent.PoolReleased;
import io.points.contract.PoolEvent.PoolReserved;
import io.points.contract.PoolEvent.TenantRegistered;
import io.points.contract.PoolEvent.TenantSuspended;
import io.points.contract.ProposalOutcome;
import io.points.contract.RefusalReason;
import io.points.contract.WalletEvent.AwardReversed;
import io.points.contract.WalletEvent.BatchAwarded;
import io.points.contract.WalletEvent.BatchUndone;
import io.points.contract.WalletEvent.BudgetReturned;
import io.points.contract.WalletEvent.DistributionHeld;
import io.points.contract.WalletEvent.DistributionReleased;
import io.points.contract.WalletEvent.DistributionRequested;
import io.points.contract.WalletEvent.EarnedReturned;
import io.points.contract.WalletEvent.PointsAwarded;
import io.points.contract.WalletEvent.PointsDelegated;
import io.points.contract.WalletEvent.PointsExpired;
import io.points.contract.WalletEvent.UndoDecided;
import io.points.contract.WalletEvent.UndoProposed;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MovementTest {

    private static final UUID TENANT = new UUID(1, 1);
    private static final UUID SUBJECT = new UUID(2, 2);
    private static final UUID SOMEBODY = new UUID(3, 3);
    private static final UUID BATCH = new UUID(4, 4);
    private static final LocalDate DAY = LocalDate.of(2027, 2, 28);

    static Stream<Arguments> movements() {
        return Stream.of(
                Arguments.of(allocated(7), Flow.ALLOCATED, 5L),
                Arguments.of(
                        new PointsClawedBack(SUBJECT, TENANT, 7, "INR", "1.00", "unused", 9, 5), Flow.CLAWED_BACK, 5L),
                Arguments.of(new PoolDebited(SUBJECT, TENANT, DistributionKind.AWARD, 7, 9, 5), Flow.DISTRIBUTED, 5L),
                Arguments.of(new PoolDebitCancelled(SUBJECT, TENANT, 7, 9, 5), Flow.REFUNDED, 5L),
                Arguments.of(new PoolRefunded(SUBJECT, TENANT, 7, 9, 5), Flow.REFUNDED, 5L),
                Arguments.of(new PointsReturned(SUBJECT, TENANT, 7, 9, 5), Flow.RETURNED, 5L),
                Arguments.of(new PointsDelegated(SUBJECT, TENANT, SOMEBODY, SOMEBODY, 7, 1, 7), Flow.DELEGATED, null),
                Arguments.of(awarded(PointsSource.POOL, null), Flow.AWARDED_FROM_POOL, null),
                Arguments.of(awarded(PointsSource.BUDGET, null), Flow.AWARDED_FROM_BUDGET, null),
                Arguments.of(new BudgetReturned(SUBJECT, TENANT, SOMEBODY, 7, 1, 0), Flow.BUDGET_RETURNED, null),
                Arguments.of(new PoolReserved(SUBJECT, TENANT, 7, 9, 5, null), Flow.POOL_RESERVED, 5L),
                Arguments.of(new PoolReleased(SUBJECT, TENANT, 7, 9, 5, null), Flow.POOL_RELEASED, 5L),
                Arguments.of(new PoolExpired(SUBJECT, TENANT, DAY, 7, 9, 5), Flow.POOL_EXPIRED, 5L),
                Arguments.of(reversed(PointsSource.POOL), Flow.REVERSED, null),
                Arguments.of(reversed(PointsSource.BUDGET), Flow.REVERSED_TO_BUDGET, null),
                Arguments.of(
                        new EarnedReturned(SUBJECT, TENANT, SOMEBODY, LapseReason.AGE, DAY, 7, 1, 0),
                        Flow.EARNED_RETURNED,
                        null),
                Arguments.of(expired(Account.EARNED), Flow.EARNED_EXPIRED, null),
                Arguments.of(expired(Account.BUDGET), Flow.BUDGET_EXPIRED, null),
                Arguments.of(held(PointsSource.POOL), Flow.HELD, null),
                Arguments.of(held(PointsSource.BUDGET), Flow.HELD_FROM_BUDGET, null),
                Arguments.of(released(PointsSource.POOL), Flow.RELEASED, null),
                Arguments.of(released(PointsSource.BUDGET), Flow.RELEASED_TO_BUDGET, null));
    }

    private static AwardReversed reversed(PointsSource to) {
        return new AwardReversed(SUBJECT, TENANT, BATCH, to, SOMEBODY, 7, 0, 1, 0, null, null, null, null);
    }

    private static DistributionHeld held(PointsSource source) {
        var until = Instant.parse("2027-03-01T00:00:00Z");
        return new DistributionHeld(
                SUBJECT, TENANT, DistributionKind.AWARD, source, SOMEBODY, SOMEBODY, 7, 1, until, null, null, null);
    }

    private static DistributionReleased released(PointsSource source) {
        return new DistributionReleased(SUBJECT, TENANT, source, SOMEBODY, 7, null, null, null, null);
    }

    private static PointsExpired expired(Account account) {
        return new PointsExpired(SUBJECT, TENANT, SOMEBODY, account, LapseReason.AGE, DAY, 7, 1, 0);
    }

    @Test
    void aPoolsPointsDoNotLapseAsAWalletsDo() {
        var fault = assertThrows(IllegalArgumentException.class, () -> of(expired(Account.POOL)));
        assertTrue(fault.getMessage().startsWith("account: "), fault::getMessage);
    }

    @ParameterizedTest
    @MethodSource("movements")
    void anEventThatMovesPointsIsAMovement(Message event, Flow flow, Long version) {
        var movement = of(event).orElseThrow();

        assertEquals(flow, movement.flow());
        assertEquals(7, movement.points());
        assertEquals(SUBJECT, movement.subject());
        assertEquals(movement.envelope().id(), movement.eventId());
        assertEquals(TENANT, movement.tenantId());
        assertEquals(version, movement.poolVersion());
        assertEquals(version == null ? null : 9L, movement.balanceAfter());
        assertEquals(flow.at(Place.PLATFORM) != 0, movement.bill() != null, "what the platform moves is billed");
    }

    @Test
    void anAdjustmentTakesAVersionAndMovesNothing() {
        var movement = of(new PoolAdjusted(SUBJECT, TENANT, -500, "alert 7", SOMEBODY, BATCH, 9, 5))
                .orElseThrow();

        assertEquals(Flow.ADJUSTED, movement.flow());
        assertEquals(0, movement.points());
        assertEquals(-500, movement.adjustedBy());
        assertEquals(5L, movement.poolVersion());
        assertEquals(9L, movement.balanceAfter());
        assertNull(movement.bill());
    }

    /** Its price is that of the day; what it gives back was bought, and billed, at others. */
    @Test
    void aClawbackAtAPriceThatNobodyCouldBillIsAMovementLikeAnyOther() {
        assertEquals(
                1_000_000_000_000L,
                of(new PointsClawedBack(SUBJECT, TENANT, 1_000_000_000_000L, "INR", "999999999", "unused", 9, 5))
                        .orElseThrow()
                        .points());
    }

    @ParameterizedTest
    @ValueSource(strings = {"90072000", "999999999"})
    void anAllocationThatCostsMoreThanTheApiAllowsIsNone(String price) {
        assertThrows(
                ArithmeticException.class,
                () -> of(new PointsAllocated(SUBJECT, TENANT, 1_000_000_000L, "INR", price + ".00", "Invoice", 9, 5)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"XAU", "XTS", "ZZZ"})
    void aCurrencyThatNoContractCanHaveIsNone(String currency) {
        assertThrows(
                IllegalArgumentException.class,
                () -> of(new PointsAllocated(SUBJECT, TENANT, 1, currency, "1.00", "Invoice", 9, 5)));
    }

    static Stream<Message> otherEvents() {
        return Stream.of(
                new TenantRegistered(TENANT, "INR", "1.00", 1),
                new TenantSuspended(TENANT, 2),
                new ContractChanged(TENANT, 2, "INR", "2.00", null, null, Instant.EPOCH),
                new PoolDebitRefused(SUBJECT, TENANT, 7, RefusalReason.TENANT_SUSPENDED, 0, 5),
                new PoolDebitCancelled(SUBJECT, TENANT, 0, 9, 5),
                new PoolRefunded(SUBJECT, TENANT, 0, 9, 5),
                new PointsReturnSetAside(SUBJECT, TENANT, 7, 0),
                new DistributionRequested(SUBJECT, TENANT, DistributionKind.AWARD, SOMEBODY, SOMEBODY, 7),
                new BatchAwarded(SUBJECT, TENANT, SOMEBODY, 2, 7),
                new BatchUndone(SUBJECT, TENANT, 2, 7, 0),
                new UndoProposed(SUBJECT, TENANT, SUBJECT, DistributionKind.BATCH, 7),
                new UndoDecided(SUBJECT, TENANT, SUBJECT, ProposalOutcome.APPROVED));
    }

    @ParameterizedTest
    @MethodSource("otherEvents")
    void anEventThatMovesNothingIsNone(Message event) {
        assertEquals(Optional.empty(), of(event));
    }

    @Test
    void anAwardOfABatchBelongsToTheBatchsDebit() {
        assertEquals(BATCH, of(awarded(PointsSource.POOL, BATCH)).orElseThrow().subject());
    }

    @Test
    void whatIsBilledHasItsPriceAndWhy() {
        var event = new PointsAllocated(SUBJECT, TENANT, 7, "KWD", "0.25", "Invoice 1", 9, 5, "PO-1", "CC-1", 3L);

        var bill = of(event).orElseThrow().bill();

        assertEquals("0.25", bill.price().perPoint().toPlainString());
        assertEquals("KWD", bill.price().currency().code());
        assertEquals("Invoice 1", bill.description());
        assertEquals("PO-1", bill.poNumber());
        assertEquals("CC-1", bill.costCentre());
        assertNull(of(allocated(1)).orElseThrow().bill().poNumber());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 1_000_000_000_001L, Long.MIN_VALUE})
    void anAmountThatNobodyCanAllocateIsNamed(long amount) {
        var fault = assertThrows(IllegalArgumentException.class, () -> of(allocated(amount)));

        assertTrue(fault.getMessage().startsWith("amount: "), fault.getMessage());
    }

    @Test
    void aRefundOfLessThanNothingIsNamed() {
        var fault = assertThrows(IllegalArgumentException.class, () -> of(new PoolRefunded(SUBJECT, TENANT, -1, 9, 5)));

        assertTrue(fault.getMessage().startsWith("refunded: "), fault.getMessage());
    }

    @Test
    void aWholeBudgetMayBeMoreThanOneRequestMoves() {
        long most = (1L << 53) - 1;
        assertEquals(
                most,
                of(new BudgetReturned(SUBJECT, TENANT, SOMEBODY, most, 1, 0))
                        .orElseThrow()
                        .points());
        assertThrows(
                IllegalArgumentException.class,
                () -> of(new BudgetReturned(SUBJECT, TENANT, SOMEBODY, most + 1, 1, 0)));
    }

    private static PointsAllocated allocated(long amount) {
        return new PointsAllocated(SUBJECT, TENANT, amount, "INR", "1.00", "Invoice", 9, 5);
    }

    private static PointsAwarded awarded(PointsSource source, UUID debit) {
        return new PointsAwarded(SUBJECT, TENANT, source, SOMEBODY, SOMEBODY, 7, 1, 7, null, null, debit, null);
    }

    private static Optional<Movement> of(Message event) {
        return Movement.of(
                new Envelope(
                        new UUID(9, 9),
                        event.type(),
                        "test",
                        event.subject().toString(),
                        Instant.EPOCH,
                        TENANT,
                        null,
                        null,
                        null),
                event);
    }
}
