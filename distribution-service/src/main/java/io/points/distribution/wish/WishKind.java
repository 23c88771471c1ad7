package io.points.distribution.wish;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.points.contract.DistributionKind;
import io.points.distribution.member.MemberRole;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What is asked for. */
@Schema(name = "WishKind")
enum WishKind {
    /** A lead asks for a budget of their own. */
    @JsonProperty("budget")
    BUDGET(DistributionKind.DELEGATION, MemberRole.LEAD),
    /** Somebody nominates somebody else for an award. */
    @JsonProperty("nomination")
    NOMINATION(DistributionKind.AWARD, MemberRole.EMPLOYEE);

    private final DistributionKind given;
    private final MemberRole receives;

    WishKind(DistributionKind given, MemberRole receives) {
        this.given = given;
        this.receives = receives;
    }

    static WishKind of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** The word in requests, answers, messages and tables. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As what it is given. */
    DistributionKind given() {
        return given;
    }

    /** Who can get it. */
    MemberRole receives() {
        return receives;
    }
}
