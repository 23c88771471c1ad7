package io.points.distribution.batch;

import io.points.contract.RefusalReason;
import io.points.distribution.limit.Judgements;
import io.points.distribution.rule.Giving;
import io.points.platform.web.problem.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What of a batch would be refused, as far as this service can tell.
 *
 * @param lines those that nobody can be awarded for, and of single awards those that a rule refuses
 * @param rule that refuses one that is all or nothing, or the first line that a rule refuses; null if none does
 */
record BatchRefusals(List<Refused> lines, @Nullable String rule) {

    /**
     * One line.
     *
     * @param rule that refuses it; null if it is none
     */
    record Refused(
            Batch.Line line, RefusalReason reason, @Nullable String rule) {}

    /** Judges what nobody is ineligible for, in the order of the lines. */
    static BatchRefusals of(Batch batch, List<Batch.Line> ineligible, Judgements judgements) {
        var refused = new ArrayList<Refused>();
        ineligible.forEach(line -> refused.add(new Refused(line, RefusalReason.RECEIVER_NOT_ELIGIBLE, null)));
        if (batch.mode() == Batch.Mode.ALL_OR_NOTHING) {
            return new BatchRefusals(refused, rule(judgements, batch.id(), batch.giving()));
        }
        var skipped = new HashSet<>(ineligible);
        String first = null;
        for (var line : batch.lines()) {
            var rule = skipped.contains(line) ? null : rule(judgements, line.distributionId(), batch.giving(line));
            if (rule != null) {
                refused.add(new Refused(line, RefusalReason.LIMIT_EXCEEDED, rule));
                first = first == null ? rule : first;
            }
        }
        return new BatchRefusals(refused, first);
    }

    private static @Nullable String rule(Judgements judgements, UUID id, Giving giving) {
        return judgements.refusal(id, giving).map(BatchRefusals::rule).orElse(null);
    }

    private static String rule(Problem problem) {
        return String.valueOf(problem.extensions().get("rule"));
    }
}
