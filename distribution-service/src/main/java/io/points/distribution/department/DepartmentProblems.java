package io.points.distribution.department;

import io.points.platform.web.problem.Problem;

/** The problems with which requests about departments are refused. */
public final class DepartmentProblems {

    private DepartmentProblems() {}

    /**
     * @param field that names the department, or should
     */
    public static Problem of(DepartmentRules.Refusal refusal, String field) {
        return switch (refusal) {
            case UNKNOWN -> Problem.notFound("department").withError(field, "is not a department of your tenant");
            case CLOSED ->
                Problem.of(
                                409,
                                "department-closed",
                                "The department is closed",
                                "Nothing is given from it, and nothing is put into its envelope; no points were moved.")
                        .withError(field, "is a closed department");
            case NOT_YOURS ->
                notYours("You give from your own departments only; no points were moved.")
                        .withError(field, "is not a department that you give from");
            case DEPARTMENT_REQUIRED ->
                notYours("You give from your own departments only, so the request must name one; no points were moved.")
                        .withError(field, "is required for whoever gives from some departments only");
        };
    }

    static Problem of(DepartmentRules.Fault fault) {
        return switch (fault) {
            case TOO_MANY ->
                inUse("A tenant has at most " + DepartmentRules.MOST + " departments, closed ones included.");
            case PARENT_UNKNOWN -> Problem.badRequest("parent_id", "is not a department of your tenant");
            case PARENT_CLOSED -> Problem.badRequest("parent_id", "is a closed department");
            case PART_OF_ITSELF ->
                Problem.badRequest("parent_id", "must not be the department itself, or a part of it");
            case TOO_DEEP ->
                Problem.badRequest(
                        "parent_id", "would make the tree deeper than " + DepartmentRules.MOST_LEVELS + " levels");
            case HAS_PARTS -> inUse("Other departments are part of it: close them, or move them elsewhere, first.");
            case HOLDS_POINTS -> inUse("Its envelope holds points: empty it first.");
        };
    }

    /** Of a batch, which comes out of no department's envelope. */
    public static Problem ofBatch() {
        return notYours(
                "You give from your own departments only, and a batch comes out of no department's envelope; no points"
                        + " were moved.");
    }

    static Problem scoped() {
        return notYours("Whoever gives from some departments only does not change departments; nothing was changed.");
    }

    private static Problem notYours(String detail) {
        return Problem.of(403, "not-your-department", "It is not your department", detail);
    }

    private static Problem inUse(String detail) {
        return Problem.of(409, "department-in-use", "The department is in use", detail + " Nothing was changed.");
    }
}
