package io.points.distribution.batch;

import io.points.platform.web.input.PointsAmount;
import io.points.platform.web.problem.Problem.FieldError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;

/** What the rows of a batch must be together. Plain Java. */
final class BatchRules {

    private BatchRules() {}

    /** Everything that is wrong, in the order of the rows; nothing if the rows make a batch. */
    static List<FieldError> faults(List<Row> rows) {
        var faults = new ArrayList<FieldError>();
        if (rows.isEmpty() || rows.size() > Batch.MOST_RECEIVERS) {
            faults.add(new FieldError(
                    "receivers", "must have 1 to " + Batch.MOST_RECEIVERS + " items, not " + rows.size()));
        }
        var first = new HashMap<UUID, Row>();
        long amount = 0;
        for (var row : rows) {
            var known = first.putIfAbsent(row.toUserId(), row);
            if (known != null) {
                faults.add(new FieldError(row.field("to_user_id"), "is already the receiver of row " + known.number()));
            }
            amount = Math.min(amount + row.amount(), Long.MAX_VALUE / 2);
        }
        if (amount > PointsAmount.MAX) {
            faults.add(new FieldError(
                    "amount", "of all rows together must be at most " + PointsAmount.MAX + ", not " + amount));
        }
        return faults;
    }
}
