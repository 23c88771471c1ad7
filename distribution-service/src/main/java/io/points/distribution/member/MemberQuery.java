package io.points.distribution.member;

import io.points.platform.web.input.Params;
import io.points.platform.web.input.PlainText;
import io.points.platform.web.paging.PageRequest;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.ProblemException;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which members are asked for, as it was sent. */
public class MemberQuery {

    static final int LONGEST_TEXT = 200;
    static final String TEXT_MEANS =
            "What the name begins with, in upper or lower case; for managers, the name or the e-mail address";

    @Parameter(
            description = TEXT_MEANS,
            schema =
                    @Schema(
                            type = SchemaType.STRING,
                            minLength = 1,
                            maxLength = LONGEST_TEXT,
                            pattern = PlainText.PATTERN))
    @QueryParam("q")
    public @Nullable String text;

    @Parameter(description = "Members of one role", schema = @Schema(implementation = MemberRole.class))
    @QueryParam("role")
    public @Nullable String role;

    @Parameter(
            description = "Only those who take part, or only those who do not",
            schema = @Schema(implementation = Boolean.class))
    @QueryParam("active")
    public @Nullable String active;

    @Parameter(
            description = "id by default; name if q is given, which has no other order",
            schema = @Schema(implementation = MemberOrder.class))
    @QueryParam("sort")
    public @Nullable String sort;

    @Parameter(
            description = "What each item has beyond the member",
            schema = @Schema(implementation = MemberExpansion.class))
    @QueryParam("expand")
    public @Nullable String expand;

    @QueryParam("limit")
    public @Nullable String limit;

    @QueryParam("cursor")
    public @Nullable String cursor;

    /**
     * The same, understood.
     *
     * @throws ProblemException 400 that names the parameter at fault
     */
    Asked read() {
        var words = Params.optionalText("q", text, LONGEST_TEXT);
        var order = Params.optionalWord("sort", sort, MemberOrder.class);
        if (words != null && order == MemberOrder.ID) {
            throw Problem.badRequest("sort", "must be name where q is given").exception();
        }
        var ofRole = Params.optionalWord("role", role, MemberRole.class);
        var takesPart = Params.optionalFlag("active", active);
        return new Asked(
                words,
                ofRole == null ? List.of(MemberRole.values()) : List.of(ofRole),
                takesPart == null ? List.of(true, false) : List.of(takesPart),
                words != null || order == MemberOrder.NAME ? MemberOrder.NAME : MemberOrder.ID,
                Params.optionalWord("expand", expand, MemberExpansion.class) != null,
                PageRequest.of(limit, cursor));
    }

    /** Which members are asked for, in which order, and which page of them. */
    record Asked(
            @Nullable String text,
            List<MemberRole> roles,
            List<Boolean> active,
            MemberOrder order,
            boolean withBalances,
            PageRequest page) {}
}
