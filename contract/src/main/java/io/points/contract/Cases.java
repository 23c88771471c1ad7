package io.points.contract;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a reader makes of messages: one case for each record there is, "nothing" included. A table that lacks one cannot be
 * made, so a reader that has nothing to say about a new message fails as soon as its class is loaded, in the first test that
 * touches it. Java 17 has no switch over sealed types that would say so at compile time.
 *
 * @param <R> what a message is to the reader
 */
public final class Cases<R> {

    private final Map<Class<? extends Message>, Function<Message, R>> cases;

    private Cases(Map<Class<? extends Message>, Function<Message, R>> cases) {
        this.cases = Map.copyOf(cases);
    }

    /** For whoever reads this topic: a case for every message that may stand on it. */
    public static <R> Builder<R> ofTopic(String topic) {
        return new Builder<>(topic, Topic.messages(topic));
    }

    /** A case for every record of a sealed interface. */
    public static <R> Builder<R> of(Class<? extends Message> sealed) {
        return new Builder<>(sealed.getSimpleName(), MessageJson.recordsOf(sealed));
    }

    /** @throws IllegalArgumentException if the message is none of those that the table was made for */
    public R of(Message message) {
        var one = cases.get(message.getClass());
        if (one == null) {
            throw new IllegalArgumentException("a " + message.type() + " is not expected here");
        }
        return one.apply(message);
    }

    /** A table in the making. */
    public static final class Builder<R> {

        private final String of;
        private final Set<Class<? extends Message>> all;
        private final Map<Class<? extends Message>, Function<Message, R>> cases = new HashMap<>();

        private Builder(String of, Set<Class<? extends Message>> all) {
            this.of = of;
            this.all = all;
        }

        /** What one message is. */
        public <M extends Message> Builder<R> on(Class<M> type, Function<M, R> result) {
            if (!all.contains(type) || cases.putIfAbsent(type, it -> result.apply(type.cast(it))) != null) {
                throw new IllegalStateException(
                        "Of " + of + ", " + type.getSimpleName() + " is listed twice or is not one of its messages");
            }
            return this;
        }

        /** Several messages that are the same, whatever they say; such as nothing. */
        @SafeVarargs
        public final Builder<R> each(R result, Class<? extends Message>... types) {
            for (var type : types) {
                on(type, message -> result);
            }
            return this;
        }

        /** @throws IllegalStateException if a message has no case; the text names it */
        public Cases<R> complete() {
            var missing = names(all);
            missing.removeAll(names(cases.keySet()));
            if (!missing.isEmpty()) {
                throw new IllegalStateException("The cases of " + of + " lack " + missing
                        + ": declare how each is handled, even if it is ignored");
            }
            return new Cases<>(cases);
        }

        private static Set<String> names(Collection<Class<? extends Message>> types) {
            return types.stream().map(Class::getSimpleName).collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
