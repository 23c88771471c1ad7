package io.points.contract;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happened in a tenant's directory, told by distribution-service, with ids only. */
public sealed interface MemberEvent extends Message {

    /**
     * Somebody became a member, or what they may receive has changed.
     *
     * @param role what the directory says they are, whatever their token says
     * @param active whether they can receive points
     * @param revision counts the member's changes from 1
     * @param departmentId the department that they belong to; null if to none
     */
    record MemberChanged(
            UUID tenantId,
            UUID userId,

            @Text(max = 8, pattern = "manager|lead|employee", what = "a role")
            String role,

            boolean active,
            @Within.Numbered long revision,
            @Nullable UUID departmentId)
            implements MemberEvent {

        /** Of somebody who belongs to no department. */
        public MemberChanged(UUID tenantId, UUID userId, String role, boolean active, long revision) {
            this(tenantId, userId, role, active, revision, null);
        }

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

    /**
     * A department was made, renamed, put elsewhere in the tree, or closed. What it is called stays in distribution-service.
     *
     * @param revision counts the department's changes from 1
     * @param parentId the department that it is part of; null if of none
     * @param closed whether nothing can be put into its envelope any more
     * @param managerIds who gives from it, and from nothing but such departments; null if that was not said
     */
    record DepartmentChanged(
            UUID tenantId,
            UUID departmentId,
            @Within.Numbered long revision,
            @Nullable UUID parentId,
            boolean closed,

            @Within(min = 0, max = 100) @Nullable List<UUID> managerIds)
            implements MemberEvent {

        @Override
        @JsonIgnore
        public UUID subject() {
            return departmentId;
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
