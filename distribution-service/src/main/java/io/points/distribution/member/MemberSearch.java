package io.points.distribution.member;

import io.points.contract.Ids;
import io.points.platform.persistence.Columns;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The statements that find members within a tenant. Of each role, those who take part and those who do not are read by themselves,
 * from an index in its order, and no more of them than are shown.
 *
 * @param sql with the values as {@code $1}, {@code $2}, …
 */
record MemberSearch(String sql, List<Object> values) {

    /** How names and addresses are compared: without case, by code point. */
    private static final String FOLDED = "lower(%s collate \"pg_c_utf8\")";

    /** Behind every character that a name can go on with. */
    private static final String LAST = "U&'\\+10FFFF'";

    private static final String NAME = "coalesce(" + FOLDED.formatted("m.display_name") + ", " + LAST + ")";
    private static final String ADDRESS = FOLDED.formatted("m.email");

    static final String COLUMNS =
            "m.user_id, m.role, m.active, m.display_name, m.email, m.belongs_to, m.revision, m.updated_at, " + NAME
                    + " as name_key";

    /** Of whom: the members of these roles who take part, do not, or both. */
    record Among(UUID tenantId, List<MemberRole> roles, List<Boolean> active) {
        private Object eachRole() {
            return roles.stream()
                    .flatMap(role -> active.stream().map(takesPart -> role.word()))
                    .toArray(String[]::new);
        }

        private Object eachActive() {
            return roles.stream().flatMap(role -> active.stream()).toArray(Boolean[]::new);
        }
    }

    /**
     * What the names begin with, or the addresses too.
     *
     * @param words null for all members
     */
    record Text(@Nullable String words, boolean addressesToo) {}

    /** Collects the values of a statement. */
    private static final class Values {
        private final List<Object> values = new ArrayList<>();

        private String bind(Object value) {
            values.add(value);
            return "$" + values.size();
        }
    }

    /** Members in the order of their ids. */
    static MemberSearch byId(Among among, @Nullable UUID after, int limit) {
        var values = new Values();
        var rows = values.bind(limit);
        var own = "m.user_id > " + values.bind(after == null ? Ids.NIL : after);
        var sql = "select m.* from (" + ofEachRole(values, among, own, "m.user_id", rows)
                + ") m order by m.user_id limit " + rows;
        return new MemberSearch(sql, values.values);
    }

    /**
     * Members in the order of their names.
     *
     * @param first whoever takes part in this role comes before all others; null for nobody
     */
    static MemberSearch byName(
            Among among, Text text, @Nullable NameCursor after, @Nullable MemberRole first, int limit) {
        var values = new Values();
        var rows = values.bind(limit);
        var behind = after == null
                ? "true"
                : "(%s, m.user_id) > (%s::text, %s::uuid)"
                        .formatted(NAME, values.bind(after.nameKey()), values.bind(after.userId()));
        var words = text.words() == null ? null : values.bind(text.words());
        var named = words == null ? behind : begins(NAME, words) + " and " + behind;
        var found = ofEachRole(values, among, named, NAME + ", m.user_id", rows);
        if (words != null && text.addressesToo()) {
            found += " union " + ofAddress(values, among, first, begins(ADDRESS, words) + " and " + behind, rows);
        }
        var order = order(values, first, "m.name_key, m.user_id");
        var sql = "select m.* from (" + found + ") m order by " + order + " limit " + rows;
        return new MemberSearch(sql, values.values);
    }

    private static String ofEachRole(Values values, Among among, String which, String order, String rows) {
        return """
                select m.* from unnest(%s::text[], %s::boolean[]) as wanted (role, active)
                cross join lateral (
                    select %s from members m
                    where m.tenant_id = %s and m.role = wanted.role and m.active = wanted.active and %s
                    order by %s limit %s) m
                """.formatted(
                        values.bind(among.eachRole()),
                        values.bind(among.eachActive()),
                        COLUMNS,
                        values.bind(among.tenantId()),
                        which,
                        order,
                        rows);
    }

    /** Addresses are found by their own order, and those found are put into that of the names. */
    private static String ofAddress(Values values, Among among, @Nullable MemberRole first, String which, String rows) {
        return """
                (select %s from members m
                 where m.tenant_id = %s and m.role = any(%s) and m.active = any(%s) and m.email is not null and %s
                 order by %s limit %s)
                """.formatted(
                        COLUMNS,
                        values.bind(among.tenantId()),
                        values.bind(among.roles().stream().map(MemberRole::word).toArray(String[]::new)),
                        values.bind(among.active().toArray(Boolean[]::new)),
                        which,
                        order(values, first, "name_key, m.user_id"),
                        rows);
    }

    private static String order(Values values, @Nullable MemberRole first, String names) {
        return first == null ? names : "(m.role = " + values.bind(first.word()) + "::text and m.active) desc, " + names;
    }

    private static String begins(String column, String words) {
        var least = FOLDED.formatted(words + "::text");
        return "%s >= %s and %s < %s || %s".formatted(column, least, column, least, LAST);
    }

    /** Members by their ids; those that there are. */
    static MemberSearch ofIds(UUID tenantId, List<UUID> ids) {
        return new MemberSearch(
                "select " + COLUMNS + " from members m where m.tenant_id = $1 and m.user_id = any($2)",
                List.of(tenantId, Columns.uuids(ids, id -> id)));
    }

    /** Members by their addresses, each with the address that was asked for as {@code asked}. Several may have the same. */
    static MemberSearch ofAddresses(UUID tenantId, List<String> addresses) {
        return new MemberSearch(
                "select " + COLUMNS
                        + ", wanted.email as asked from unnest($2::text[]) as wanted (email) join members m on "
                        + ADDRESS + " = " + FOLDED.formatted("wanted.email")
                        + " and m.tenant_id = $1 and m.email is not null order by name_key, m.user_id",
                List.of(tenantId, Columns.texts(addresses, address -> address)));
    }
}
