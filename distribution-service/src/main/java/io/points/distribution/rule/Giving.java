package io.points.distribution.rule;

import io.points.distribution.member.MemberRole;
import java.util.List;
import java.util.UUID;

/**
 * What somebody asks to give: an award, a delegation, or a batch of awards that is all or nothing.
 *
 * @param role as which they give
 * @param parts each receiver once
 */
public record Giving(UUID tenantId, UUID giver, MemberRole role, GivingKind kind, List<Part> parts) {

    /** @param points 1 … 10^12 */
    public record Part(UUID receiver, long points) {}

    public static Giving of(UUID tenantId, UUID giver, MemberRole role, GivingKind kind, UUID receiver, long points) {
        return new Giving(tenantId, giver, role, kind, List.of(new Part(receiver, points)));
    }

    /** Of all receivers together. */
    public long points() {
        return parts.stream().mapToLong(Part::points).sum();
    }
}
