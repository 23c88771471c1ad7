package io.points.contract;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.UUID;

/** What happened in a tenant's directory, told by distribution-service, with ids only. */
public sealed interface MemberEvent extends Message {

    /**
     * Somebody became a member, or what they may receive has changed.
     *
     * @param role what the directory says they are, whatever their token says
     * @param active whether they can receive points
     * @param revision counts the member's changes from 1
     */
    record MemberChanged(
            UUID tenantId,
            UUID userId,

            @Text(max = 8, pattern = "manager|lead|employee", what = "a role")
            String role,

            boolean active,
            @Within.Numbered long revision)
            implements MemberEvent {

        @Override
        @JsonIgnore
        public UUID subject() {
            return userId;
        }

        @Override
        @JsonIgnore
        public String topic() {
            return Topic.WALLET_EVENTS;
        }
    }

    /** A member's name, address, and what was written to and by them are deleted; it is a revision of the member too. */
    record PersonalDataErased(
            UUID tenantId, UUID userId, @Within.Numbered long revision) implements MemberEvent {

        @Override
        @JsonIgnore
        public UUID subject() {
            return userId;
        }

        @Override
        @JsonIgnore
        public String topic() {
            return Topic.WALLET_EVENTS;
        }
    }
}
