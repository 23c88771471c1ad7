package io.points.distribution.member;

import io.points.distribution.member.MemberRules.Wish;
import io.points.platform.web.input.PlainText;
import io.points.platform.web.problem.Problem.FieldError;
import jakarta.validation.constraints.NotNull;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Many members as they are asked for in JSON. */
@Schema(name = "MemberEnrolment")
record EnrolMembers(
        @NotNull(message = "is required")
        @Schema(minItems = 1, maxItems = MemberBatchRules.MOST_MEMBERS, description = "Each once")
        List<@NotNull(message = "is required") MemberEntry> members) {

    /**
     * What one of them shall be. What is absent stays as it is.
     *
     * @param active of somebody new: true if absent
     */
    @Schema(name = "MemberEnrolmentEntry")
    record MemberEntry(
            UUID userId,
            MemberRole role,
            @Nullable Boolean active,

            @Schema(
                    nullable = true,
                    implementation = String.class,
                    minLength = 1,
                    maxLength = MemberTexts.LONGEST_NAME,
                    pattern = PlainText.PATTERN)
            @Nullable
            TextUpdate displayName,

            @Schema(
                    nullable = true,
                    implementation = String.class,
                    format = "email",
                    minLength = 1,
                    maxLength = MemberTexts.LONGEST_EMAIL)
            @Nullable
            TextUpdate email) {}

    /** The rows; what keeps one from being read is added to the faults. */
    List<MemberRow> rows(List<FieldError> faults) {
        var rows = new ArrayList<MemberRow>(members.size());
        for (int i = 0; i < members.size(); i++) {
            var place = "members[" + i + "].";
            var entry = members.get(i);
            if (entry.userId() == null) {
                faults.add(new FieldError(place + "user_id", "is required"));
            }
            if (entry.role() == null) {
                faults.add(new FieldError(place + "role", "is required"));
            }
            var wish = new Wish(entry.role(), entry.active(), entry.displayName(), entry.email());
            rows.add(new MemberRow(place, i + 1, entry.userId(), wish));
        }
        return rows;
    }
}
