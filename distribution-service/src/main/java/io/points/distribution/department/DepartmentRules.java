package io.points.distribution.department;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a department can be, and who gives from which. Plain decisions: no clock, no randomness, no I/O. */
public final class DepartmentRules {

    /** So many levels has the tree: the first are departments of no department. */
    static final int MOST_LEVELS = 5;

    /** So many characters has a name at most. */
    static final int LONGEST_NAME = 200;

    /** So many give from one at most. */
    static final int MOST_MANAGERS = 100;

    /** So many departments has a tenant, closed ones included. */
    static final int MOST = 1_000;

    /** Why a department cannot be so. */
    enum Fault {
        TOO_MANY("A tenant has at most " + MOST + " departments, closed ones included."),
        PARENT_UNKNOWN("is not a department of your tenant"),
        PARENT_CLOSED("is a closed department"),
        PART_OF_ITSELF("must not be the department itself, or a part of it"),
        TOO_DEEP("would make the tree deeper than " + MOST_LEVELS + " levels"),
        HAS_PARTS("Other departments are part of it: close them, or move them elsewhere, first."),
        HAS_MEMBERS("Active members belong to it: move them elsewhere first.");

        private final String text;

        Fault(String text) {
            this.text = text;
        }

        /** What is wrong: a sentence, or what follows the name of the field that names the parent. */
        String text() {
            return text;
        }
    }

    /** Why nothing can be given from a department, or put into it. */
    public enum Refusal {
        UNKNOWN,
        CLOSED,
        NOT_YOURS,
        DEPARTMENT_REQUIRED
    }

    private DepartmentRules() {}

    /**
     * What is wrong with a department; empty if nothing is.
     *
     * @param all the tenant's departments before, by their ids
     * @param to what the department is to be; the others stay as they are
     * @param hasMembers whether active members belong to it
     */
    static Optional<Fault> fault(Map<UUID, Department> all, Department to, boolean hasMembers) {
        var before = all.get(to.id());
        if (before == null && all.size() >= MOST) {
            return Optional.of(Fault.TOO_MANY);
        }
        var misplaced = misplaced(all, to);
        if (misplaced.isPresent()) {
            return misplaced;
        }
        if (!to.closed() || before != null && before.closed()) {
            return Optional.empty();
        }
        boolean hasParts = all.values().stream()
                .anyMatch(other -> !other.closed() && to.id().equals(other.parentId()));
        if (hasParts) {
            return Optional.of(Fault.HAS_PARTS);
        }
        return hasMembers ? Optional.of(Fault.HAS_MEMBERS) : Optional.empty();
    }

    /** Why a department cannot be part of the one that it is to be part of; empty if it can. */
    static Optional<Fault> misplaced(Map<UUID, Department> all, Department to) {
        if (to.parentId() == null) {
            return Optional.empty();
        }
        var parent = all.get(to.parentId());
        if (to.id().equals(to.parentId())) {
            return Optional.of(Fault.PART_OF_ITSELF);
        }
        if (parent == null) {
            return Optional.of(Fault.PARENT_UNKNOWN);
        }
        if (parent.closed() && !to.closed()) {
            return Optional.of(Fault.PARENT_CLOSED);
        }
        int above = 0;
        for (Department one = parent; one != null; one = one.parentId() == null ? null : all.get(one.parentId())) {
            if (one.id().equals(to.id())) {
                return Optional.of(Fault.PART_OF_ITSELF);
            }
            above++;
        }
        return above + levels(all.values(), to.id()) > MOST_LEVELS ? Optional.of(Fault.TOO_DEEP) : Optional.empty();
    }

    /** How many levels a department has with all that is part of it. */
    private static int levels(Collection<Department> all, UUID top) {
        var partsOf = all.stream()
                .filter(it -> it.parentId() != null)
                .collect(Collectors.groupingBy(it -> Objects.requireNonNull(it.parentId())));
        int levels = 0;
        for (var level = Set.of(top); !level.isEmpty(); levels++) {
            var next = new HashSet<UUID>();
            level.forEach(id -> partsOf.getOrDefault(id, List.of()).forEach(part -> next.add(part.id())));
            level = next;
        }
        return levels;
    }

    /**
     * Why a manager cannot give from a department, or from none; empty if they can.
     *
     * @param named the department; null for none
     * @param found the tenant's departments that were looked for
     * @param scope the departments that the manager gives from, and from nothing else; null: from any, or none
     */
    public static Optional<Refusal> giving(
            @Nullable UUID named, Function<UUID, @Nullable Department> found, @Nullable Set<UUID> scope) {
        var refusal = taking(named, found, scope);
        return refusal.isPresent() ? refusal : putting(named, found);
    }

    /** As {@link #giving}, but points can be taken out of a closed department, too. */
    public static Optional<Refusal> taking(
            @Nullable UUID named, Function<UUID, @Nullable Department> found, @Nullable Set<UUID> scope) {
        if (named == null) {
            return scope == null ? Optional.empty() : Optional.of(Refusal.DEPARTMENT_REQUIRED);
        }
        if (found.apply(named) == null) {
            return Optional.of(Refusal.UNKNOWN);
        }
        return scope == null || scope.contains(named) ? Optional.empty() : Optional.of(Refusal.NOT_YOURS);
    }

    /** Why nothing can be put into a department's envelope; empty if it can, and into none. */
    public static Optional<Refusal> putting(@Nullable UUID named, Function<UUID, @Nullable Department> found) {
        if (named == null) {
            return Optional.empty();
        }
        var department = found.apply(named);
        if (department == null) {
            return Optional.of(Refusal.UNKNOWN);
        }
        return department.closed() ? Optional.of(Refusal.CLOSED) : Optional.empty();
    }
}
