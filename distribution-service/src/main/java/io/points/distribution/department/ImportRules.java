package io.points.distribution.department;

import io.points.contract.Ids;
import io.points.distribution.department.ImportPlan.Effect;
import io.points.distribution.department.ImportPlan.Outcome;
import io.points.distribution.department.ImportRow.Fault;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the lines of an import come to, one after the other: a line may name what a line above it has made. Plain decisions: no clock, no
 * randomness, no I/O.
 */
final class ImportRules {

    private static final String UNKNOWN = "is not a department of your tenant, nor of a line above";

    /**
     * What is known of a member.
     *
     * @param mayManage whether they are an active manager
     * @param departmentId the department that they belong to; null if to none
     */
    record Person(boolean mayManage, @Nullable UUID departmentId) {}

    /**
     * What there is before.
     *
     * @param departments all of the tenant, by their ids
     * @param managers who gives from a department; nothing of those from which nobody in particular gives
     * @param people those of whom the file tells
     */
    record Known(Map<UUID, Department> departments, Map<UUID, Set<UUID>> managers, Map<UUID, Person> people) {}

    /** What a cell that names a department stands for: one of both is null. */
    private record Found(
            @Nullable Department department, @Nullable String fault) {}

    private final UUID tenantId;
    private final Known known;
    private final Supplier<UUID> newIds;
    private final Map<UUID, Department> all;
    private final Map<UUID, Integer> lineOfDepartment = new HashMap<>();
    private final Map<UUID, Integer> lineOfMember = new HashMap<>();
    private final Map<UUID, Department> changed = new LinkedHashMap<>();
    private final Map<UUID, Set<UUID>> managers = new LinkedHashMap<>();
    private final Map<UUID, UUID> moved = new LinkedHashMap<>();

    private ImportRules(UUID tenantId, Known known, Supplier<UUID> newIds) {
        this.tenantId = tenantId;
        this.known = known;
        this.newIds = newIds;
        all = new LinkedHashMap<>(known.departments());
    }

    /**
     * What the lines come to.
     *
     * @param newIds of the departments that are made
     */
    static ImportPlan plan(UUID tenantId, Known known, List<ImportRow> rows, Supplier<UUID> newIds) {
        var rules = new ImportRules(tenantId, known, newIds);
        var outcomes = rows.stream().map(rules::outcome).toList();
        return new ImportPlan(outcomes, List.copyOf(rules.changed.values()), rules.managers, rules.moved);
    }

    private Outcome outcome(ImportRow row) {
        if (row.fault() != null) {
            return refused(row, row.fault());
        }
        var member = row.member();
        return member == null ? ofDepartment(row) : ofMember(row, member);
    }

    private Outcome ofDepartment(ImportRow row) {
        var named = find(row.department());
        var before = named.department();
        if (before == null && !isNew(row.department())) {
            return refused(row, "department", Objects.requireNonNull(named.fault()));
        }
        var above = before == null ? null : lineOfDepartment.get(before.id());
        if (above != null) {
            return refused(row, "department", "is already in line " + above);
        }
        var parentId = before == null ? null : before.parentId();
        if (row.parent() != null) {
            var parent = find(row.parent());
            if (parent.department() == null) {
                return refused(row, "parent", Objects.requireNonNull(parent.fault()));
            }
            parentId = parent.department().id();
        }
        var after = before == null
                ? new Department(new Department.Key(tenantId, newIds.get()), row.department(), parentId, 1, false)
                : new Department(before.key(), before.name(), parentId, before.revision() + 1, false);
        var fault = DepartmentRules.misplaced(all, after);
        if (fault.isPresent()) {
            return refused(row, "parent", fault.get().text());
        }
        if (before == null && all.size() >= DepartmentRules.MOST) {
            return refused(
                    row,
                    "department",
                    "would be one more than the " + DepartmentRules.MOST + " that a tenant has at most");
        }
        var giving = row.managers() == null ? null : new TreeSet<>(row.managers());
        if (giving != null) {
            var giveAlready = known.managers().getOrDefault(after.id(), Set.of());
            var unfit = giving.stream()
                    .filter(id -> !giveAlready.contains(id) && !mayManage(id))
                    .findFirst();
            if (unfit.isPresent()) {
                return refused(row, "managers", unfit.get() + " is not an active manager of your tenant");
            }
        }
        return take(row, before, after, giving);
    }

    private Outcome take(ImportRow row, @Nullable Department before, Department after, @Nullable Set<UUID> giving) {
        var othersGive = giving != null && !giving.equals(known.managers().getOrDefault(after.id(), Set.of()));
        Effect effect;
        if (before == null) {
            effect = Effect.CREATED;
        } else if (!Objects.equals(before.parentId(), after.parentId())) {
            effect = Effect.MOVED;
        } else {
            effect = othersGive ? Effect.CHANGED : Effect.UNCHANGED;
        }
        lineOfDepartment.put(after.id(), row.line());
        if (effect != Effect.UNCHANGED) {
            all.put(after.id(), after);
            changed.put(after.id(), after);
        }
        if (othersGive) {
            managers.put(after.id(), giving);
        }
        return new Outcome(row.line(), effect, null);
    }

    private Outcome ofMember(ImportRow row, UUID member) {
        if (row.parent() != null) {
            return refused(row, "parent", "must be empty in the line of a member");
        }
        if (row.managers() != null) {
            return refused(row, "managers", "must be empty in the line of a member");
        }
        var above = lineOfMember.putIfAbsent(member, row.line());
        if (above != null) {
            return refused(row, "member", "is already in line " + above);
        }
        var named = find(row.department());
        if (named.department() == null) {
            return refused(row, "department", Objects.requireNonNull(named.fault()));
        }
        var person = known.people().get(member);
        if (person == null) {
            return refused(row, "member", "is not a member of your tenant");
        }
        var department = named.department().id();
        if (department.equals(person.departmentId())) {
            return new Outcome(row.line(), Effect.UNCHANGED, null);
        }
        moved.put(member, department);
        return new Outcome(row.line(), Effect.MOVED, null);
    }

    private boolean mayManage(UUID user) {
        var person = known.people().get(user);
        return person != null && person.mayManage();
    }

    /** Whether a name is free: no open department has it. What looks like an id is no name. */
    private boolean isNew(String cell) {
        return Ids.parse(cell) == null && open(cell).isEmpty();
    }

    private List<Department> open(String name) {
        return all.values().stream()
                .filter(one -> !one.closed() && one.name().equals(name))
                .toList();
    }

    private Found find(String cell) {
        var id = Ids.parse(cell);
        if (id != null) {
            var department = all.get(id);
            if (department == null) {
                return new Found(null, UNKNOWN);
            }
            return department.closed() ? new Found(null, "is a closed department") : new Found(department, null);
        }
        var open = open(cell);
        if (open.size() > 1) {
            return new Found(null, "is the name of several departments: use the id");
        }
        if (open.size() == 1) {
            return new Found(open.get(0), null);
        }
        boolean isClosed = all.values().stream().anyMatch(one -> one.name().equals(cell));
        return new Found(null, isClosed ? "is a closed department" : UNKNOWN);
    }

    private static Outcome refused(ImportRow row, String column, String why) {
        return refused(row, new Fault(column, why));
    }

    private static Outcome refused(ImportRow row, Fault fault) {
        return new Outcome(row.line(), Effect.REFUSED, fault);
    }
}
