package io.points.distribution.department;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A line of an import: a department, or a member who belongs to one.
 *
 * @param line the header is line 1
 * @param department its name, or its id
 * @param parent the name or id of the department that it is part of; null: nothing is said of it
 * @param managers who gives from it; null: nothing is said of them
 * @param member who belongs to it; null if the line is about the department
 * @param fault what keeps the line from being understood; null if nothing does
 */
record ImportRow(
        int line,
        String department,
        @Nullable String parent,
        @Nullable List<UUID> managers,
        @Nullable UUID member,
        @Nullable Fault fault) {

    /** The most lines that a file has, without the header. */
    static final int MOST = 10_000;

    /** What is wrong with a line, and in which of its cells. */
    record Fault(String column, String why) {}
}
