package io.points.billing.counted;

import io.points.billing.Flow;
import io.points.billing.counted.OwnCounts.Sum;
import io.points.billing.counted.OwnCounts.Version;
import io.points.contract.AuditEvent.RecordCount;
import io.points.contract.AuditEvent.RecordsCounted;
import io.points.contract.AuditEvent.UnbilledVersion;
import io.points.contract.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What audit-service has counted of a tenant, against the tables here. Both are taken up to the same version of the pool, up to
 * which audit-service has all movements and all of their entries, so neither is compared before it knows all of it. Plain
 * Java.
 */
public record AuditComparison(
        @Schema(
                enumeration = {"agrees", "behind", "differs", "unheard"},
                description =
                        "unheard: audit-service has counted nothing of this tenant yet. behind: one of the two does not know"
                                + " yet what the other knows. Only differs is a difference")
        String state,

        @Schema(description = "When the newest count arrived here") @Nullable
        Instant heardAt,

        @Schema(description = "Time of the checkpoint that covers all that audit-service has looked at") @Nullable
        Instant sealedAt,

        @Schema(description = "How long ago that was. Seconds") @Nullable
        Long ageSeconds,

        @Schema(description = "Leaves of the tenant's tree that audit-service has looked at")
        long countedLeaves,

        @Schema(description = "The version of the pool up to which both have counted")
        long poolVersion,

        List<TopicCounts> topics,
        List<Unmatched> unmatched) {

    static final String AGREES = "agrees";
    static final String BEHIND = "behind";
    static final String DIFFERS = "differs";

    /** Nothing was ever told of this tenant. */
    public static final AuditComparison UNHEARD =
            new AuditComparison("unheard", null, null, null, 0, 0, List.of(), List.of());

    private static final Map<String, Flow> FLOWS = Map.of(
            "PointsAllocated", Flow.ALLOCATED,
            "PointsClawedBack", Flow.CLAWED_BACK,
            "PoolDebited", Flow.DISTRIBUTED,
            "PoolDebitCancelled", Flow.REFUNDED,
            "PoolRefunded", Flow.REFUNDED,
            "PointsReturned", Flow.RETURNED,
            "PoolReserved", Flow.POOL_RESERVED,
            "PoolReleased", Flow.POOL_RELEASED,
            "PoolExpired", Flow.POOL_EXPIRED,
            "PoolAdjusted", Flow.ADJUSTED);

    /** One topic. */
    @Schema(name = "AuditedTopic")
    public record TopicCounts(
            String topic,

            @Schema(enumeration = {AGREES, BEHIND, DIFFERS}) String state,

            boolean agrees,
            List<KindCounts> counts) {}

    /** One kind of record. */
    @Schema(name = "AuditedKind")
    public record KindCounts(
            @Schema(
                    description =
                            "Of events what they do to the pool, as in a statement; of billing entries their currency")
            String kind,

            @Schema(enumeration = {AGREES, BEHIND, DIFFERS}) String state,

            Sum audit,
            Sum billing) {}

    /** A version of the pool beyond, of which audit-service has not got both the event and all of its entries. Signed points. */
    @Schema(name = "AuditedVersion")
    public record Unmatched(
            long poolVersion,

            @Schema(enumeration = {BEHIND, DIFFERS}) String state,

            Points audit,
            Points billing) {}

    /** @param eventPoints of the allocation or clawback; 0 if it is not known */
    @Schema(name = "AuditedPoints")
    public record Points(long eventPoints, long entryPoints) {}

    /**
     * How old what was told is.
     *
     * @param ageSeconds of the checkpoint that covers it
     * @param late it was told so long ago that newer movements should have been counted
     */
    record Heard(Instant at, long ageSeconds, boolean late) {}

    static AuditComparison of(RecordsCounted told, Heard heard, OwnCounts own) {
        var topics = List.of(
                topic(Topic.POOL_EVENTS, movements(told, own)), topic(Topic.BILLING_ENTRIES, entries(told, own)));
        var unmatched =
                told.unbilled().stream().map(it -> unmatched(it, told, own)).toList();
        var late = heard.late() && own.contiguousVersion() > told.poolVersion() ? Stream.of(BEHIND) : Stream.of(AGREES);
        var states = Stream.of(
                        topics.stream().map(TopicCounts::state),
                        unmatched.stream().map(Unmatched::state),
                        late)
                .flatMap(it -> it);
        return new AuditComparison(
                worst(states),
                heard.at(),
                told.sealedAt(),
                heard.ageSeconds(),
                told.countedLeaves(),
                told.poolVersion(),
                topics,
                unmatched);
    }

    /** What differs for good, each in a sentence. */
    public List<String> differences() {
        var all = new ArrayList<String>();
        for (var topic : topics) {
            topic.counts().stream()
                    .filter(it -> it.state().equals(DIFFERS))
                    .forEach(it ->
                            all.add("%s, %s, up to version %s of the pool: audit-service has %s, billing-service has %s"
                                    .formatted(
                                            topic.topic(),
                                            it.kind(),
                                            poolVersion,
                                            text(it.audit()),
                                            text(it.billing()))));
        }
        unmatched.stream()
                .filter(it -> it.state().equals(DIFFERS))
                .forEach(it -> all.add(
                        "version %s of the pool: audit-service has an event of %s points and entries of %s, billing-service of %s and %s"
                                .formatted(
                                        it.poolVersion(),
                                        it.audit().eventPoints(),
                                        it.audit().entryPoints(),
                                        it.billing().eventPoints(),
                                        it.billing().entryPoints())));
        return all;
    }

    private static String text(Sum sum) {
        var points = "%s records of %s points".formatted(sum.records(), sum.points());
        return sum.amountMinor() == null ? points : points + ", %s in minor units".formatted(sum.amountMinor());
    }

    private static TopicCounts topic(String topic, List<KindCounts> counts) {
        var state = worst(counts.stream().map(KindCounts::state));
        return new TopicCounts(topic, state, state.equals(AGREES), counts);
    }

    private static String worst(Stream<String> states) {
        var all = states.toList();
        return Stream.of(DIFFERS, BEHIND).filter(all::contains).findFirst().orElse(AGREES);
    }

    /** Types that are not known here are counted by nobody. */
    private static List<KindCounts> movements(RecordsCounted told, OwnCounts own) {
        var theirs = new TreeMap<Flow, Sum>();
        of(told, Topic.POOL_EVENTS)
                .filter(it -> FLOWS.containsKey(it.kind()))
                .forEach(it -> theirs.merge(FLOWS.get(it.kind()), sum(it), Sum::plus));
        own.movements().keySet().forEach(flow -> theirs.putIfAbsent(flow, Sum.NO_MOVEMENTS));
        return theirs.entrySet().stream()
                .map(it -> {
                    var ours = own.movements().getOrDefault(it.getKey(), Sum.NO_MOVEMENTS);
                    boolean early = ours.records() > it.getValue().records() && told.untoldVersions() > 0;
                    return counts(it.getKey().word(), it.getValue(), ours, early || isBehind(own, told));
                })
                .toList();
    }

    /** More entries that come to the same may be told of yet: one that was taken back, and what took it back. */
    private static List<KindCounts> entries(RecordsCounted told, OwnCounts own) {
        var theirs = new TreeMap<String, Sum>();
        of(told, Topic.BILLING_ENTRIES).forEach(it -> theirs.put(it.kind(), sum(it)));
        own.entries().keySet().forEach(currency -> theirs.putIfAbsent(currency, Sum.NO_ENTRIES));
        return theirs.entrySet().stream()
                .map(it -> {
                    var ours = own.entries().getOrDefault(it.getKey(), Sum.NO_ENTRIES);
                    boolean early = ours.records() > it.getValue().records()
                            && (told.untoldVersions() > 0 || sameSums(ours, it.getValue()));
                    return counts(it.getKey(), it.getValue(), ours, early || isBehind(own, told));
                })
                .toList();
    }

    private static KindCounts counts(String kind, Sum audit, Sum billing, boolean behind) {
        var differs = behind ? BEHIND : DIFFERS;
        return new KindCounts(kind, audit.equals(billing) ? AGREES : differs, audit, billing);
    }

    private static boolean isBehind(OwnCounts own, RecordsCounted told) {
        return own.contiguousVersion() < told.poolVersion();
    }

    private static boolean sameSums(Sum one, Sum other) {
        return one.points().equals(other.points()) && Objects.equals(one.amountMinor(), other.amountMinor());
    }

    private static Unmatched unmatched(UnbilledVersion theirs, RecordsCounted told, OwnCounts own) {
        var ours = own.versions().getOrDefault(theirs.poolVersion(), Version.UNKNOWN);
        boolean differs = theirs.poolVersion() > told.poolVersion() && differ(theirs, ours, own);
        return new Unmatched(
                theirs.poolVersion(),
                differs ? DIFFERS : BEHIND,
                new Points(theirs.eventPoints(), theirs.entryPoints()),
                new Points(ours.eventPoints(), ours.entryPoints()));
    }

    /**
     * Whatever audit-service has heard of an entry was written here before. An event that is not known here may come yet, unless
     * all up to it are known; what an adjustment has made up for may come after it.
     */
    private static boolean differ(UnbilledVersion theirs, Version ours, OwnCounts own) {
        long version = theirs.poolVersion();
        if (ours.eventPoints() == 0) {
            return theirs.eventPoints() == 0 || version <= own.contiguousVersion() && version > own.adjustedAt();
        }
        return theirs.eventPoints() != 0 && theirs.eventPoints() != ours.eventPoints()
                || !isWithin(theirs.entryPoints(), ours.entryPoints());
    }

    /** What was heard of a sum whose parts all have the same sign. */
    private static boolean isWithin(long heard, long sum) {
        return heard == 0 || Long.signum(heard) == Long.signum(sum) && Math.abs(heard) <= Math.abs(sum);
    }

    private static Stream<RecordCount> of(RecordsCounted told, String topic) {
        return told.counts().stream().filter(it -> it.topic().equals(topic));
    }

    private static Sum sum(RecordCount count) {
        return new Sum(count.records(), count.points(), count.amountMinor());
    }
}
