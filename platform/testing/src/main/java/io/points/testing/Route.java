package io.points.testing;

import io.points.contract.Ids;
import io.points.platform.web.caller.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What a service promises of one of its routes.
 *
 * @param path with its parameters in braces
 * @param roles who may call it
 * @param ids an id, or a word, for each of the path's parameters
 * @param query what it needs in its query; what it can do without is not named here
 * @param fields of the body; empty for none
 * @param largestBody in bytes
 * @param csv its body if it takes CSV; empty otherwise
 * @param changesSomething false of what is asked for only
 */
public record Route(
        String method,
        String path,
        Set<String> roles,
        Map<String, String> ids,
        Map<String, String> query,
        List<Field> fields,
        int largestBody,
        String csv,
        boolean changesSomething) {

    private static final int USUAL_BODY = 64 * 1024;

    private static final Set<String> OF_A_TENANT = Set.of(Role.MANAGER, Role.LEAD, Role.EMPLOYEE);

    private static Route of(String method, String path) {
        return new Route(method, path, Set.of(), Map.of(), Map.of(), List.of(), USUAL_BODY, "", !"GET".equals(method));
    }

    public static Route get(String path) {
        return of("GET", path);
    }

    public static Route post(String path) {
        return of("POST", path);
    }

    public static Route put(String path) {
        return of("PUT", path);
    }

    public static Route patch(String path) {
        return of("PATCH", path);
    }

    public static Route delete(String path) {
        return of("DELETE", path);
    }

    /** Who may call it. */
    public Route by(String... allowed) {
        return new Route(method, path, Set.of(allowed), ids, query, fields, largestBody, csv, changesSomething);
    }

    /** What stands in the path in place of a parameter. */
    public Route at(String parameter, UUID id) {
        return at(parameter, id.toString());
    }

    /** As above, for what is no id, such as a month. */
    public Route at(String parameter, String word) {
        var more = new HashMap<>(ids);
        more.put(parameter, word);
        return new Route(method, path, roles, more, query, fields, largestBody, csv, changesSomething);
    }

    /** What its query has to say. */
    public Route asking(String parameter, String value) {
        return new Route(
                method, path, roles, ids, queryWith(parameter, value), fields, largestBody, csv, changesSomething);
    }

    private Map<String, String> queryWith(String parameter, String value) {
        var more = new LinkedHashMap<>(query);
        more.put(parameter, value);
        return more;
    }

    /** What the body has. */
    public Route taking(Field... ofBody) {
        return new Route(method, path, roles, ids, query, List.of(ofBody), largestBody, csv, changesSomething);
    }

    /** Its body may have so many bytes, instead of the usual 64 KiB. */
    public Route upTo(int bytes) {
        return new Route(method, path, roles, ids, query, fields, bytes, csv, changesSomething);
    }

    /** It takes CSV, such as this. */
    public Route takingCsv(String body) {
        return new Route(method, path, roles, ids, query, fields, largestBody, body, changesSomething);
    }

    /** It is a POST for the size of its question only. */
    public Route changingNothing() {
        return new Route(method, path, roles, ids, query, fields, largestBody, csv, false);
    }

    String name() {
        return method + " " + path;
    }

    /** True if it acts within the tenant of the token. */
    boolean isOfATenant() {
        return OF_A_TENANT.containsAll(roles);
    }

    /** True if it creates or decides something, and so can be repeated under an Idempotency-Key. */
    boolean takesKey() {
        return "POST".equals(method) && changesSomething;
    }

    /** True if it changes something, and is by its nature the same when it is repeated. */
    boolean isRepeatableByNature() {
        return Set.of("PUT", "PATCH", "DELETE").contains(method);
    }

    boolean hasBody() {
        return !fields.isEmpty();
    }

    String target() {
        return target(UnaryOperator.identity()) + text(query);
    }

    /** The target without what its query has to say. */
    String targetWithoutQuery() {
        return target(UnaryOperator.identity());
    }

    /** The target with one parameter of the query as it is given, percent-encoded. */
    String targetAsking(String parameter, String value) {
        return target(UnaryOperator.identity()) + text(queryWith(parameter, value));
    }

    private static String text(Map<String, String> query) {
        return query.isEmpty()
                ? ""
                : query.entrySet().stream().map(Object::toString).collect(Collectors.joining("&", "?", ""));
    }

    /** The target with something more in its query, as it goes over the wire. */
    String targetAnd(String more) {
        return target() + (query.isEmpty() ? "?" : "&") + more;
    }

    /** The path with one parameter replaced. */
    String target(String parameter, String value) {
        return target(template -> template.replace("{" + parameter + "}", value));
    }

    /** The path, with ids that nothing has. */
    String targetWithNewIds() {
        var target = path;
        for (var id : ids.entrySet()) {
            var other = Ids.parse(id.getValue()) != null ? UUID.randomUUID().toString() : id.getValue();
            target = target.replace("{" + id.getKey() + "}", other);
        }
        return target;
    }

    private String target(UnaryOperator<String> before) {
        var target = before.apply(path);
        for (var id : ids.entrySet()) {
            target = target.replace("{" + id.getKey() + "}", id.getValue());
        }
        return target;
    }

    /** A request that is right in everything, but for its token. */
    Ask ask() {
        var ask = Ask.of(method, target()).with("Prefer", "respond-async");
        if (!csv.isEmpty()) {
            return ask.with("Content-Type", "text/csv").withBody(TestKafka.bytes(csv));
        }
        return hasBody() ? ask.withJson(body()) : ask;
    }

    /** As above, with a body that is neither JSON nor such a CSV. */
    Ask askGarbled() {
        var right = ask();
        return csv.isEmpty() ? right.withJson("{") : right.withBody(TestKafka.bytes("{"));
    }

    /** A right request with something more in its query. */
    Ask askAnd(String moreInQuery) {
        var right = ask();
        return new Ask(right.method(), targetAnd(moreInQuery), right.headers(), right.body(), false);
    }

    /** A body that is right. */
    String body() {
        return object(fields.stream().map(Route::member).toList());
    }

    /** That body with one field's value replaced. */
    String bodyWith(Field field, String value) {
        return object(fields.stream()
                .map(it -> it.equals(field) ? member(it.name(), value) : member(it))
                .toList());
    }

    /** That body without one field. */
    String bodyWithout(Field field) {
        return object(fields.stream()
                .filter(it -> !it.equals(field))
                .map(Route::member)
                .toList());
    }

    /** That body with a member more at its end. */
    String bodyAnd(String name, String value) {
        var members = new ArrayList<>(fields.stream().map(Route::member).toList());
        members.add(member(name, value));
        return object(members);
    }

    private static String member(Field field) {
        return member(field.name(), field.example());
    }

    private static String member(String name, String value) {
        return "\"" + name + "\": " + value;
    }

    private static String object(List<String> members) {
        return members.stream().collect(Collectors.joining(", ", "{", "}"));
    }
}
