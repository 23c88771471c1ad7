package io.points.distribution.member;

import org.jspecify.annotations.Nullable;

/** What becomes of a member. Plain decisions. */
final class MemberRules {

    private MemberRules() {}

    /** What the directory holds of a member. */
    record Entry(
            MemberRole role,
            boolean active,
            @Nullable String displayName,
            @Nullable String email) {

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
    record Wish(@Nullable MemberRole role, @Nullable Boolean active, TextUpdate displayName, TextUpdate email) {

        /** A role and nothing else. */
        static Wish of(MemberRole role) {
            return new Wish(role, null, TextUpdate.UNCHANGED, TextUpdate.UNCHANGED);
        }
    }

    /**
     * The member as they are to be: what the request does not say stays as it is. Somebody new is active, without a name or
     * an address.
     *
     * @param before null for somebody new
     * @throws IllegalArgumentException if somebody new is to have no role
     */
    static Entry after(@Nullable Entry before, Wish wish) {
        if (before == null) {
            if (wish.role() == null) {
                throw new IllegalArgumentException("somebody new has a role");
            }
            return after(new Entry(wish.role(), true, null, null), wish);
        }
        return new Entry(
                wish.role() == null ? before.role() : wish.role(),
                wish.active() == null ? before.active() : wish.active(),
                wish.displayName().after(before.displayName()),
                wish.email().after(before.email()));
    }
}
