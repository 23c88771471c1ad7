package io.points.allocation.pool;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an answer says of a department's envelope.
 *
 * @param entry number of the envelope's entry
 * @param balance points in the envelope afterwards
 */
record DepartmentBalance(UUID departmentId, long entry, long balance) {

    static DepartmentBalance of(DepartmentPool after) {
        return new DepartmentBalance(after.departmentId(), after.entryNumber(), after.balance());
    }

    static @Nullable UUID idOf(@Nullable DepartmentBalance department) {
        return department == null ? null : department.departmentId();
    }

    static @Nullable Long entryOf(@Nullable DepartmentBalance department) {
        return department == null ? null : department.entry();
    }

    static @Nullable Long balanceOf(@Nullable DepartmentBalance department) {
        return department == null ? null : department.balance();
    }
}
