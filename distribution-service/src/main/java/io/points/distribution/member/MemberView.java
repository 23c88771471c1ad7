package io.points.distribution.member;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A member over HTTP: {@code role} is {@code manager}, {@code lead} or {@code employee}.
 *
 * @param departmentId the department that they belong to; null if to none
 * @param revision counts their changes from 1; the ETag
 * @param balances what they hold; null unless it is asked for
 */
@Schema(name = "Member")
record MemberView(
        UUID userId,
        @Schema(implementation = MemberRole.class) String role,
        boolean active,
        @Nullable String displayName,
        @Nullable String email,
        @Nullable UUID departmentId,
        long revision,
        Instant updatedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Balances balances) {

    /** What a member holds, in points. */
    @Schema(name = "MemberBalances")
    record Balances(long budget, long earned) {
        static final Balances NONE = new Balances(0, 0);
    }

    /** @param row of {@code members} */
    static MemberView of(Row row, @Nullable Balances balances) {
        return new MemberView(
                row.getUUID("user_id"),
                row.getString("role"),
                row.getBoolean("active"),
                row.getString("display_name"),
                row.getString("email"),
                row.getUUID("belongs_to"),
                row.getLong("revision"),
                row.getOffsetDateTime("updated_at").toInstant(),
                balances);
    }
}
