package io.points.billing.period;

import io.points.billing.statement.Document;
import io.points.billing.statement.Revision;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A month as finance sees it. */
@Schema(name = "Period")
record PeriodView(
        UUID tenantId,

        @Schema(examples = "2026-01") String period,

        @Schema(
                enumeration = {"open", "soft_closed", "closed", PeriodRules.NOT_BEGUN, PeriodRules.BEFORE_TENANT},
                description = "not_begun of a month in the future, before_tenant of one before the tenant's first")
        String state,

        @Schema(description = "SHA-256 of the closed statement's JSON") @Nullable
        String statementSha256,

        @Schema(description = "Who has proposed to reopen it, and waits for somebody else") @Nullable
        UUID reopeningProposedBy,

        @Schema(description = "When that proposal lapses, unless somebody decides before") @Nullable
        Instant reopeningLapsesAt,

        @Schema(description = "What was done with it, oldest first")
        List<StepView> steps,

        @Schema(description = "The statements that were issued for it, oldest first; each can be asked for")
        List<Revision> revisions) {

    /** Something that was done. */
    @Schema(name = "PeriodStep")
    record StepView(
            @Schema(
                    enumeration = {
                        "soft_closed",
                        "soft_close_undone",
                        "closed",
                        "reopening_proposed",
                        "reopening_rejected",
                        "reopening_withdrawn",
                        "reopening_lapsed",
                        "reopened"
                    })
            String action,

            String reason,

            @Schema(description = "Who did it; of a proposal that has lapsed, who made it")
            UUID createdBy,

            Instant createdAt,
            @Nullable String statementSha256) {}

    static PeriodView of(Periods.Month month, Periods.Shown shown) {
        var history = shown.history();
        return new PeriodView(
                month.tenantId(),
                month.period().toString(),
                shown.word(),
                sha256(history.document()),
                history.proposedBy(),
                history.proposedBy() == null ? null : PeriodRules.lapsesAt(history.proposal()),
                history.steps().stream()
                        .map(it ->
                                new StepView(it.action().word(), it.reason(), it.by(), it.at(), sha256(it.document())))
                        .toList(),
                history.revisions());
    }

    private static @Nullable String sha256(@Nullable Document document) {
        return document == null ? null : document.sha256();
    }
}
