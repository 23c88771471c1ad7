package io.points.distribution.award;

import io.points.distribution.department.Department;
import io.points.distribution.department.DepartmentProblems;
import io.points.distribution.department.DepartmentRules;
import io.points.distribution.member.Directory;
import io.points.distribution.saga.Distribution;
import io.points.platform.web.problem.Problem;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the directory says of givers and receivers, and the departments that are named. */
record Parties(Map<Directory.Key, Directory.Membership> members, Map<Department.Key, Department> departments) {

    Parties with(Map<Department.Key, Department> more) {
        if (more.isEmpty()) {
            return this;
        }
        var all = new HashMap<>(departments);
        all.putAll(more);
        return new Parties(members, all);
    }

    /** Whether the department that it comes out of gives anything; so does none. */
    boolean isOpen(Distribution requested) {
        return DepartmentRules.putting(requested.departmentId(), departmentsOf(requested))
                .isEmpty();
    }

    /** Why it cannot come from its department, or from none. */
    Optional<Problem> refusal(Distribution requested) {
        return DepartmentRules.giving(requested.departmentId(), departmentsOf(requested), scope(requested))
                .map(why -> DepartmentProblems.of(why, "department_id"));
    }

    /** Why a transfer cannot be. */
    Optional<Problem> refusalOfTransfer(Distribution requested) {
        return DepartmentRules.taking(requested.departmentId(), departmentsOf(requested), scope(requested))
                .map(why -> DepartmentProblems.of(why, "from_department_id"))
                .or(() -> refusalOfTarget(requested, "to_department_id"));
    }

    /** Why nothing can be put where it goes. */
    Optional<Problem> refusalOfTarget(Distribution requested, String field) {
        return DepartmentRules.putting(requested.toDepartmentId(), departmentsOf(requested))
                .map(why -> DepartmentProblems.of(why, field));
    }

    /** What names no department goes into the one that its owner belongs to, if they belong to one. */
    Distribution intoADepartment(Distribution returned) {
        var owner = members.get(giverOf(returned));
        return returned.toDepartmentId() != null || owner == null || owner.belongsTo() == null
                ? returned
                : returned.between(null, owner.belongsTo());
    }

    private Function<UUID, @Nullable Department> departmentsOf(Distribution requested) {
        return id -> departments.get(new Department.Key(requested.tenantId(), id));
    }

    private @Nullable Set<UUID> scope(Distribution requested) {
        var giver = members.get(giverOf(requested));
        return giver == null ? null : giver.givesFrom();
    }

    /** Who gives it, in the directory. */
    static Directory.Key giverOf(Distribution requested) {
        return new Directory.Key(requested.tenantId(), requested.fromUserId());
    }
}
