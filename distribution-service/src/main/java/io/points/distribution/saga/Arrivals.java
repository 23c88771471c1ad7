package io.points.distribution.saga;

import io.points.contract.DistributionKind;
import io.points.distribution.member.Directory;
import io.points.distribution.policy.Policies;
import io.points.distribution.wallet.Wallet;
import io.points.distribution.wallet.WalletKind;
import io.points.distribution.wallet.Wallets;
import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What distributions need that may arrive in this transaction: the awards of their batches, their receivers, their wallets, locked in this order. */
@ApplicationScoped
class Arrivals {

    private final AwardsOfBatches batches;
    private final Directory directory;
    private final Wallets wallets;
    private final Policies policies;

    Arrivals(AwardsOfBatches batches, Directory directory, Wallets wallets, Policies policies) {
        this.batches = batches;
        this.directory = directory;
        this.wallets = wallets;
        this.policies = policies;
    }

    /** The rows that an arrival may change, or goes by. */
    record Locked(
            Map<UUID, List<Distribution>> awards,
            Map<Directory.Key, Directory.Membership> members,
            Map<Wallet.Key, Wallet> wallets) {

        static final Locked NOTHING = new Locked(Map.of(), Map.of(), Map.of());

        /** Whether every wallet that the distribution credits can be credited. */
        boolean canTake(Distribution distribution) {
            var memberships = receivers(distribution, awards).map(members::get);
            var fitting = distribution.requiredRole();
            return memberships.allMatch(current -> current != null && current.mayReceiveAs(fitting));
        }
    }

    /**
     * @param arriving distributions that are locked
     * @param members who else is locked
     * @param touched wallets that change besides those that the arriving ones credit
     */
    Uni<Locked> lock(
            Tx tx, List<Distribution> arriving, Collection<Directory.Key> members, Collection<Wallet.Key> touched) {
        var ofBatches = arriving.stream()
                .filter(distribution -> distribution.kind() == DistributionKind.BATCH)
                .map(Distribution::id)
                .toList();
        return batches.lock(tx, ofBatches).chain(awards -> {
            var people = Stream.concat(members.stream(), arriving.stream().flatMap(it -> receivers(it, awards)))
                    .toList();
            return directory.lock(tx, people).chain(found -> {
                var locked = new Locked(awards, found, Map.of());
                var creditable = arriving.stream().filter(locked::canTake).flatMap(it -> parts(it, awards)
                        .map(Distribution::creditedWallet));
                return wallets.lock(
                                tx, Stream.concat(touched.stream(), creditable).toList())
                        .map(ofMembers -> new Locked(awards, found, ofMembers));
            });
        });
    }

    /** What was bought until a day lapses in budgets, too, whatever the tenant's own policy says. */
    Uni<Void> beginRounds(Tx tx, Changes changes) {
        var tenants = changes.entries().stream()
                .filter(entry -> entry.after().key().kind() == WalletKind.BUDGET
                        && !entry.lots().inPool().isEmpty())
                .map(entry -> entry.after().key().tenantId())
                .collect(Collectors.toSet());
        return policies.beginRounds(tx, tenants, changes.now());
    }

    private static Stream<Directory.Key> receivers(Distribution distribution, Map<UUID, List<Distribution>> awards) {
        return parts(distribution, awards).map(Distribution::receiver);
    }

    /** What credits wallets: the distribution itself, or the awards of its batch. */
    private static Stream<Distribution> parts(Distribution distribution, Map<UUID, List<Distribution>> awards) {
        return distribution.kind() == DistributionKind.BATCH
                ? awards.get(distribution.id()).stream()
                : Stream.of(distribution);
    }
}
