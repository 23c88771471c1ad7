package io.points.distribution.member;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What somebody is looked for to receive. */
@Schema(name = "DirectoryPurpose")
enum Purpose {
    /** An award or a recognition. */
    @JsonProperty("award")
    AWARD(MemberRole.EMPLOYEE),
    /** A budget. */
    @JsonProperty("delegation")
    DELEGATION(MemberRole.LEAD);

    private final MemberRole receiver;

    Purpose(MemberRole receiver) {
        this.receiver = receiver;
    }

    /** The role that its receiver has in the directory. */
    MemberRole receiver() {
        return receiver;
    }

    /** The word in requests. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
