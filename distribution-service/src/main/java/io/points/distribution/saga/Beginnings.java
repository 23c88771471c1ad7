package io.points.distribution.saga;

import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Writes new distributions, in whatever state they begin, and what was said with them. */
@ApplicationScoped
class Beginnings {

    private static final String INSERT = """
            insert into distributions (id, tenant_id, kind, source, state, reason, from_user_id, to_user_id, amount, debit_id,
                   reference_type, description, system_text, requested_by, requested_role, traceparent, deadline, due_at,
                   created_at, updated_at)
            select *, created_at
            from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::uuid[], $8::uuid[],
                        $9::bigint[], $10::uuid[], $11::text[], $12::text[], $13::boolean[], $14::uuid[], $15::text[],
                        $16::text[], $17::timestamptz[], $18::timestamptz[], $19::timestamptz[])
                 as n (id, tenant_id, kind, source, state, reason, from_user_id, to_user_id, amount, debit_id, reference_type,
                       description, system_text, requested_by, requested_role, traceparent, deadline, due_at, created_at)
            """;

    private static final String INSERT_RECOGNITIONS = """
            insert into recognitions (distribution_id, tenant_id, message, value_name, visibility)
            select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[])
            """;

    private final SagaConfig config;

    Beginnings(SagaConfig config) {
        this.config = config;
    }

    /**
     * What was written about a distribution. What people wrote stays in erasable tables.
     *
     * @param bySystem true if the system has written it, so that no erasure takes it away
     */
    record Words(
            @Nullable String referenceType,
            @Nullable String description,
            @Nullable String message,
            @Nullable String value,
            boolean bySystem) {

        Words(
                @Nullable String referenceType,
                @Nullable String description,
                @Nullable String message,
                @Nullable String value) {
            this(referenceType, description, message, value, false);
        }

        static Words description(@Nullable String description) {
            return new Words(null, description, null, null);
        }

        static Words ofSystem(String description) {
            return new Words(null, description, null, null, true);
        }
    }

    /**
     * A distribution that begins.
     *
     * @param at when it was asked for
     */
    record Begun(Distribution distribution, Words words, Instant at) {}

    Uni<Void> write(Tx tx, List<Begun> begun) {
        if (begun.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var all = new Columns(begun);
        var distributions = tx.query(
                INSERT,
                all.of(UUID[]::new, Distribution::id),
                all.of(UUID[]::new, Distribution::tenantId),
                all.of(String[]::new, it -> it.kind().word()),
                all.of(String[]::new, it -> it.source().word()),
                all.of(String[]::new, it -> it.state().name()),
                all.of(
                        String[]::new,
                        it -> it.reason() == null ? null : it.reason().name()),
                all.of(UUID[]::new, Distribution::fromUserId),
                all.of(UUID[]::new, Distribution::toUserId),
                all.of(Long[]::new, Distribution::amount),
                all.of(UUID[]::new, Distribution::debitId),
                all.ofWords(Words::referenceType),
                all.ofWords(Words::description),
                begun.stream().map(one -> one.words().bySystem()).toArray(Boolean[]::new),
                all.of(UUID[]::new, it -> UUID.fromString(it.cause().actorId())),
                all.of(String[]::new, it -> it.cause().actorRole()),
                all.of(String[]::new, it -> it.cause().traceparent()),
                all.ofTimes(this::deadline),
                all.ofTimes(one -> later(one, one.distribution().state().timeout(config))),
                all.ofTimes(Begun::at));
        var recognitions =
                begun.stream().filter(one -> one.words().message() != null).toList();
        return recognitions.isEmpty()
                ? distributions.replaceWithVoid()
                : Tx.together(distributions, insertRecognitions(tx, new Columns(recognitions)));
    }

    private static Uni<?> insertRecognitions(Tx tx, Columns recognitions) {
        return tx.query(
                INSERT_RECOGNITIONS,
                recognitions.of(UUID[]::new, Distribution::id),
                recognitions.of(UUID[]::new, Distribution::tenantId),
                recognitions.ofWords(Words::message),
                recognitions.ofWords(Words::value),
                recognitions.of(
                        String[]::new, it -> it.tone() == Distribution.Tone.PUBLIC_RECOGNITION ? "public" : "private"));
    }

    /** The rows as the arrays that a statement takes. */
    private record Columns(List<Begun> rows) {
        <V> Object of(IntFunction<V[]> array, Function<Distribution, @Nullable V> value) {
            return rows.stream().map(one -> value.apply(one.distribution())).toArray(array);
        }

        Object ofWords(Function<Words, @Nullable String> value) {
            return rows.stream().map(one -> value.apply(one.words())).toArray(String[]::new);
        }

        Object ofTimes(Function<Begun, @Nullable Instant> value) {
            return rows.stream().map(value).map(Columns::time).toArray(OffsetDateTime[]::new);
        }

        private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
            return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
        }
    }

    private @Nullable Instant deadline(Begun one) {
        return one.distribution().state() == State.REQUESTED ? later(one, config.deadline()) : null;
    }

    private static @Nullable Instant later(Begun one, @Nullable Duration patience) {
        return patience == null ? null : one.at().plus(patience);
    }
}
