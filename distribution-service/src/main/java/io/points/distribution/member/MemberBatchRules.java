package io.points.distribution.member;

import io.points.platform.web.problem.Problem.FieldError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;

/** What the rows of a request for many members must be together. Plain Java. */
final class MemberBatchRules {

    /** The most members that one request may name. */
    static final int MOST_MEMBERS = 10_000;

    private MemberBatchRules() {}

    /** Everything that is wrong, in the order of the rows; nothing if the rows can be carried out together. */
    static List<FieldError> faults(List<MemberRow> rows) {
        var faults = new ArrayList<FieldError>();
        if (rows.isEmpty() || rows.size() > MOST_MEMBERS) {
            faults.add(new FieldError("members", "must have 1 to " + MOST_MEMBERS + " items, not " + rows.size()));
        }
        var first = new HashMap<UUID, MemberRow>();
        for (var row : rows) {
            var known = row.userId() == null ? null : first.putIfAbsent(row.userId(), row);
            if (known != null) {
                faults.add(new FieldError(row.place() + "user_id", "is already in row " + known.number()));
            }
        }
        return faults;
    }
}
