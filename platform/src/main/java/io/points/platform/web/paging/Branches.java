package io.points.platform.web.paging;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * A list of the rows that meet one of several conditions, newest first. Each condition is a branch that finds its newest rows
 * by an index of its own; one query with {@code or} would read its way through all rows of a tenant, down to those of somebody
 * whom few of them concern.
 */
public final class Branches {

    private static final Pattern UNDERSCORE = Pattern.compile("_([a-z])");

    private final String table;
    private final List<Conditions> branches = new ArrayList<>();

    /** @param table whose ids are ordered by time */
    public Branches(String table) {
        this.table = table;
    }

    /** Adds a branch. Its conditions are SQL; a parameter that several branches name has one value. */
    public Branches or(Conditions branch) {
        branches.add(branch);
        return this;
    }

    /** The parameters of the conditions. */
    public Map<String, Object> values() {
        var values = new HashMap<String, Object>();
        branches.forEach(branch -> values.putAll(branch.values()));
        return Map.copyOf(values);
    }

    /**
     * Reads the rows, within a session: a query for each branch, for Hibernate Reactive mixes up what it knows of the columns of
     * a native one. A row that several branches find is there once.
     */
    public <T> Uni<List<T>> newest(Class<T> entity, Function<T, UUID> id, int rows) {
        return Panache.getSession().chain(session -> {
            var found = new LinkedHashMap<UUID, T>();
            var read = Uni.createFrom().voidItem();
            for (var branch : branches) {
                read = read.chain(() -> query(session, entity, branch, rows).getResultList())
                        .invoke(some -> some.forEach(row -> found.put(id.apply(row), row)))
                        .replaceWithVoid();
            }
            // The text of an id has the database's order; UUID's own takes its first bit for a sign.
            return read.map(done -> found.entrySet().stream()
                    .sorted(Comparator.comparing(
                            (Map.Entry<UUID, T> row) -> row.getKey().toString(), Comparator.reverseOrder()))
                    .limit(rows)
                    .map(Map.Entry::getValue)
                    .toList());
        });
    }

    private static <T> Mutiny.SelectionQuery<T> query(
            Mutiny.Session session, Class<T> entity, Conditions branch, int rows) {
        var conditions = UNDERSCORE.matcher(branch.orderBy("id desc")).replaceAll(letter -> letter.group(1)
                .toUpperCase(Locale.ROOT));
        var query = session.createSelectionQuery("from " + entity.getSimpleName() + " where " + conditions, entity)
                .setMaxResults(rows);
        branch.values().forEach(query::setParameter);
        return query;
    }

    /** All of it as one statement, with {@code :rows} for how many. */
    public String sql() {
        return branches.stream()
                .map(branch -> "(select * from " + table + " where " + branch.orderBy("id desc limit :rows") + ")")
                .collect(Collectors.joining(" union ", "select * from (", ") as found order by id desc limit :rows"));
    }
}
