package io.points.distribution.member;

import io.points.distribution.member.Directory.Membership;
import io.vertx.mutiny.sqlclient.Row;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A member as whoever gives finds them.
 *
 * @param email for managers only; null for others
 * @param eligible whether the member may receive what was asked for; null if nothing was
 * @param why why not; null if the member may, or if nothing was asked for
 */
record DirectoryEntry(
        UUID userId,
        @Nullable String displayName,
        @Nullable String email,
        MemberRole role,
        boolean active,
        @Nullable Boolean eligible,
        @Nullable Ineligibility why) {

    /**
     * Who looks.
     *
     * @param isManager whether addresses are shown
     */
    record Viewer(UUID userId, boolean isManager) {}

    /** @param row of {@code members} */
    static DirectoryEntry of(Row row, @Nullable Purpose purpose, Viewer viewer) {
        var user = row.getUUID("user_id");
        var member = new Membership(MemberRole.of(row.getString("role")), row.getBoolean("active"));
        var why = purpose == null ? null : DirectoryRules.ineligibility(purpose, viewer.userId(), user, member);
        return new DirectoryEntry(
                user,
                row.getString("display_name"),
                viewer.isManager() ? row.getString("email") : null,
                member.role(),
                member.active(),
                purpose == null ? null : why == null,
                why);
    }
}
