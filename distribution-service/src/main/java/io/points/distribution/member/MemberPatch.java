package io.points.distribution.member;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.points.distribution.member.MemberRules.Wish;
import io.points.platform.web.input.PlainText;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is to change of a member, as a merge patch (RFC 7396). What is absent stays as it is. */
record MemberPatch(
        @Schema(nullable = false) @JsonDeserialize(using = NeverNull.OfRole.class) @Nullable
        MemberRole role,

        @Schema(nullable = false) @JsonDeserialize(using = NeverNull.OfFlag.class) @Nullable
        Boolean active,

        @Schema(
                nullable = true,
                implementation = String.class,
                minLength = 1,
                maxLength = MemberTexts.LONGEST_NAME,
                pattern = PlainText.PATTERN,
                description = "Stays as it is if absent; null removes it")
        @Nullable
        TextUpdate displayName,

        @Schema(
                nullable = true,
                implementation = String.class,
                format = "email",
                minLength = 1,
                maxLength = MemberTexts.LONGEST_EMAIL,
                description = "Stays as it is if absent; null removes it")
        @Nullable
        TextUpdate email,

        @Schema(nullable = true, implementation = UUID.class, description = "Stays as it is if absent; null for none")
        @Nullable
        IdUpdate departmentId) {

    Wish wish() {
        return new Wish(role, active, displayName, email, departmentId);
    }
}
