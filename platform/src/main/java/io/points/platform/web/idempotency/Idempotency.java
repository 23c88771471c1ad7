package io.points.platform.web.idempotency;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.points.contract.Sha256;
import io.points.platform.outbox.Tx;
import io.points.platform.persistence.Columns;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lets a caller repeat a request without repeating its effect. A key belongs to one scope (a tenant, or the platform)
 * and one caller. It stands for one method, route and body; the first request under it decides what all repeats get.
 * Claim, effect and outcome are one transaction: a twin waits for the first, and takes over if the first fails.
 */
@ApplicationScoped
public class Idempotency {

    public static final String HEADER = "Idempotency-Key";

    /** The longest key, in characters. */
    public static final int LONGEST_KEY = 255;

    /** What a key is written in: visible ASCII. */
    public static final String KEY = "^[\\x21-\\x7e]+$";

    private static final Pattern VISIBLE_ASCII = Pattern.compile(KEY);

    private final ObjectMapper json;
    private final ObjectMapper canonical;

    Idempotency(ObjectMapper json) {
        this.json = json;
        // An absent field counts as never said, so that a field added later makes no old request another one.
        canonical = json.copy()
                .setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
    }

    /** The request that a key stands for. */
    public record Key(String scope, String caller, String value, byte[] fingerprint) {
        private KeyId place() {
            return new KeyId(scope, caller, value);
        }
    }

    /** Where a key stands, whatever request it stands for. */
    private record KeyId(String scope, String caller, String value) implements Comparable<KeyId> {
        private static final Comparator<KeyId> ORDER =
                Comparator.comparing(KeyId::scope).thenComparing(KeyId::caller).thenComparing(KeyId::value);

        @Override
        public int compareTo(KeyId other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * What the first request led to.
     *
     * @param resource what it named, such as a distribution, or null
     * @param status the HTTP status of an answer that stays the same for ever, or null
     * @param answer that answer's JSON
     */
    public record StoredResponse(
            @Nullable UUID resource,
            @Nullable Integer status,
            @Nullable String answer) {

        /** The key names this distribution, whatever state it is in when asked. */
        public static StoredResponse of(UUID resource) {
            return new StoredResponse(resource, null, null);
        }

        /** The same answer, which also names what was made. */
        public StoredResponse naming(UUID made) {
            return new StoredResponse(made, status, answer);
        }

        /** The request is answered once and for all. */
        public static StoredResponse of(int status, String answer) {
            return new StoredResponse(null, status, answer);
        }
    }

    /**
     * @param header the Idempotency-Key header; null makes null
     * @param body the request as it was read, so that white space makes no difference; null for a request without one
     * @throws ProblemException 400 if the header is not 1 … 255 visible ASCII characters
     */
    public @Nullable Key key(
            @Nullable String header, String scope, UUID caller, String method, String route, @Nullable Object body) {
        if (header == null) {
            return null;
        }
        if (!isKey(header)) {
            throw badKey().exception();
        }
        return new Key(scope, caller.toString(), header, fingerprint(method, route, body));
    }

    public static boolean isKey(String header) {
        return header.length() <= LONGEST_KEY && VISIBLE_ASCII.matcher(header).matches();
    }

    public static Problem badKey() {
        return Problem.badRequest(HEADER, "must be 1 to " + LONGEST_KEY + " visible ASCII characters");
    }

    /**
     * Runs {@code first} unless the key is known, and gives the outcome of whichever request was first; a refusal with
     * 422 if the key stands for another one.
     *
     * @param key null runs {@code first} unconditionally
     */
    public Uni<StoredResponse> once(Tx tx, @Nullable Key key, Supplier<Uni<StoredResponse>> first) {
        if (key == null) {
            return first.get();
        }
        return claim(tx, key)
                .chain(claimed -> claimed ? first.get().call(outcome -> keep(tx, key, outcome)) : recall(tx, key));
    }

    /**
     * A request and what it leads to if it is the first under its key.
     *
     * @param key null if there is none: then it is always the first
     */
    public record Claim(@Nullable Key key, StoredResponse outcome) {}

    /**
     * For requests whose outcome is known beforehand, in groups: keeps the outcomes of those that are first under
     * their keys. Keys are taken in order, so that two groups never wait for each other in a circle.
     *
     * @return for each claim, in order, the outcome of whichever request was first; a refusal with 422 if the key stands
     *     for another one
     */
    public Uni<List<StoredResponse>> claim(Tx tx, List<Claim> claims) {
        var firsts = new TreeMap<KeyId, Claim>();
        for (var claim : claims) {
            if (claim.key() != null) {
                firsts.putIfAbsent(claim.key().place(), claim);
            }
        }
        return claim(tx, firsts).chain(claimed -> {
            firsts.keySet().retainAll(claimed);
            var repeated = new TreeSet<KeyId>();
            for (var claim : claims) {
                if (claim.key() != null && firsts.get(claim.key().place()) != claim) {
                    repeated.add(claim.key().place());
                }
            }
            return recall(tx, repeated).map(kept -> claims.stream()
                    .map(claim -> claim.key() == null || firsts.get(claim.key().place()) == claim
                            ? claim.outcome()
                            : outcome(kept.get(claim.key().place()), claim.key()))
                    .toList());
        });
    }

    /**
     * Those of the keys that are not the first: a request was answered under them, or one stands before them here. Exact only for keys
     * whose callers wait for each other by another lock, which this transaction holds.
     */
    public Uni<Set<Key>> repeated(Tx tx, List<Key> keys) {
        var repeated = Collections.newSetFromMap(new IdentityHashMap<Key, Boolean>());
        var places = new TreeSet<KeyId>();
        for (var key : keys) {
            if (!places.add(key.place())) {
                repeated.add(key);
            }
        }
        return recall(tx, places).map(kept -> {
            keys.stream().filter(key -> kept.containsKey(key.place())).forEach(repeated::add);
            return repeated;
        });
    }

    private Uni<Set<KeyId>> claim(Tx tx, SortedMap<KeyId, Claim> claims) {
        if (claims.isEmpty()) {
            return Uni.createFrom().item(Set.of());
        }
        var values = claims.values();
        return tx.query(
                        """
                        insert into idempotency_keys (scope, caller, key, fingerprint, resource, status, answer)
                        select * from unnest($1::text[], $2::text[], $3::text[], $4::bytea[], $5::uuid[], $6::int[], $7::text[])
                        on conflict do nothing returning scope, caller, key
                        """,
                        Columns.texts(claims.keySet(), KeyId::scope),
                        Columns.texts(claims.keySet(), KeyId::caller),
                        Columns.texts(claims.keySet(), KeyId::value),
                        values.stream()
                                .map(claim ->
                                        Buffer.buffer(claim.key().fingerprint()).getDelegate())
                                .toArray(io.vertx.core.buffer.Buffer[]::new),
                        Columns.uuids(values, claim -> claim.outcome().resource()),
                        Columns.ints(values, claim -> claim.outcome().status()),
                        Columns.texts(values, claim -> claim.outcome().answer()))
                .map(rows -> {
                    var claimed = new HashSet<KeyId>();
                    rows.forEach(row -> claimed.add(place(row)));
                    return claimed;
                });
    }

    private static Uni<Map<KeyId, Row>> recall(Tx tx, SortedSet<KeyId> places) {
        if (places.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return tx.query(
                        """
                        select k.scope, k.caller, k.key, k.fingerprint, k.resource, k.status, k.answer
                        from idempotency_keys k
                        join unnest($1::text[], $2::text[], $3::text[]) as n (scope, caller, key)
                          on k.scope = n.scope and k.caller = n.caller and k.key = n.key
                        """,
                        Columns.texts(places, KeyId::scope),
                        Columns.texts(places, KeyId::caller),
                        Columns.texts(places, KeyId::value))
                .map(rows -> {
                    var kept = new HashMap<KeyId, Row>();
                    rows.forEach(row -> kept.put(place(row), row));
                    return kept;
                });
    }

    private static KeyId place(Row row) {
        return new KeyId(row.getString("scope"), row.getString("caller"), row.getString("key"));
    }

    /** An outcome that is this answer, for ever. */
    public StoredResponse answer(int status, Object body) {
        try {
            return StoredResponse.of(status, json.writeValueAsString(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A response could not be serialised", e);
        }
    }

    /** A refusal that sticks to its key. */
    public StoredResponse refusal(Problem problem) {
        return answer(problem.status(), problem);
    }

    private Uni<Boolean> claim(Tx tx, Key key) {
        return tx.query(
                        """
                        insert into idempotency_keys (scope, caller, key, fingerprint) values ($1, $2, $3, $4)
                        on conflict do nothing
                        """,
                        key.scope(),
                        key.caller(),
                        key.value(),
                        Buffer.buffer(key.fingerprint()).getDelegate())
                .map(rows -> rows.rowCount() == 1);
    }

    private Uni<Void> keep(Tx tx, Key key, StoredResponse outcome) {
        return tx.query(
                        """
                        update idempotency_keys set resource = $4, status = $5, answer = $6
                        where scope = $1 and caller = $2 and key = $3
                        """,
                        key.scope(),
                        key.caller(),
                        key.value(),
                        outcome.resource(),
                        outcome.status(),
                        outcome.answer())
                .replaceWithVoid();
    }

    private Uni<StoredResponse> recall(Tx tx, Key key) {
        return recall(tx, new TreeSet<>(Set.of(key.place()))).map(kept -> outcome(kept.get(key.place()), key));
    }

    /** The response that a stored answer makes. */
    public static Response response(StoredResponse outcome) {
        return Response.status(outcome.status())
                .type(outcome.status() < 400 ? MediaType.APPLICATION_JSON : Problem.MEDIA_TYPE)
                .entity(outcome.answer())
                .build();
    }

    private StoredResponse outcome(Row row, Key key) {
        if (!MessageDigest.isEqual(row.getBuffer("fingerprint").getBytes(), key.fingerprint())) {
            return refusal(Problem.of(
                            422,
                            "idempotency-key-reused",
                            "The Idempotency-Key was used for another request",
                            "This key was used with another method, route or body. Use a new key for a new request.")
                    .withError(HEADER, "was used for another request"));
        }
        return new StoredResponse(row.getUUID("resource"), row.getInteger("status"), row.getString("answer"));
    }

    private byte[] fingerprint(String method, String route, @Nullable Object body) {
        try {
            return Sha256.of(
                    (method + " " + route + "\n").getBytes(StandardCharsets.UTF_8), canonical.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A request could not be serialised", e);
        }
    }
}
