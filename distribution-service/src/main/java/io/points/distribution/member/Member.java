package io.points.distribution.member;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A member as they are read. */
@Entity
@Immutable
@IdClass(Member.Key.class)
@Table(name = "members")
public class Member extends PanacheEntityBase {
    @Id
    public UUID tenantId;

    @Id
    public UUID userId;

    public String role;
    public boolean active;
    public @Nullable String displayName;
    public @Nullable String email;
    public long revision;
    public Instant updatedAt;

    /** The same person in two tenants is two members. */
    public static class Key implements Serializable {
        public UUID tenantId;
        public UUID userId;

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.tenantId.equals(tenantId) && key.userId.equals(userId);
        }

        @Override
        public int hashCode() {
            return Objects.hash(tenantId, userId);
        }
    }

    /** @return null if the tenant has no such member */
    public static Uni<@Nullable Member> of(UUID tenantId, UUID userId) {
        return Member.<Member>find("tenantId = ?1 and userId = ?2", tenantId, userId)
                .firstResult();
    }

    /** What a member holds, in points. */
    @Schema(name = "MemberBalances")
    record Balances(long budget, long earned) {
        static final Balances NONE = new Balances(0, 0);
    }

    /**
     * A member over HTTP: {@code role} is {@code manager}, {@code lead} or {@code employee}.
     *
     * @param revision counts their changes from 1; the ETag
     */
    @Schema(name = "Member")
    record View(
            UUID userId,
            @Schema(implementation = MemberRole.class) String role,
            boolean active,
            @Nullable String displayName,
            @Nullable String email,
            long revision,
            Instant updatedAt,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Balances balances) {
        static View of(Member member) {
            return new View(
                    member.userId,
                    member.role,
                    member.active,
                    member.displayName,
                    member.email,
                    member.revision,
                    member.updatedAt,
                    null);
        }

        /** @param row of {@code members} */
        static View of(Row row, @Nullable Balances balances) {
            return new View(
                    row.getUUID("user_id"),
                    row.getString("role"),
                    row.getBoolean("active"),
                    row.getString("display_name"),
                    row.getString("email"),
                    row.getLong("revision"),
                    row.getOffsetDateTime("updated_at").toInstant(),
                    balances);
        }
    }
}
