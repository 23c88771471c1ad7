package io.points.distribution.rule;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.points.contract.GivingRule;
import io.points.distribution.member.MemberRole;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a tenant's policy: of whom, what, in which window, how much, and what then.
 *
 * @param id how it is called where it refuses something; a word of the tenant's own, without names of people
 * @param of whose giving is added up
 * @param roles holds for those who give in one of these roles; null: for all
 * @param members holds for these members, in place of the rule of their role; null: for all
 * @param departments of departments: holds for these, in place of the rule for each of them; null: for each of them
 * @param from makes an allowance of it: what they may give who could give nothing from there otherwise, out of the {@code pool} where it is
 *     in no envelope, or out of that of {@code department:} and an id; null: a limit
 * @param kinds what is counted; null: awards
 * @param per null for each award by itself
 * @param points the most points in a window
 * @param awards the most awards, or delegations, in a window
 * @param pointsAbove of each award by itself: the most points
 * @param levels to be approved by so many people; null: one
 * @param hours to be approved within so many hours; null: 168
 * @param minutes of twins: how long ago the first was at most
 * @param sharePercent of a share: how much of what somebody gives goes to one other, at most
 * @param minAwards of a share: from how many awards to the other on; null: five
 * @param alertAt at which percent of the limit the managers are told, ascending; null: at none
 */
@Schema(name = "Rule")
public record Rule(
        @NotNull(message = "is required") @Pattern(regexp = ID, message = NO_ID)
        String id,

        @NotNull(message = "is required") Of of,

        @Size(min = 1, max = 3, message = "must have 1 to {max} roles") @Nullable
        List<@NotNull(message = "is required") MemberRole> roles,

        @Size(min = 1, max = MOST_MEMBERS, message = "must have 1 to {max} members") @Nullable
        List<@NotNull(message = "is required") UUID> members,

        @Size(min = 1, max = MOST_MEMBERS, message = "must have 1 to {max} departments") @Nullable
        List<@NotNull(message = "is required") UUID> departments,

        @Pattern(regexp = FROM, message = "must be pool, or department: and the id of a department in lower case")
        @Nullable
        String from,

        @Size(min = 1, max = 2, message = "must have 1 to {max} kinds") @Nullable
        List<@NotNull(message = "is required") GivingKind> kinds,

        @Nullable Window per,

        @Min(value = 0, message = NO_LIMIT) @Max(value = MOST, message = NO_LIMIT) @Nullable
        Long points,

        @Min(value = 0, message = NO_LIMIT) @Max(value = MOST, message = NO_LIMIT) @Nullable
        Long awards,

        @Min(value = 0, message = NO_LIMIT) @Max(value = MOST, message = NO_LIMIT) @Nullable
        Long pointsAbove,

        @NotNull(message = "is required") Then then,

        @Min(value = 1, message = NO_LEVELS) @Max(value = 3, message = NO_LEVELS) @Nullable
        Long levels,

        @Min(value = 1, message = NO_HOURS) @Max(value = 720, message = NO_HOURS) @Nullable
        Long hours,

        @Min(value = 1, message = NO_MINUTES) @Max(value = 1440, message = NO_MINUTES) @Nullable
        Long minutes,

        @Min(value = 1, message = NO_SHARE) @Max(value = 99, message = NO_SHARE) @Nullable
        Long sharePercent,

        @Min(value = 1, message = NO_MIN) @Max(value = MOST, message = NO_MIN) @Nullable
        Long minAwards,

        @Size(min = 1, max = 5, message = "must have 1 to {max} percentages") @Nullable
        List<
                        @NotNull(message = "is required") @Min(value = 1, message = NO_PERCENT)
                        @Max(value = 100, message = NO_PERCENT) Long>
                alertAt) {

    /** How many rules a policy has at most. */
    public static final int MOST_RULES = 100;

    /** Out of what an allowance can be given. */
    public static final String FROM = "pool|department:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    private static final String OF_DEPARTMENT = "department:";
    private static final int MOST_MEMBERS = 200;
    private static final long MOST = 1_000_000_000_000L;
    private static final String ID = "[a-z0-9][a-z0-9-]{0,39}";
    private static final String NO_ID = "must be a lower-case word of at most 40 letters, digits or -";
    private static final String NO_LIMIT = "must be 0 to " + MOST;
    private static final String NO_LEVELS = "must be 1 to 3";
    private static final String NO_HOURS = "must be 1 to 720";
    private static final String NO_MINUTES = "must be 1 to 1440";
    private static final String NO_SHARE = "must be 1 to 99";
    private static final String NO_MIN = "must be 1 to " + MOST;
    private static final String NO_PERCENT = "must be 1 to 100";

    /** Whose giving a rule adds up. */
    @Schema(name = "RuleOf")
    public enum Of {
        /** Each award by itself; a batch that is all or nothing is one. */
        @JsonProperty("award")
        AWARD,
        /** All that one member gives. */
        @JsonProperty("giver")
        GIVER,
        /** All that one member gets. */
        @JsonProperty("receiver")
        RECEIVER,
        /** All that one member gives one other. */
        @JsonProperty("pair")
        PAIR,
        /** The same that one member gives one other again within minutes. */
        @JsonProperty("twin")
        TWIN,
        /** What the receiver gave the giver: it goes back and forth. */
        @JsonProperty("mutual")
        MUTUAL,
        /** How much of all that one member gives goes to one other. */
        @JsonProperty("share")
        SHARE,
        /** All that is given out of one department's envelope. */
        @JsonProperty("department")
        DEPARTMENT,
        /** All that the company gives. */
        @JsonProperty("tenant")
        TENANT;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether it can do more than tell. */
        public boolean canRefuse() {
            return this != MUTUAL && this != SHARE;
        }

        /** Whether it adds up what one member got from anybody, which is told only to those who see all that is given. */
        public boolean isAboutOthers() {
            return this == RECEIVER;
        }
    }

    /** What becomes of what goes beyond a rule. */
    @Schema(name = "RuleThen")
    public enum Then {
        @JsonProperty("refuse")
        REFUSE,
        /** It waits until others have approved it. */
        @JsonProperty("approve")
        APPROVE,
        /** It is given, and the managers are told. */
        @JsonProperty("alert")
        ALERT;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** As messages have it. */
    public GivingRule told() {
        return new GivingRule(
                id,
                of.word(),
                roles == null ? null : roles.stream().map(MemberRole::word).toList(),
                members,
                from,
                kinds == null ? null : kinds.stream().map(GivingKind::word).toList(),
                per == null ? null : per.word(),
                points,
                awards,
                pointsAbove,
                then.word(),
                levels,
                hours,
                minutes,
                sharePercent,
                minAwards,
                alertAt,
                departments);
    }

    /** Whether it lets somebody give, and does not only limit it. */
    public boolean givesAllowance() {
        return from != null;
    }

    /** Out of which department's envelope an allowance is given; null: out of none. */
    public @Nullable UUID fromDepartment() {
        return from != null && from.startsWith(OF_DEPARTMENT)
                ? UUID.fromString(from.substring(OF_DEPARTMENT.length()))
                : null;
    }

    /** The most points in a window with a boost, which are no more than a rule can say. */
    public long boosted(long boost) {
        return Math.min(MOST, points + boost);
    }

    /** The departments that it names. */
    Set<UUID> named() {
        var named = new HashSet<>(departments == null ? List.<UUID>of() : departments);
        var from = fromDepartment();
        if (from != null) {
            named.add(from);
        }
        return named;
    }

    /** Whether it looks at what was given before, which nobody else may then add to. */
    boolean counts() {
        return per != null || of == Of.TWIN;
    }

    /** In which window it tells. */
    public Window window() {
        return per == null ? Window.DAY : per;
    }

    /** Of a share: from how many awards on. */
    long awardsOfAShare() {
        return minAwards == null ? 5 : minAwards;
    }

    /** Whether it tells of what was given. */
    boolean alerts() {
        return then == Then.ALERT || alertAt != null;
    }

    /** What it adds up. */
    public List<GivingKind> countedKinds() {
        return kinds == null ? List.of(GivingKind.AWARD) : kinds;
    }

    /** By how many people it is to be approved. */
    int approvers() {
        return levels == null ? 1 : levels.intValue();
    }

    /** Within how many hours. */
    int hoursToApprove() {
        return hours == null ? 168 : hours.intValue();
    }
}
