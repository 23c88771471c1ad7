package io.points.distribution.department;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.distribution.department.DepartmentRules.Fault;
import io.points.distribution.department.DepartmentRules.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DepartmentRulesTest {

    private static final UUID TENANT = UUID.randomUUID();

    private final Map<UUID, Department> all = new HashMap<>();

    @Test
    void aDepartmentIsPartOfAnotherOrOfNone() {
        var top = add(null);
        assertFault(null, open(UUID.randomUUID(), null));
        assertFault(null, open(UUID.randomUUID(), top));
        assertFault(Fault.PARENT_UNKNOWN, open(UUID.randomUUID(), UUID.randomUUID()));
    }

    @Test
    void nothingIsPartOfItselfNorOfItsParts() {
        var top = add(null);
        var part = add(top);
        var partOfPart = add(part);
        assertFault(Fault.PART_OF_ITSELF, open(top, top));
        assertFault(Fault.PART_OF_ITSELF, open(top, part));
        assertFault(Fault.PART_OF_ITSELF, open(top, partOfPart));
        assertFault(null, open(partOfPart, top));
    }

    @Test
    void theTreeHasFiveLevelsAtMost() {
        var level = new ArrayList<UUID>();
        level.add(add(null));
        for (int i = 1; i < 5; i++) {
            level.add(add(level.get(i - 1)));
        }
        assertFault(Fault.TOO_DEEP, open(UUID.randomUUID(), level.get(4)));
        assertFault(null, open(UUID.randomUUID(), level.get(3)));
        // With all that is part of it, a department of two levels fits below the third.
        var top = add(null);
        add(top);
        assertFault(null, open(top, level.get(2)));
        assertFault(Fault.TOO_DEEP, open(top, level.get(3)));
    }

    @Test
    void aTenantHasNoMoreThanAThousand() {
        for (int i = 0; i < 1_000; i++) {
            add(null);
        }
        assertFault(Fault.TOO_MANY, open(UUID.randomUUID(), null));
        assertFault(null, open(all.keySet().iterator().next(), null));
        all.remove(all.keySet().iterator().next());
        assertFault(null, open(UUID.randomUUID(), null));
    }

    @Test
    void whatHasPartsOrMembersIsNotClosed() {
        var top = add(null);
        var part = add(top);
        assertFault(Fault.HAS_PARTS, closed(top, null));
        assertEquals(Optional.of(Fault.HAS_MEMBERS), DepartmentRules.fault(all, closed(part, top), true));
        assertFault(null, closed(part, top));
        all.put(part, closed(part, top));
        assertFault(null, closed(top, null));
        // Who came back to it meanwhile keeps nobody from renaming it.
        assertEquals(Optional.empty(), DepartmentRules.fault(all, closed(part, top), true));
    }

    @Test
    void nothingOpenIsPartOfWhatIsClosed() {
        var top = add(null);
        var part = add(top);
        all.put(top, closed(top, null));
        assertFault(Fault.PARENT_CLOSED, open(UUID.randomUUID(), top));
        assertFault(Fault.PARENT_CLOSED, open(part, top));
        assertFault(null, closed(part, top));
    }

    @Test
    void whoeverIsListedNowhereGivesFromAnyOrFromNone() {
        var sales = add(null);
        assertEquals(Optional.empty(), giving(null, null));
        assertEquals(Optional.empty(), giving(sales, null));
    }

    @Test
    void whoeverIsListedGivesFromThoseOnly() {
        var sales = add(null);
        var support = add(null);
        assertEquals(Optional.empty(), giving(sales, Set.of(sales)));
        assertEquals(Optional.of(Refusal.NOT_YOURS), giving(support, Set.of(sales)));
        assertEquals(Optional.of(Refusal.DEPARTMENT_REQUIRED), giving(null, Set.of(sales)));
    }

    @Test
    void nobodyGivesFromWhatIsUnknownOrClosed() {
        var sales = add(null);
        all.put(sales, closed(sales, null));
        assertEquals(Optional.of(Refusal.CLOSED), giving(sales, null));
        assertEquals(Optional.of(Refusal.UNKNOWN), giving(UUID.randomUUID(), null));
        // Whose it would be makes no difference to what does not exist.
        assertEquals(Optional.of(Refusal.UNKNOWN), giving(UUID.randomUUID(), Set.of(sales)));
    }

    @Test
    void whatIsClosedCanBeEmptiedAndNotFilled() {
        var sales = add(null);
        all.put(sales, closed(sales, null));
        assertEquals(Optional.empty(), DepartmentRules.taking(sales, all::get, null));
        assertEquals(Optional.of(Refusal.NOT_YOURS), DepartmentRules.taking(sales, all::get, Set.of()));
        assertEquals(Optional.of(Refusal.CLOSED), DepartmentRules.putting(sales, all::get));
        assertEquals(Optional.of(Refusal.UNKNOWN), DepartmentRules.putting(UUID.randomUUID(), all::get));
        assertEquals(Optional.empty(), DepartmentRules.putting(null, all::get));
    }

    private Optional<Refusal> giving(@Nullable UUID department, @Nullable Set<UUID> scope) {
        return DepartmentRules.giving(department, all::get, scope);
    }

    private UUID add(@Nullable UUID parent) {
        var id = UUID.randomUUID();
        all.put(id, open(id, parent));
        return id;
    }

    private static Department open(UUID id, @Nullable UUID parent) {
        return new Department(new Department.Key(TENANT, id), "Sales", parent, 1, false);
    }

    private static Department closed(UUID id, @Nullable UUID parent) {
        return new Department(new Department.Key(TENANT, id), "Sales", parent, 2, true);
    }

    private void assertFault(@Nullable Fault fault, Department to) {
        assertEquals(Optional.ofNullable(fault), DepartmentRules.fault(all, to, false));
    }
}
