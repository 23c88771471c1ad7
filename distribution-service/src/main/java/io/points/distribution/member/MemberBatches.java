package io.points.distribution.member;

import io.points.distribution.member.MemberRules.Wish;
import io.points.platform.web.caller.Caller;
import io.points.platform.web.idempotency.IdempotentRequests;
import io.points.platform.web.idempotency.Repeatable;
import io.points.platform.web.input.Params;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.Problem.FieldError;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Enrols or changes many members at once, in whichever form they came: all of them, or nobody. */
@ApplicationScoped
class MemberBatches {

    private final Members members;
    private final MemberTexts texts;
    private final IdempotentRequests requests;
    private final Caller caller;

    MemberBatches(Members members, MemberTexts texts, IdempotentRequests requests, Caller caller) {
        this.members = members;
        this.texts = texts;
        this.requests = requests;
        this.caller = caller;
    }

    /** What came of it, or of a dry run: what would come of it. */
    @Schema(name = "MemberEnrolmentResult")
    record Result(
            @Schema(description = "How many the request names")
            int members,

            @Schema(description = "How many of them are new")
            int enrolled,

            @Schema(description = "How many of them existed, and were changed")
            int changed,

            @Schema(description = "How many of them were there already as they are asked for")
            int unchanged) {
        static Result of(Members.Counts counts) {
            return new Result(
                    counts.enrolled() + counts.changed() + counts.unchanged(),
                    counts.enrolled(),
                    counts.changed(),
                    counts.unchanged());
        }
    }

    Uni<Response> put(EnrolMembers body, Repeatable request, @Nullable String dryRun) {
        var faults = new ArrayList<FieldError>();
        return put(body.rows(faults), faults, request, dryRun, body);
    }

    Uni<Response> put(byte[] csv, Repeatable request, @Nullable String dryRun) {
        var faults = new ArrayList<FieldError>();
        var rows = MemberCsv.read(csv, faults);
        return put(rows, faults, request, dryRun, rows);
    }

    private Uni<Response> put(
            List<MemberRow> rows, List<FieldError> faults, Repeatable request, @Nullable String dryRun, Object body) {
        if (faults.isEmpty()) {
            faults.addAll(MemberBatchRules.faults(rows));
        }
        rows.forEach(row -> faults.addAll(
                texts.faults(row.place(), row.wish().displayName(), row.wish().email())));
        if (!faults.isEmpty()) {
            throw Problem.badRequest(faults).exception();
        }
        var tenant = caller.tenantId();
        var wishes = wishes(rows);
        if (Params.flag("dry_run", dryRun)) {
            return members.check(tenant, wishes)
                    .map(counts -> Response.ok(Result.of(counts)).build());
        }
        var by = caller.actor();
        return requests.ofTenant(
                tenant, request, body, tx -> members.put(tx, tenant, wishes, by).map(Result::of));
    }

    private static Map<UUID, Wish> wishes(List<MemberRow> rows) {
        var wishes = new LinkedHashMap<UUID, Wish>();
        rows.forEach(row -> wishes.put(row.userId(), row.wish()));
        return wishes;
    }
}
