package io.points.distribution.member;

import io.points.distribution.member.Directory.Membership;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whether a member may receive something, and if not, why. Plain decisions, the same that an award meets. */
final class DirectoryRules {

    private DirectoryRules() {}

    /** @return null if the member may receive it */
    static @Nullable Ineligibility ineligibility(Purpose purpose, UUID caller, UUID user, Membership member) {
        if (user.equals(caller)) {
            return Ineligibility.SELF;
        }
        if (!member.active()) {
            return Ineligibility.INACTIVE;
        }
        return member.mayReceiveAs(purpose.receiver()) ? null : Ineligibility.ROLE;
    }
}
