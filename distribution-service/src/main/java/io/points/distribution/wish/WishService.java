package io.points.distribution.wish;

import io.points.contract.Envelope;
import io.points.contract.Ids;
import io.points.contract.PointsSource;
import io.points.contract.WishEvent.WishDecided;
import io.points.contract.WishEvent.WishMade;
import io.points.distribution.award.Eligibility;
import io.points.distribution.department.DepartmentProblems;
import io.points.distribution.department.DepartmentRules;
import io.points.distribution.department.Departments;
import io.points.distribution.limit.Judgements;
import io.points.distribution.limit.Limits;
import io.points.distribution.member.Directory;
import io.points.distribution.member.MemberRole;
import io.points.distribution.rule.Giving;
import io.points.distribution.rule.GivingKind;
import io.points.distribution.saga.Changes;
import io.points.distribution.saga.Distribution;
import io.points.distribution.saga.DistributionText;
import io.points.distribution.saga.Distributions;
import io.points.distribution.wish.WishRules.Unchanged;
import io.points.distribution.wish.WishRules.Word;
import io.points.platform.outbox.Tx;
import io.points.platform.time.BusinessTime;
import io.points.platform.web.problem.Problem;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes wishes and decides about them. A wish's row is locked before it is decided; the decision and the request for what is given, by the
 * manager and as far as the manager's rules go, are one transaction.
 */
@ApplicationScoped
class WishService {

    /** Another wish of the same member may take the place that was free. */
    private static final int TRIES = WishRules.MOST_OPEN;

    private final Wishes wishes;
    private final Directory directory;
    private final Departments departments;
    private final Limits limits;
    private final Distributions distributions;

    WishService(
            Wishes wishes, Directory directory, Departments departments, Limits limits, Distributions distributions) {
        this.departments = departments;
        this.wishes = wishes;
        this.directory = directory;
        this.limits = limits;
        this.distributions = distributions;
    }

    /**
     * Who asks.
     *
     * @param isManager others see only what they have asked for themselves
     */
    record Person(UUID tenantId, UUID id, boolean isManager, Envelope.Actor actor) {}

    /**
     * What a manager gives.
     *
     * @param amount null: what was asked for
     * @param department out of whose envelope; null: out of none
     * @param description the manager's own words
     */
    record Gift(@Nullable Long amount, @Nullable UUID department, String description) {}

    Uni<WishView> make(Tx tx, WishKind kind, UUID to, long amount, String note, Person by) {
        var now = BusinessTime.now();
        var expiresAt = now.plus(WishRules.PATIENCE);
        var wish = new Wish(
                Ids.next(now),
                by.tenantId(),
                kind,
                by.id(),
                to,
                amount,
                WishState.OPEN,
                0,
                null,
                null,
                null,
                expiresAt);
        var receiver = new Directory.Key(by.tenantId(), to);
        return directory
                .look(tx, List.of(receiver))
                .invoke(found -> requireEligible(wish, found.get(receiver)))
                .chain(() -> insert(tx, wish, note, now))
                .invoke(() -> tx.send(
                        Ids.derive(wish.id(), WishMade.class.getSimpleName()),
                        new WishMade(wish.id(), wish.tenantId(), kind.word(), by.id(), to, amount),
                        now,
                        by.actor()))
                .chain(() -> view(tx, wish.id(), by));
    }

    /** Of a budget, whoever asks is the receiver; of a nomination, anybody but whoever asks. */
    private static void requireEligible(Wish wish, Directory.@Nullable Membership receiver) {
        var giver = wish.kind() == WishKind.BUDGET ? Ids.derive(wish.id(), "Manager") : wish.askedBy();
        Eligibility.refusal(given(wish, giver, wish.amount(), DistributionText.ofSystem("A wish"), null), receiver)
                .ifPresent(problem -> {
                    throw problem.exception();
                });
    }

    private Uni<Void> insert(Tx tx, Wish wish, String note, Instant now) {
        return Multi.createBy()
                .repeating()
                .uni(() -> wishes.insert(tx, wish, note, now))
                .atMost(TRIES)
                .filter(done -> done)
                .toUni()
                .onItem()
                .ifNull()
                .failWith(() -> WishProblems.tooMany().exception())
                .replaceWithVoid();
    }

    /** What would be given for it. */
    private static Distribution given(
            Wish wish, UUID giver, long amount, DistributionText text, Envelope.@Nullable Actor actor) {
        var now = BusinessTime.now();
        return Distribution.first(
                Ids.next(now),
                now,
                wish.tenantId(),
                wish.kind().given(),
                PointsSource.POOL,
                giver,
                wish.toUserId(),
                amount,
                text,
                actor == null ? Envelope.Actor.SYSTEM : actor,
                null);
    }

    /**
     * What must be locked before a wish is granted: what the manager has given. A wish's amount and receiver never change.
     *
     * @return what the rules say; of no such wish, nothing
     */
    Uni<Judgements> lockGiven(Tx tx, UUID id, Gift gift, Person by) {
        return wishes.find(tx, by.tenantId(), id)
                .chain(row -> row == null
                        ? Uni.createFrom().item(Judgements.NONE)
                        : limits.lock(
                                tx,
                                by.tenantId(),
                                List.of(giving(
                                        WishKind.of(row.getString("kind")),
                                        by,
                                        row.getUUID("to_user_id"),
                                        gift.amount() == null ? row.getLong("amount") : gift.amount(),
                                        gift.department()))));
    }

    private static Giving giving(WishKind kind, Person by, UUID to, long amount, @Nullable UUID department) {
        return Giving.of(
                        by.tenantId(),
                        by.id(),
                        MemberRole.MANAGER,
                        PointsSource.POOL,
                        kind == WishKind.BUDGET ? GivingKind.DELEGATION : GivingKind.AWARD,
                        to,
                        amount)
                .outOf(department);
    }

    /** Fails with a problem if it cannot be granted; then it stays as it was. */
    Uni<WishView> grant(Tx tx, UUID id, Gift gift, Judgements judgements, Person by) {
        return wishes.lock(tx, by.tenantId(), id)
                .map(found -> found.orElseThrow(() -> Problem.notFound("wish").exception()))
                .chain(wish -> isDecided(wish, Word.GRANT, by)
                        ? Uni.createFrom().voidItem()
                        : give(tx, wish, gift, judgements, by))
                .chain(() -> view(tx, id, by));
    }

    private Uni<Void> give(Tx tx, Wish wish, Gift gift, Judgements judgements, Person by) {
        long amount = gift.amount() == null ? wish.amount() : gift.amount();
        var text = DistributionText.description(wish.kind().word(), gift.description());
        var given = given(wish, by.id(), amount, text, by.actor()).between(gift.department(), null);
        var giver = new Directory.Key(by.tenantId(), by.id());
        var giving = giving(wish.kind(), by, wish.toUserId(), amount, gift.department());
        var named = Departments.key(by.tenantId(), gift.department());
        return Uni.combine()
                .all()
                .unis(
                        directory.lock(tx, List.of(given.receiver(), giver)),
                        departments.find(tx, named == null ? List.of() : List.of(named)))
                .asTuple()
                .chain(both -> {
                    var found = both.getItem1();
                    var manager = found.get(giver);
                    Eligibility.refusal(given, found.get(given.receiver()))
                            .or(() -> DepartmentRules.giving(
                                            gift.department(),
                                            id -> both.getItem2().get(named),
                                            manager == null ? null : manager.givesFrom())
                                    .map(why -> DepartmentProblems.of(why, "department_id")))
                            .or(() -> judgements.refusal(given.id(), giving))
                            .ifPresent(problem -> {
                                throw problem.exception();
                            });
                    var changes = new Changes(given.createdAt(), Map.of());
                    changes.begin(given.judged(judgements.count(given.id(), giving)));
                    return limits.save(tx, judgements)
                            .chain(() -> distributions.write(tx, changes))
                            .chain(() -> decided(tx, wish, WishState.GRANTED, by, null, given.id()));
                });
    }

    /**
     * Declines or withdraws it.
     *
     * @param reason why it is declined
     */
    Uni<WishView> end(Tx tx, UUID id, Word word, @Nullable String reason, Person by) {
        return wishes.lock(tx, by.tenantId(), id)
                .map(found -> found.filter(it -> by.isManager() || it.askedBy().equals(by.id()))
                        .orElseThrow(() -> Problem.notFound("wish").exception()))
                .chain(wish -> isDecided(wish, word, by)
                        ? Uni.createFrom().voidItem()
                        : decided(
                                tx,
                                wish,
                                word == Word.DECLINE ? WishState.DECLINED : WishState.WITHDRAWN,
                                by,
                                reason,
                                null))
                .chain(() -> view(tx, id, by));
    }

    /** Whether they have decided it so before; fails with a problem if they cannot decide it. */
    private static boolean isDecided(Wish wish, Word word, Person by) {
        var decision = WishRules.decide(wish, word, by.id(), BusinessTime.now());
        var refused = WishProblems.of(decision);
        if (refused != null) {
            throw refused.exception();
        }
        return decision instanceof Unchanged;
    }

    private Uni<Void> decided(
            Tx tx, Wish wish, WishState state, Person by, @Nullable String reason, @Nullable UUID distributionId) {
        return decided(tx, wish, state, by.id(), by.actor(), reason, distributionId);
    }

    /** Nobody has decided in time. */
    Uni<Void> expire(Tx tx, Wish due) {
        return decided(tx, due, WishState.EXPIRED, null, Envelope.Actor.SYSTEM, null, null);
    }

    private Uni<Void> decided(
            Tx tx,
            Wish wish,
            WishState state,
            @Nullable UUID by,
            Envelope.Actor actor,
            @Nullable String reason,
            @Nullable UUID distributionId) {
        var now = BusinessTime.now();
        tx.send(
                Ids.derive(wish.id(), WishDecided.class.getSimpleName() + "/" + (wish.decisions() + 1)),
                new WishDecided(wish.id(), wish.tenantId(), state.word(), distributionId),
                now,
                actor);
        return wishes.decide(tx, wish, state, by, now, reason, distributionId);
    }

    /** Fails with a 404 problem if there is none, or it is none of the viewer's business. */
    Uni<WishView> view(Tx tx, UUID id, Person viewer) {
        return wishes.find(tx, viewer.tenantId(), id).map(row -> {
            if (row == null || !viewer.isManager() && !row.getUUID("asked_by").equals(viewer.id())) {
                throw Problem.notFound("wish").exception();
            }
            return WishView.of(row);
        });
    }

    /** Newest first. */
    Uni<List<WishView>> page(Tx tx, boolean open, @Nullable UUID askedBy, UUID before, int most, Person viewer) {
        return wishes.page(tx, viewer.tenantId(), open, askedBy, before, most)
                .map(rows -> rows.stream().map(WishView::of).toList());
    }
}
