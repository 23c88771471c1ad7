package io.points.ledger.attestation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.contract.Account;
import io.points.contract.BalanceEvent.AttestedBalance;
import io.points.contract.BalanceEvent.BalanceAttested;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HoldingTest {

    private static final UUID TENANT = new UUID(1, 1);
    private static final UUID OTHER = new UUID(1, 2);
    private static final UUID ANN = new UUID(2, 1);
    private static final UUID BOB = new UUID(2, 2);

    @Test
    void aSliceEndsBeforeItHasTooManyEntries() {
        var holdings = List.of(of(TENANT, ANN, Account.EARNED, 4), of(TENANT, BOB, Account.EARNED, 6));
        assertEquals(holdings, Holding.within(holdings, 10));
        assertEquals(holdings.subList(0, 1), Holding.within(holdings, 9));
        assertEquals(List.of(), Holding.within(List.of(), 9));
    }

    @Test
    void oneIsTakenHoweverManyEntriesItHas() {
        var holdings = List.of(of(TENANT, ANN, Account.EARNED, 400), of(TENANT, BOB, Account.EARNED, 0));
        assertEquals(holdings.subList(0, 1), Holding.within(holdings, 9));
    }

    @Test
    void anEventHasTheBalancesOfOneTenantAndAccount() {
        var holdings = List.of(
                of(TENANT, ANN, Account.BUDGET, 1),
                of(TENANT, ANN, Account.EARNED, 2),
                of(TENANT, BOB, Account.EARNED, 3),
                of(OTHER, ANN, Account.EARNED, 4));
        assertEquals(
                List.of(
                        new BalanceAttested(TENANT, Account.BUDGET, List.of(new AttestedBalance(ANN, 1, 100, 11))),
                        new BalanceAttested(
                                TENANT,
                                Account.EARNED,
                                List.of(new AttestedBalance(ANN, 2, 100, 12), new AttestedBalance(BOB, 3, 100, 13))),
                        new BalanceAttested(OTHER, Account.EARNED, List.of(new AttestedBalance(ANN, 4, 100, 14)))),
                Holding.attested(holdings, List.of(11L, 12L, 13L, 14L)));
    }

    private static Holding of(UUID tenant, UUID holder, Account account, long entries) {
        return new Holding(tenant, holder, account, entries, 100);
    }
}
