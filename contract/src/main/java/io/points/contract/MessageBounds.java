package io.points.contract;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the records of messages say of their components, as a check. Found out once per record: to ask a class for its
 * annotations costs more than to read a message.
 */
final class MessageBounds {

    private static final SnakeCaseStrategy SNAKE_CASE = new SnakeCaseStrategy();

    private final List<Check> checks = new ArrayList<>();

    private record Check(String name, RecordComponent component, Rule rule) {}

    @FunctionalInterface
    private interface Rule {
        /** @return what is wrong, for people; null if nothing is */
        @Nullable
        String fault(Object value);
    }

    MessageBounds(Class<?> record) {
        for (var component : record.getRecordComponents()) {
            var name = SNAKE_CASE.translate(component.getName());
            var type = component.getType();
            if (type == long.class || type == Long.class) {
                checks.add(new Check(name, component, number(name, within(component))));
            } else if (type == String.class) {
                checks.add(new Check(name, component, text(name, text(component))));
            } else if (type == List.class || type == Map.class) {
                checks.add(new Check(name, component, contents(name, within(component), component)));
            }
        }
    }

    /** @return what is wrong with the record's first component that is wrong, by its name in JSON; null if nothing is */
    @Nullable
    String fault(Object record) {
        for (var check : checks) {
            var value = value(check.component(), record);
            var fault = value == null ? null : check.rule().fault(value);
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    static @Nullable Object value(RecordComponent component, Object record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("A record accessor could not be called", e);
        }
    }

    /** @throws IllegalStateException if the component does not say it */
    static Within within(RecordComponent component) {
        return find(component, Within.class)
                .orElseThrow(() ->
                        new IllegalStateException(component.getDeclaringRecord().getSimpleName() + "."
                                + component.getName() + " has no declared bounds"));
    }

    /** Null if nothing is said: then it has the usual length. */
    static @Nullable Text text(RecordComponent component) {
        return find(component, Text.class).orElse(null);
    }

    private static <A extends Annotation> Optional<A> find(AnnotatedElement element, Class<A> wanted) {
        var direct = element.getAnnotation(wanted);
        if (direct != null) {
            return Optional.of(direct);
        }
        for (var other : element.getAnnotations()) {
            var meta = other.annotationType().getAnnotation(wanted);
            if (meta != null) {
                return Optional.of(meta);
            }
        }
        return Optional.empty();
    }

    private static Rule number(String name, Within within) {
        return value -> {
            long number = (Long) value;
            return number >= within.min() && number <= within.max()
                    ? null
                    : "%s: must be %s to %s%s, not %s".formatted(name, within.min(), within.max(), unit(name), number);
        };
    }

    private static String unit(String name) {
        return name.equals("amount") || name.equals("refunded") ? " points" : "";
    }

    private static Rule text(String name, @Nullable Text text) {
        int most = text == null ? Text.USUAL : text.max();
        var pattern = text == null || text.pattern().isEmpty() ? null : Pattern.compile(text.pattern());
        return value -> {
            var given = (String) value;
            if (given.indexOf('\0') >= 0) {
                return name + ": holds U+0000 (0x00)";
            }
            var isTooLong = given.codePointCount(0, given.length()) > most;
            if (pattern != null && (isTooLong || !pattern.matcher(given).matches())) {
                return "%s: not %s: %s"
                        .formatted(name, text.what(), given.substring(0, Math.min(given.length(), most + 10)));
            }
            return isTooLong ? "%s: longer than %s characters".formatted(name, most) : null;
        };
    }

    /** The length of a list or map; and of what is in it, if that is records or texts. */
    private static Rule contents(String name, Within within, RecordComponent component) {
        var keys = text(name, null);
        var records = itemsOf(component);
        return value -> {
            var items = value instanceof Map<?, ?> map ? map.keySet() : (List<?>) value;
            if (items.size() < within.min() || items.size() > within.max()) {
                return "%s: must have %s to %s items, not %s".formatted(name, within.min(), within.max(), items.size());
            }
            for (var item : items) {
                if (item == null) {
                    return name + ": an item is null";
                }
                var fault = item instanceof String key ? keys.fault(key) : records == null ? null : records.fault(item);
                if (fault != null) {
                    return fault;
                }
            }
            return value instanceof Map<?, ?> map && map.containsValue(null) ? name + ": a value is null" : null;
        };
    }

    private static @Nullable MessageBounds itemsOf(RecordComponent component) {
        return component.getGenericType() instanceof java.lang.reflect.ParameterizedType list
                        && list.getActualTypeArguments()[0] instanceof Class<?> item
                        && item.isRecord()
                ? new MessageBounds(item)
                : null;
    }
}
