package io.points.distribution.member;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What becomes of a member. Plain decisions. */
final class MemberRules {

    private MemberRules() {}

    /**
     * What the directory holds of a member.
     *
     * @param departmentId the department that they belong to; null if to none
     */
    record Entry(
            MemberRole role,
            boolean active,
            @Nullable String displayName,
            @Nullable String email,
            @Nullable UUID departmentId) {

        /** Only an active lead may have a budget. */
        boolean isLead() {
            return active && role == MemberRole.LEAD;
        }
    }

    /**
     * What a request says of a member.
     *
     * @param role null if it says nothing, which it may of somebody who is there already
     * @param active null if it says nothing
     */
    record Wish(
            @Nullable MemberRole role,
            @Nullable Boolean active,
            TextUpdate displayName,
            TextUpdate email,
            IdUpdate department) {

        /** Says nothing of the department. */
        Wish(@Nullable MemberRole role, @Nullable Boolean active, TextUpdate displayName, TextUpdate email) {
            this(role, active, displayName, email, IdUpdate.UNCHANGED);
        }

        /** A role and nothing else. */
        static Wish of(MemberRole role) {
            return new Wish(role, null, TextUpdate.UNCHANGED, TextUpdate.UNCHANGED);
        }

        /** A department and nothing else. */
        static Wish of(UUID departmentId) {
            return new Wish(null, null, TextUpdate.UNCHANGED, TextUpdate.UNCHANGED, IdUpdate.to(departmentId));
        }
    }

    /**
     * The member as they are to be: what the request does not say stays as it is. Somebody new is active, without a name, an
     * address or a department.
     *
     * @param before null for somebody new
     * @throws IllegalArgumentException if somebody new is to have no role
     */
    static Entry after(@Nullable Entry before, Wish wish) {
        if (before == null) {
            if (wish.role() == null) {
                throw new IllegalArgumentException("somebody new has a role");
            }
            return after(new Entry(wish.role(), true, null, null, null), wish);
        }
        return new Entry(
                wish.role() == null ? before.role() : wish.role(),
                wish.active() == null ? before.active() : wish.active(),
                wish.displayName().after(before.displayName()),
                wish.email().after(before.email()),
                wish.department().after(before.departmentId()));
    }
}
