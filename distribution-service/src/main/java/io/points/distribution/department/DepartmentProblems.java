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
            case PARENT_UNKNOWN, PARENT_CLOSED, PART_OF_ITSELF, TOO_DEEP ->
                Problem.badRequest("parent_id", fault.text());
            case TOO_MANY, HAS_PARTS, HAS_MEMBERS -> inUse(fault.text());
        };
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
