package io.points.platform.web.paging;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the conditions of a query that a list's filters ask for. Values are always bound, never spliced in. */
public final class Conditions {

    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> values = new HashMap<>();

    /** Adds {@code condition}, which names the parameter {@code :name}, unless the value is null. */
    public Conditions and(String condition, String name, @Nullable Object value) {
        if (value != null) {
            conditions.add("(" + condition + ")");
            values.put(name, value);
        }
        return this;
    }

    /** Gives one more parameter of a condition its value. */
    public Conditions bind(String name, Object value) {
        values.put(name, value);
        return this;
    }

    /** The query, with its order. */
    public String orderBy(String order) {
        return String.join(" and ", conditions) + " order by " + order;
    }

    public Map<String, Object> values() {
        return values;
    }
}
