package io.points.audit.export;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The fields that lines have, by their names in the file. */
enum Field {
    LINE,
    FORMAT,
    EXPORTED_AT,
    TENANT_ID,
    FROM_INDEX,
    SUBTREES,
    INDEX,
    LEAF_HASH,
    EVENT_ID,
    TYPE,
    SOURCE,
    SUBJECT,
    ACTOR_ID,
    ACTOR_ROLE,
    TRACE_ID,
    OCCURRED_AT,
    TOPIC,
    DATA_DIGEST,
    DATA,
    NOTE;

    private static final Map<String, Field> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toMap(Field::text, Function.identity()));

    private final String text = name().toLowerCase(Locale.ROOT);

    String text() {
        return text;
    }

    int bit() {
        return 1 << ordinal();
    }

    boolean mayBeNull() {
        return this == ACTOR_ID || this == ACTOR_ROLE || this == TRACE_ID;
    }

    static @Nullable Field of(String name) {
        return BY_NAME.get(name);
    }
}
