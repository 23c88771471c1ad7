package io.points.http;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A list of the rows that meet one of several conditions, newest first. Each condition is a branch that finds its newest rows
 * by an index of its own; one query with {@code or} would read its way through all rows of a tenant, down to those of somebody
 * whom few of them concern.
 */
public final class Branches {

    private final String table;
    private final List<String> branches = new ArrayList<>();
    private final Map<String, Object> values = new HashMap<>();

    /** @param table whose ids are ordered by time */
    public Branches(String table) {
        this.table = table;
    }

    /** Adds a branch. Its conditions are SQL; a parameter that several branches name has one value. */
    public Branches or(Conditions branch) {
        branches.add("(select * from " + table + " where " + branch.orderBy("id desc limit :rows") + ")");
        values.putAll(branch.values());
        return this;
    }

    /** The parameters of the conditions. */
    public Map<String, Object> values() {
        return Map.copyOf(values);
    }

    /** Reads the rows, within a session. */
    public <T> Uni<List<T>> newest(Class<T> entity, int rows) {
        return Panache.getSession().chain(session -> {
            var query = session.createNativeQuery(sql(columns(entity)), entity).setParameter("rows", rows);
            values.forEach(query::setParameter);
            return query.getResultList();
        });
    }

    /** The statement, with {@code :rows} for how many. A row that several branches find is there once. */
    public String sql() {
        return sql("*");
    }

    private String sql(String columns) {
        return branches.stream()
                .collect(Collectors.joining(
                        " union ", "select " + columns + " from (", ") as found order by id desc limit :rows"));
    }

    /** Those of the entity's fields: Hibernate Reactive stumbles over a column that it cannot assign to one. */
    private static String columns(Class<?> entity) {
        return Stream.of(entity.getFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .map(field -> field.getName()
                        .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                        .toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }
}
