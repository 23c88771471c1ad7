package io.points.distribution.department;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What an import comes to.
 *
 * @param outcomes of each line, in their order
 * @param departments those that are made or changed, as they are to be, each behind the one that it is part of
 * @param managers who is to give from a department, of those of which the file says it
 * @param moved the members who are to belong to another department than before, and to which
 */
record ImportPlan(
        List<Outcome> outcomes, List<Department> departments, Map<UUID, Set<UUID>> managers, Map<UUID, UUID> moved) {

    /** What becomes of a line. */
    @Schema(name = "DepartmentImportEffect")
    enum Effect {
        /** The department is made. */
        @JsonProperty("created")
        CREATED,
        /** The department becomes part of another one, or the member belongs to another one. */
        @JsonProperty("moved")
        MOVED,
        /** Others give from the department. */
        @JsonProperty("changed")
        CHANGED,
        /** It is so already. */
        @JsonProperty("unchanged")
        UNCHANGED,
        /** It cannot be, and so nothing of the file can. */
        @JsonProperty("refused")
        REFUSED
    }

    /**
     * @param fault why it is refused; null if it is not
     */
    record Outcome(int line, Effect effect, ImportRow.@Nullable Fault fault) {}

    /** The lines that cannot be. */
    List<Outcome> refused() {
        return outcomes.stream()
                .filter(outcome -> outcome.effect() == Effect.REFUSED)
                .toList();
    }

    int count(Effect effect) {
        return (int)
                outcomes.stream().filter(outcome -> outcome.effect() == effect).count();
    }
}
