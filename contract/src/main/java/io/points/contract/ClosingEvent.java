package io.points.contract;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.UUID;

/** How far distribution-service is with the closing of a tenant. Amounts are points. */
public sealed interface ClosingEvent extends Message {

    UUID closingId();

    @Override
    @JsonIgnore
    default UUID subject() {
        return closingId();
    }

    @Override
    @JsonIgnore
    default String topic() {
        return Topic.WALLET_EVENTS;
    }

    /**
     * No budget holds anything and nothing is under way any more: the pool has told that all of it arrived.
     *
     * @param amount points that budgets gave back for the closing
     */
    record BudgetsRecalled(
            UUID closingId, UUID tenantId, @Within.Held long amount) implements ClosingEvent {}

    /**
     * The day until which earned points could be used is over, and no wallet holds any.
     *
     * @param amount points that have lapsed, or gone back to the pool, for the closing
     */
    record WalletsClosed(
            UUID closingId, UUID tenantId, @Within.Held long amount) implements ClosingEvent {}

    /**
     * Nothing is known any more of the people of the closed tenant but their ids. Each was told of by its own event.
     *
     * @param members how many there were
     */
    record PeopleErased(
            UUID closingId, UUID tenantId, @Within.Held long members) implements ClosingEvent {}
}
