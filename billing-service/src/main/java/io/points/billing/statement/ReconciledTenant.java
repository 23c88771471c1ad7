package io.points.billing.statement;

import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A tenant on the list of reconciliations: whether its books agree, without the figures. */
@Schema(name = "ReconciledTenant")
record ReconciledTenant(
        UUID tenantId,

        @Schema(description = "As it is called; null if billing has not been told") @Nullable
        String tenantName,

        @Schema(description = "Whether there is no difference")
        boolean agrees,

        @Schema(description = "How many differences there are")
        int differences,

        @Schema(description = "Of which kinds, each once; see reconcileTenant")
        List<String> kinds,

        @Schema(
                enumeration = {"agrees", "behind", "differs", "unheard"},
                description = "How the tables compare with what audit-service has counted")
        String audit,

        @Schema(description = "All movements of the pool up to this version are known")
        long contiguousVersion) {

    static ReconciledTenant of(Reconciliation it, @Nullable String name) {
        return new ReconciledTenant(
                it.tenantId(),
                name,
                it.agrees(),
                it.differences().size(),
                it.differences().stream()
                        .map(Reconciliation.Difference::kind)
                        .distinct()
                        .sorted()
                        .toList(),
                it.audit().state(),
                it.contiguousVersion());
    }
}
