package io.points.contract;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.UUID;

/**
 * Everything that services tell each other. A message is plain data: ids and integer points, never names or texts of
 * persons. Its wire type is the simple name of its record, in the {@code ce_type} header.
 */
public sealed interface Message
        permits PoolCommand,
                PoolEvent,
                WalletEvent,
                MemberEvent,
                ClosingEvent,
                PolicyEvent,
                WishEvent,
                BillingEvent,
                PeriodEvent,
                BalanceEvent,
                AdjustmentEvent,
                AuditEvent,
                AlertEvent {

    /** The customer company that this message is about; also the Kafka key, so that a tenant's messages stay in order. */
    UUID tenantId();

    /** The object that changed: a distribution, an allocation, a member or the tenant itself. */
    @JsonIgnore
    UUID subject();

    /** The topic on which exactly one service writes this message. */
    @JsonIgnore
    String topic();

    @JsonIgnore
    default String type() {
        return getClass().getSimpleName();
    }
}
