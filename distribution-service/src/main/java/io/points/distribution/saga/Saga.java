package io.points.distribution.saga;

import static io.points.contract.RefusalReason.APPROVAL_EXPIRED;
import static io.points.contract.RefusalReason.DEADLINE_PASSED;
import static io.points.contract.RefusalReason.RECEIVER_NOT_ELIGIBLE;
import static io.points.distribution.saga.State.CANCELLED;
import static io.points.distribution.saga.State.CANCELLING;
import static io.points.distribution.saga.State.COMPENSATED;
import static io.points.distribution.saga.State.COMPENSATING;
import static io.points.distribution.saga.State.COMPLETED;
import static io.points.distribution.saga.State.HELD;
import static io.points.distribution.saga.State.REJECTED;
import static io.points.distribution.saga.State.REQUESTED;
import static io.points.distribution.saga.State.RETURNING;
import static io.points.distribution.saga.State.SET_ASIDE;

import io.points.contract.Cases;
import io.points.contract.DistributionKind;
import io.points.contract.Message;
import io.points.contract.PointsSource;
import io.points.contract.PoolEvent.PointsReturnSetAside;
import io.points.contract.PoolEvent.PointsReturned;
import io.points.contract.PoolEvent.PoolAnswer;
import io.points.contract.PoolEvent.PoolDebitCancelled;
import io.points.contract.PoolEvent.PoolDebitRefused;
import io.points.contract.PoolEvent.PoolDebited;
import io.points.contract.PoolEvent.PoolPointsMoved;
import io.points.contract.PoolEvent.PoolRefunded;
import io.points.contract.RefusalReason;
import io.points.distribution.saga.SagaMessages.Moved;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The saga of a distribution as one declaration: its initial state, and for each state the event and the command that are published
 * on entry, the transition for each reply of the pool, and the transition and delay of its time-out.
 * A duplicate or late reply changes nothing. A time-out alone never ends a saga: it sends another command to the pool.
 *
 * <p>Plain decisions: no clock, no randomness, no I/O. {@link Changes} carries them out.
 */
final class Saga {

    /** The maximum delay between two retries. */
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    /** After this many attempts the delay stops growing, whatever its initial value. */
    private static final int MOST_DOUBLINGS = 10;

    private static final List<Class<? extends PoolAnswer>> ANSWERS = List.of(
            PoolDebited.class,
            PoolPointsMoved.class,
            PoolDebitRefused.class,
            PoolDebitCancelled.class,
            PoolRefunded.class,
            PointsReturned.class,
            PointsReturnSetAside.class);

    private static final Map<State, Rule> RULES = declare(
            in(REQUESTED)
                    .publishes(SagaMessages::requested)
                    .asks(SagaMessages::askPool)
                    // A transfer cannot be undone, so it is asked for until it is answered.
                    .onTimeout(
                            SagaConfig::deadline,
                            current -> current.kind() == DistributionKind.TRANSFER
                                    ? to(REQUESTED)
                                    : to(CANCELLING, DEADLINE_PASSED))
                    .on(to(COMPLETED), PoolPointsMoved.class)
                    .on(PoolDebited.class, debited -> (current, canTakeIt) -> {
                        if (current.approval() != null) {
                            return to(HELD);
                        }
                        return canTakeIt.getAsBoolean() ? to(COMPLETED) : to(COMPENSATING, RECEIVER_NOT_ELIGIBLE);
                    })
                    .on(PoolDebitRefused.class, refused -> (current, canTakeIt) -> to(REJECTED, refused.reason()))
                    // The pool has a cancellation that this database lost by a restore: the saga is over.
                    .on(to(CANCELLED, DEADLINE_PASSED), PoolDebitCancelled.class, PoolRefunded.class)
                    .ignores(PointsReturned.class, PointsReturnSetAside.class),
            in(RETURNING)
                    .publishes(SagaMessages::returning)
                    .asks(SagaMessages::returnToPool)
                    .onTimeout(SagaConfig::resendAfter, to(RETURNING))
                    .on(to(COMPLETED), PointsReturned.class)
                    .on(to(SET_ASIDE), PointsReturnSetAside.class)
                    .ignores(
                            PoolDebited.class,
                            PoolPointsMoved.class,
                            PoolDebitRefused.class,
                            PoolDebitCancelled.class,
                            PoolRefunded.class),
            in(CANCELLING)
                    .publishes(SagaMessages::cancelling)
                    .asks(SagaMessages::cancelPoolDebit)
                    .onTimeout(SagaConfig::resendAfter, to(CANCELLING))
                    .on(to(CANCELLED), PoolDebitCancelled.class, PoolRefunded.class)
                    .ignores(
                            PoolDebited.class,
                            PoolPointsMoved.class,
                            PoolDebitRefused.class,
                            PointsReturned.class,
                            PointsReturnSetAside.class),
            in(COMPENSATING)
                    .publishes(SagaMessages::compensating)
                    .asks(SagaMessages::refundPool)
                    .onTimeout(SagaConfig::resendAfter, to(COMPENSATING))
                    .on(to(COMPENSATED), PoolDebitCancelled.class, PoolRefunded.class)
                    .ignores(
                            PoolDebited.class,
                            PoolPointsMoved.class,
                            PoolDebitRefused.class,
                            PointsReturned.class,
                            PointsReturnSetAside.class),
            in(SET_ASIDE)
                    .asksOnTimeoutOnly(SagaMessages::returnToPool)
                    .onTimeout(times -> LONGEST_PAUSE, to(SET_ASIDE))
                    .on(to(COMPLETED), PointsReturned.class)
                    .ignores(
                            PoolDebited.class,
                            PoolPointsMoved.class,
                            PoolDebitRefused.class,
                            PoolDebitCancelled.class,
                            PoolRefunded.class,
                            PointsReturnSetAside.class),
            in(HELD).publishes(SagaMessages::held)
                    // The pool has a refund that this database lost by a restore, and with it who decided what.
                    .on(to(COMPENSATED, APPROVAL_EXPIRED), PoolDebitCancelled.class, PoolRefunded.class)
                    .ignores(
                            PoolDebited.class,
                            PoolPointsMoved.class,
                            PoolDebitRefused.class,
                            PointsReturned.class,
                            PointsReturnSetAside.class),
            in(COMPLETED).publishes(SagaMessages::completed).ignores(ANSWERS),
            in(REJECTED).publishes(SagaMessages::rejected).ignores(ANSWERS),
            in(CANCELLED).publishes(SagaMessages::cancelled).ignores(ANSWERS),
            in(COMPENSATED).publishes(SagaMessages::compensated).ignores(ANSWERS));

    private Saga() {}

    /** The initial state of a distribution, unless it is refused immediately: then it is {@code REJECTED}. */
    static State first(DistributionKind kind, PointsSource source, boolean isPartOfBatch) {
        return switch (kind) {
            case DELEGATION, BATCH, TRANSFER -> REQUESTED;
            case RETURN, LAPSE -> RETURNING;
            // Only a budget is credited in the same transaction.
            case REVERSAL -> source == PointsSource.BUDGET ? COMPLETED : RETURNING;
            // A budget is debited in the same transaction; the points of a batch have left the pool by the batch's
            // debit.
            case AWARD -> source == PointsSource.BUDGET || isPartOfBatch ? COMPLETED : REQUESTED;
        };
    }

    /** The next state of a distribution, and the reason. It may be the current state: then the command is retried. */
    record Step(State to, @Nullable RefusalReason reason) {}

    /**
     * The transition for a reply of the pool.
     *
     * @param receiverCanTakeIt whether the wallet can be credited now; evaluated only where it matters
     * @return empty if the reply changes nothing
     */
    static Optional<Step> onAnswer(Distribution current, PoolAnswer answer, BooleanSupplier receiverCanTakeIt) {
        var target = rule(current.state()).answers.of(answer).apply(current, receiverCanTakeIt);
        return Optional.ofNullable(target).map(it -> step(current, it));
    }

    /**
     * The transition for the end of a wait for approval.
     *
     * @param against why it is not given; null if all have approved it
     * @param receiverCanTakeIt whether the wallet can be credited now; evaluated only where it matters
     * @throws IllegalArgumentException if it does not wait for approval
     */
    static Step onDecision(Distribution held, @Nullable RefusalReason against, BooleanSupplier receiverCanTakeIt) {
        if (held.state() != HELD) {
            throw new IllegalArgumentException(held.state() + " does not wait for approval");
        }
        if (against == null && receiverCanTakeIt.getAsBoolean()) {
            return new Step(COMPLETED, null);
        }
        // A budget has its points again in the same transaction; the pool must be asked.
        var back = held.source() == PointsSource.BUDGET ? COMPENSATED : COMPENSATING;
        return new Step(back, against == null ? RECEIVER_NOT_ELIGIBLE : against);
    }

    /**
     * The transition for a time-out.
     *
     * @throws IllegalArgumentException if the state has no pending command
     */
    static Step onTimeout(Distribution current) {
        var unanswered = rule(current.state()).unanswered;
        if (unanswered == null) {
            throw new IllegalArgumentException(current.state() + " has no open command and no time-out");
        }
        return step(current, unanswered.apply(current));
    }

    /** How long to wait for a reply, doubled after each attempt; null if the state has no pending command. */
    static @Nullable Duration timeout(State state, int attempts, SagaConfig times) {
        var timeout = rule(state).timeout;
        if (timeout == null) {
            return null;
        }
        var first = timeout.apply(times);
        var longest = first.compareTo(LONGEST_PAUSE) > 0 ? first : LONGEST_PAUSE;
        var doubled = first.multipliedBy(1L << Math.min(MOST_DOUBLINGS, attempts));
        return doubled.compareTo(longest) < 0 ? doubled : longest;
    }

    /** What is published when a state is entered: the event, and the command to the pool. */
    static List<Message> onReaching(Distribution reached, Moved moved) {
        var rule = rule(reached.state());
        var messages = new ArrayList<Message>(2);
        var event = rule.event == null ? null : rule.event.apply(reached, moved);
        if (event != null) {
            messages.add(event);
        }
        if (rule.asksWhenReached) {
            messages.add(onRetry(reached, moved));
        }
        return messages;
    }

    /** The command to retry, of which only the days of what was moved before are known. */
    static Message onRetry(Distribution unanswered, Moved moved) {
        return rule(unanswered.state()).command.apply(unanswered, moved);
    }

    private static Step step(Distribution current, Target target) {
        return new Step(target.to(), target.reason() == null ? current.reason() : target.reason());
    }

    private static Rule rule(State state) {
        return RULES.get(state);
    }

    private static Map<State, Rule> declare(Rule... rules) {
        var declared = new EnumMap<State, Rule>(State.class);
        for (var rule : rules) {
            rule.answers = rule.cases.complete();
            declared.put(rule.state, rule);
        }
        if (declared.size() != State.values().length) {
            throw new IllegalStateException("The saga does not declare every state, only " + declared.keySet());
        }
        return declared;
    }

    private static Rule in(State state) {
        return new Rule(state);
    }

    private static Target to(State state) {
        return new Target(state, null);
    }

    private static Target to(State state, RefusalReason reason) {
        return new Target(state, reason);
    }

    /** @param reason null leaves it as it is */
    private record Target(State to, @Nullable RefusalReason reason) {}

    /** The transition for a reply; null if it changes nothing. */
    private interface Reaction extends BiFunction<Distribution, BooleanSupplier, @Nullable Target> {}

    /** The declaration of one state. */
    private static final class Rule {

        private final State state;
        private final Cases.Builder<Reaction> cases = Cases.of(PoolAnswer.class);
        private Cases<Reaction> answers;
        private @Nullable BiFunction<Distribution, Moved, @Nullable Message> event;
        private @Nullable BiFunction<Distribution, Moved, Message> command;
        private boolean asksWhenReached;
        private @Nullable Function<SagaConfig, Duration> timeout;
        private @Nullable Function<Distribution, Target> unanswered;

        private Rule(State state) {
            this.state = state;
        }

        Rule publishes(BiFunction<Distribution, Moved, @Nullable Message> event) {
            this.event = event;
            return this;
        }

        /** On entry, and after each time-out that stays in this state. */
        Rule asks(BiFunction<Distribution, Moved, Message> command) {
            asksWhenReached = true;
            return asksOnTimeoutOnly(command);
        }

        Rule asksOnTimeoutOnly(BiFunction<Distribution, Moved, Message> command) {
            this.command = command;
            return this;
        }

        Rule onTimeout(Function<SagaConfig, Duration> timeout, Target target) {
            return onTimeout(timeout, current -> target);
        }

        Rule onTimeout(Function<SagaConfig, Duration> timeout, Function<Distribution, Target> target) {
            this.timeout = timeout;
            unanswered = target;
            return this;
        }

        <A extends PoolAnswer> Rule on(Class<A> answer, Function<A, Reaction> reaction) {
            cases.on(answer, reaction);
            return this;
        }

        @SafeVarargs
        final Rule on(Target target, Class<? extends PoolAnswer>... answers) {
            for (var answer : answers) {
                cases.on(answer, any -> (current, canTakeIt) -> target);
            }
            return this;
        }

        @SafeVarargs
        final Rule ignores(Class<? extends PoolAnswer>... answers) {
            for (var answer : answers) {
                cases.on(answer, any -> (current, canTakeIt) -> null);
            }
            return this;
        }

        Rule ignores(Collection<Class<? extends PoolAnswer>> answers) {
            answers.forEach(answer -> cases.on(answer, any -> (current, canTakeIt) -> null));
            return this;
        }
    }
}
