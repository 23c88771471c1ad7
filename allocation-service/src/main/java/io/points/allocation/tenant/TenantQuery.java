package io.points.allocation.tenant;

import io.points.platform.web.input.Params;
import io.points.platform.web.input.PlainText;
import io.points.platform.web.paging.PageRequest;
import io.points.platform.web.problem.Problem;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which tenants are asked for, and in which order, as it was sent. */
public class TenantQuery {

    /** As long as a name may be, in characters. */
    private static final int LONGEST = 200;

    private static final Pattern BLANK = Pattern.compile(" ");

    /** Part of the name. */
    @Parameter(
            description = "Part of the name, without regard to case; every character stands for itself",
            schema = @Schema(type = SchemaType.STRING, minLength = 1, maxLength = LONGEST, pattern = PlainText.PATTERN))
    @QueryParam("q")
    public @Nullable String q;

    /** One of {@link TenantStatus}. */
    @Parameter(
            description = "Tenants in one status; all if absent",
            schema = @Schema(implementation = TenantStatus.class))
    @QueryParam("status")
    public @Nullable String status;

    /** One of {@link TenantSort}. */
    @Parameter(
            description =
                    "What they are listed by, id by default. By runway and last_allocation for platform admins only",
            schema = @Schema(implementation = TenantSort.class))
    @QueryParam("sort")
    public @Nullable String sort;

    /** One of {@link SortOrder}. */
    @Parameter(description = "asc by default", schema = @Schema(implementation = SortOrder.class))
    @QueryParam("order")
    public @Nullable String order;

    @QueryParam("limit")
    public @Nullable String limit;

    @QueryParam("cursor")
    public @Nullable String cursor;

    /**
     * The last tenant of a page.
     *
     * @param key what it was sorted by: a Long if {@link TenantSort#isNumber}, a String otherwise
     */
    record Position(Object key, UUID id) {}

    /** The question as it was understood. */
    record Understood(
            @Nullable String q,
            @Nullable TenantStatus status,
            TenantSort sort,
            SortOrder order,
            PageRequest page,
            @Nullable Position after) {

        String cursor(TenantList.Found found) {
            var id = found.tenant().tenantId().toString();
            return sort == TenantSort.ID ? id : sort.word() + " " + id + " " + found.key();
        }
    }

    /** Fails with a 400 problem that names the parameter at fault. */
    Understood understood() {
        var fault = q == null ? null : PlainText.Validator.fault(q, true, LONGEST);
        if (fault != null) {
            throw Problem.badRequest("q", fault).exception();
        }
        var sortedBy = Params.optionalWord("sort", sort, TenantSort.class);
        var by = sortedBy == null ? TenantSort.ID : sortedBy;
        var ordered = Params.optionalWord("order", order, SortOrder.class);
        var page = PageRequest.of(limit, cursor);
        return new Understood(
                q,
                Params.optionalWord("status", status, TenantStatus.class),
                by,
                ordered == null ? SortOrder.ASC : ordered,
                page,
                page.position(text -> position(by, text)));
    }

    private static Position position(TenantSort sort, String text) {
        if (sort == TenantSort.ID) {
            return new Position("", Params.uuid("cursor", text));
        }
        var parts = BLANK.split(text, 3);
        if (parts.length < 3 || !parts[0].equals(sort.word()) || text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(text);
        }
        return new Position(sort.isNumber() ? Long.valueOf(parts[2]) : parts[2], Params.uuid("cursor", parts[1]));
    }
}
