package io.points.billing;

import io.points.contract.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * Two months of what a few tenants do, and a little of the month before and after them: generated from a seed, always the
 * same for the same one. Purchases at changing prices and in five currencies, clawbacks across several purchases, awards,
 * delegations, batches, refunds, cancels and returns, some of them on their way at midnight between two months.
 */
final class GeneratedMonths {

    /** The currencies of the tenants, with 0 to 3 digits, and prices that have to be rounded. */
    private static final List<Contract> CONTRACTS = List.of(
            new Contract("INR", "1.25"),
            new Contract("JPY", "1.5"),
            new Contract("KWD", "0.0125"),
            new Contract("EUR", "0.005"),
            new Contract("USD", "0.3333"));

    private record Contract(String currency, String price) {}

    /** An event as its service tells it. */
    record Told(UUID id, Message message, Instant time) {}

    private final List<GeneratedTenant> tenants = new ArrayList<>();
    private final Random random;

    /**
     * @param first the first of the two months
     * @param count of tenants, 1 … 5
     */
    GeneratedMonths(long seed, Period first, int count) {
        random = new Random(seed);
        for (var contract : CONTRACTS.subList(0, count)) {
            tenants.add(
                    new GeneratedTenant(new Random(random.nextLong()), first, contract.currency(), contract.price()));
        }
    }

    List<GeneratedTenant> tenants() {
        return tenants;
    }

    /**
     * Everything that is told, as a consumer may meet it: the topics are not ordered towards each other, a pool's events
     * overtake each other, and every tenth comes again.
     */
    List<Told> told() {
        var told = new ArrayList<Told>();
        for (var tenant : tenants) {
            told.addAll(jumbled(tenant.wallets()));
        }
        for (var tenant : tenants) {
            told.addAll(jumbled(tenant.pool()));
        }
        return told;
    }

    private List<Told> jumbled(List<Told> inOrder) {
        var told = new ArrayList<>(inOrder);
        for (int i = 0; i + 5 < told.size(); i += 5) {
            Collections.shuffle(told.subList(i, i + 5), random);
        }
        for (int i = told.size() - 1; i >= 0; i--) {
            if (random.nextInt(10) == 0) {
                told.add(i + random.nextInt(told.size() - i), told.get(i));
            }
        }
        return told;
    }
}
