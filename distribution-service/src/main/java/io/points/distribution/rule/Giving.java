package io.points.distribution.rule;

import io.points.contract.PointsSource;
import io.points.distribution.member.MemberRole;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks to give: an award, a delegation, or a batch of awards that is all or nothing.
 *
 * @param role as which they give
 * @param source out of the pool, or of the giver's own budget
 * @param departmentId out of whose envelope of the pool; null: out of none
 * @param parts each receiver once
 * @param asked of one that is asked for by itself; null: twins of it are not looked for
 */
public record Giving(
        UUID tenantId,
        UUID giver,
        MemberRole role,
        PointsSource source,
        @Nullable UUID departmentId,
        GivingKind kind,
        List<Part> parts,
        @Nullable Asked asked) {

    /** @param points 1 … 10^12 */
    public record Part(UUID receiver, long points) {}

    /**
     * A request by itself.
     *
     * @param id that it will have
     * @param again whether it is meant, though the same was given shortly before
     */
    public record Asked(UUID id, boolean again) {}

    /** Out of no envelope. */
    public Giving(UUID tenantId, UUID giver, MemberRole role, PointsSource source, GivingKind kind, List<Part> parts) {
        this(tenantId, giver, role, source, null, kind, parts, null);
    }

    /** To one receiver. */
    public static Giving of(
            UUID tenantId,
            UUID giver,
            MemberRole role,
            PointsSource source,
            GivingKind kind,
            UUID receiver,
            long points) {
        return new Giving(tenantId, giver, role, source, kind, List.of(new Part(receiver, points)));
    }

    /** Whether it is given out of the pool by somebody who may do that only as far as an allowance goes. */
    public boolean needsAllowance() {
        return source == PointsSource.POOL && role != MemberRole.MANAGER;
    }

    /** The same, asked for by itself. */
    public Giving asked(UUID id, boolean again) {
        return new Giving(tenantId, giver, role, source, departmentId, kind, parts, new Asked(id, again));
    }

    /**
     * The same, out of a department's envelope.
     *
     * @param department null: out of none
     */
    public Giving outOf(@Nullable UUID department) {
        return new Giving(tenantId, giver, role, source, department, kind, parts, asked);
    }

    /** The same, without those whom it goes to but these. */
    Giving to(List<Part> some) {
        return new Giving(tenantId, giver, role, source, departmentId, kind, some, asked);
    }

    /** Of all receivers together. */
    public long points() {
        return parts.stream().mapToLong(Part::points).sum();
    }
}
