package io.points.contract;

import io.points.contract.AuditEvent.AlertRaised;
import io.points.contract.AuditEvent.RecordAlertRaised;
import io.points.contract.AuditEvent.RecordsCounted;
import io.points.contract.AuditEvent.RecordsSealed;
import io.points.contract.BalanceEvent.BalanceAttested;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Topic names: {@code <service>.<aggregate>.<commands|events>.v1}, one writer each, keyed by tenant id. */
public final class Topic {

    /** Written by distribution-service, decided by allocation-service. Kept 7 days. */
    public static final String POOL_COMMANDS = "allocation.pool.commands.v1";

    /** Written by allocation-service. Kept for ever. */
    public static final String POOL_EVENTS = "allocation.pool.events.v1";

    /** Business alerts, written by allocation-service. Kept for ever. */
    public static final String ALLOCATION_ALERTS = "allocation.alerts.v1";

    /** Written by distribution-service. Kept for ever. */
    public static final String WALLET_EVENTS = "distribution.wallet.events.v1";

    /** Written by billing-service, for finance. Kept for ever. */
    public static final String BILLING_ENTRIES = "billing.entries.v1";

    /** Written by billing-service: what finance did with months. Kept for ever. */
    public static final String BILLING_PERIODS = "billing.periods.v1";

    /** Written by audit-service, for whoever keeps checkpoints. Kept for ever. */
    public static final String AUDIT_CHECKPOINTS = "audit.checkpoints.v1";

    /** Written by audit-service, for whoever looks after the system. Kept for ever. */
    public static final String AUDIT_ALERTS = "audit.alerts.v1";

    /** Written by audit-service: what it has counted of each tenant. Kept 7 days, for the newest count replaces those before. */
    public static final String AUDIT_COUNTS = "audit.counts.v1";

    /** Bytes of a batch of records on the wire; no topic takes more. */
    public static final int LARGEST_MESSAGE = 1 << 20;

    private static final String REPLAYS = ".replay";

    private static final List<String> GROUPS =
            List.of("allocation-service", "distribution-service", "billing-service", "audit-service");

    private static final Map<String, List<String>> READ_BY = Map.of(
            "allocation-service", List.of(POOL_COMMANDS, WALLET_EVENTS),
            "distribution-service", List.of(POOL_EVENTS),
            "billing-service", List.of(POOL_EVENTS, WALLET_EVENTS, AUDIT_COUNTS),
            "audit-service", List.of(POOL_EVENTS, WALLET_EVENTS, BILLING_ENTRIES, BILLING_PERIODS, ALLOCATION_ALERTS));

    /** Which messages may stand on which topic. */
    private static final Map<String, List<Class<? extends Message>>> MESSAGES = Map.of(
            POOL_COMMANDS, List.of(PoolCommand.class),
            POOL_EVENTS, List.of(PoolEvent.class, BalanceAttested.class, AdjustmentEvent.class),
            ALLOCATION_ALERTS, List.of(AlertEvent.class),
            WALLET_EVENTS,
                    List.of(
                            WalletEvent.class,
                            MemberEvent.class,
                            ClosingEvent.class,
                            PolicyEvent.class,
                            WishEvent.class,
                            BalanceEvent.class,
                            AdjustmentEvent.class),
            BILLING_ENTRIES, List.of(BillingEvent.class),
            BILLING_PERIODS, List.of(PeriodEvent.class),
            AUDIT_CHECKPOINTS, List.of(RecordsSealed.class),
            AUDIT_ALERTS, List.of(AlertRaised.class, RecordAlertRaised.class),
            AUDIT_COUNTS, List.of(RecordsCounted.class));

    private Topic() {}

    /**
     * The messages that may stand on a topic.
     *
     * @throws IllegalArgumentException if it is no topic of messages
     */
    public static Set<Class<? extends Message>> messages(String topic) {
        var kinds = MESSAGES.get(topic);
        if (kinds == null) {
            throw new IllegalArgumentException("topic " + topic + " has no messages");
        }
        return kinds.stream()
                .flatMap(kind -> MessageJson.recordsOf(kind).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The consumer groups of the services, each called as its service. */
    public static List<String> groups() {
        return GROUPS;
    }

    /**
     * The topics that a service reads, replay topics apart.
     *
     * @throws IllegalArgumentException if it is no service's consumer group
     */
    public static List<String> readBy(String group) {
        var topics = READ_BY.get(group);
        if (topics == null) {
            throw new IllegalArgumentException("no service is the group " + group);
        }
        return topics;
    }

    /** The dead-letter topic of one consumer group; nobody else's failures are in it. */
    public static String deadLetters(String topic, String group) {
        return topic + "." + group + ".dlq";
    }

    /** Where dead letters of one consumer group, whose name has no dot, are sent once more; nobody else reads it. */
    public static String replays(String topic, String group) {
        return topic + "." + group + REPLAYS;
    }

    public static boolean isReplays(String topic) {
        return topic.endsWith(REPLAYS);
    }

    /** The topic whose records stand on {@code topic}: that of the replayed ones, else itself. */
    public static String original(String topic) {
        if (!isReplays(topic)) {
            return topic;
        }
        int group = topic.lastIndexOf('.', topic.length() - REPLAYS.length() - 1);
        return group <= 0 ? topic : topic.substring(0, group);
    }
}
