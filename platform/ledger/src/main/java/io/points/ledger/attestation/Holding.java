package io.points.ledger.attestation;

import io.points.contract.Account;
import io.points.contract.BalanceEvent.AttestedBalance;
import io.points.contract.BalanceEvent.BalanceAttested;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;

/**
 * A balance as its own row says. Plain Java.
 *
 * @param entryNumber the last ledger entry; 0 if there is none
 * @param stored points
 */
record Holding(UUID tenantId, UUID holderId, Account account, long entryNumber, long stored) {

    private record Group(UUID tenantId, Account account) {}

    /**
     * The first of them, as many as have {@code most} entries together; one at least, however many it has.
     *
     * @param holdings in their order
     */
    static List<Holding> within(List<Holding> holdings, long most) {
        long entries = 0;
        for (int i = 0; i < holdings.size(); i++) {
            entries += holdings.get(i).entryNumber();
            if (i > 0 && entries > most) {
                return holdings.subList(0, i);
            }
        }
        return holdings;
    }

    /**
     * Their events: one per tenant and account.
     *
     * @param sums of the entries, in the order of the holdings
     */
    static List<BalanceAttested> attested(List<Holding> holdings, List<Long> sums) {
        var groups = new LinkedHashMap<Group, List<AttestedBalance>>();
        for (int i = 0; i < holdings.size(); i++) {
            var holding = holdings.get(i);
            groups.computeIfAbsent(new Group(holding.tenantId(), holding.account()), group -> new ArrayList<>())
                    .add(new AttestedBalance(holding.holderId(), holding.entryNumber(), holding.stored(), sums.get(i)));
        }
        var events = new ArrayList<BalanceAttested>();
        groups.forEach(
                (group, balances) -> events.add(new BalanceAttested(group.tenantId(), group.account(), balances)));
        return events;
    }
}
