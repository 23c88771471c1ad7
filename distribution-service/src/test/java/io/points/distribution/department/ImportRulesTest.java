package io.points.distribution.department;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.distribution.department.ImportPlan.Effect;
import io.points.distribution.department.ImportPlan.Outcome;
import io.points.distribution.department.ImportRow.Fault;
import io.points.distribution.department.ImportRules.Known;
import io.points.distribution.department.ImportRules.Person;
import io.points.testing.ArchitectureRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ImportRulesTest {

    private static final UUID TENANT = UUID.randomUUID();
    private static final UUID MANAGER = UUID.randomUUID();
    private static final UUID ADA = UUID.randomUUID();

    private final Map<UUID, Department> all = new HashMap<>();
    private final Map<UUID, Set<UUID>> managers = new HashMap<>();
    private final Map<UUID, Person> people =
            new HashMap<>(Map.of(MANAGER, new Person(true, null), ADA, new Person(false, null)));
    private final List<ImportRow> rows = new ArrayList<>();

    @Test
    void aLineMayNameWhatALineAboveItHasMade() {
        department("Sales", null);
        department("Field", "Sales");
        member("Field", ADA);
        var plan = plan();
        assertEffects(plan, Effect.CREATED, Effect.CREATED, Effect.MOVED);
        var sales = plan.departments().get(0);
        var field = plan.departments().get(1);
        assertEquals(new Department(sales.key(), "Sales", null, 1, false), sales);
        assertEquals(new Department(field.key(), "Field", sales.id(), 1, false), field);
        assertEquals(Map.of(ADA, field.id()), plan.moved());
    }

    @Test
    void aLineMayNotNameWhatALineBelowItMakes() {
        department("Field", "Sales");
        department("Sales", null);
        var plan = plan();
        assertEffects(plan, Effect.REFUSED, Effect.CREATED);
        assertFault(plan, 2, "parent", "is not a department of your tenant, nor of a line above");
    }

    @Test
    void whatIsSoAlreadyStaysAndAnEmptyParentSaysNothing() {
        var sales = add("Sales", null);
        var field = add("Field", sales);
        managers.put(field, Set.of(MANAGER));
        people.put(ADA, new Person(false, field));
        department("Field", null);
        department("Sales", null);
        member("Field", ADA);
        var plan = plan();
        assertEffects(plan, Effect.UNCHANGED, Effect.UNCHANGED, Effect.UNCHANGED);
        assertEquals(List.of(), plan.departments());
        assertEquals(Map.of(), plan.managers());
        assertEquals(Map.of(), plan.moved());
    }

    @Test
    void aDepartmentIsMovedByItsNameOrItsId() {
        var sales = add("Sales", null);
        var field = add("Field", null);
        department(field.toString(), sales.toString());
        var plan = plan();
        assertEffects(plan, Effect.MOVED);
        assertEquals(
                List.of(new Department(new Department.Key(TENANT, field), "Field", sales, 2, false)),
                plan.departments());
    }

    @Test
    void managersAreThoseOfTheLine() {
        var sales = add("Sales", null);
        var other = UUID.randomUUID();
        people.put(other, new Person(true, null));
        managers.put(sales, Set.of(MANAGER));
        rows.add(new ImportRow(2, "Sales", null, List.of(other, other), null, null));
        rows.add(new ImportRow(3, "Field", null, List.of(MANAGER), null, null));
        var plan = plan();
        assertEffects(plan, Effect.CHANGED, Effect.CREATED);
        assertEquals(Set.of(other), plan.managers().get(sales));
        assertEquals(
                Set.of(MANAGER), plan.managers().get(plan.departments().get(1).id()));
        assertEquals(2, plan.departments().get(0).revision());
    }

    @Test
    void managersThatAreSoAlreadyChangeNothing() {
        managers.put(add("Sales", null), Set.of(MANAGER));
        rows.add(new ImportRow(2, "Sales", null, List.of(MANAGER), null, null));
        assertEffects(plan(), Effect.UNCHANGED);
    }

    @Test
    void onlyActiveManagersGive() {
        rows.add(new ImportRow(2, "Sales", null, List.of(MANAGER, ADA), null, null));
        rows.add(new ImportRow(3, "Field", null, List.of(TENANT), null, null));
        var plan = plan();
        assertFault(plan, 2, "managers", ADA + " is not an active manager of your tenant");
        assertFault(plan, 3, "managers", TENANT + " is not an active manager of your tenant");
        assertEquals(List.of(), plan.departments());
    }

    @Test
    void whoIsNamedAlreadyMayBeNamedAgainThoughTheyAreNoManagerAnyMore() {
        managers.put(add("Sales", null), Set.of(ADA));
        rows.add(new ImportRow(2, "Sales", null, List.of(ADA), null, null));
        rows.add(new ImportRow(3, "Field", null, List.of(ADA), null, null));
        assertEffects(plan(), Effect.UNCHANGED, Effect.REFUSED);
    }

    @Test
    void theTreeStaysATree() {
        var sales = add("Sales", null);
        var field = add("Field", sales);
        add("Door to door", field);
        department("Sales", "Door to door");
        department("Field", "Field");
        var plan = plan();
        assertFault(plan, 2, "parent", "must not be the department itself, or a part of it");
        assertFault(plan, 3, "parent", "must not be the department itself, or a part of it");
    }

    @Test
    void linesThatAreFineOneByOneMakeNoCircleTogether() {
        add("One", null);
        add("Other", null);
        department("One", "Other");
        department("Other", "One");
        var plan = plan();
        assertEffects(plan, Effect.MOVED, Effect.REFUSED);
        assertFault(plan, 3, "parent", "must not be the department itself, or a part of it");
    }

    @Test
    void theTreeHasFiveLevelsAtMost() {
        department("1", null);
        for (int level = 2; level <= 6; level++) {
            department(level + "", level - 1 + "");
        }
        var plan = plan();
        assertEffects(
                plan, Effect.CREATED, Effect.CREATED, Effect.CREATED, Effect.CREATED, Effect.CREATED, Effect.REFUSED);
        assertFault(plan, 7, "parent", "would make the tree deeper than 5 levels");
    }

    @Test
    void aTenantHasAThousandDepartmentsAtMost() {
        for (int i = 0; i < 999; i++) {
            add("Department " + i, null);
        }
        department("Sales", null);
        department("Field", null);
        department("Department 7", null);
        var plan = plan();
        assertEffects(plan, Effect.CREATED, Effect.REFUSED, Effect.UNCHANGED);
        assertFault(plan, 3, "department", "would be one more than the 1000 that a tenant has at most");
    }

    @Test
    void aNameOfSeveralNamesNone() {
        var one = add("Sales", null);
        add("Sales", null);
        department("Sales", null);
        department("Field", "Sales");
        member("Sales", ADA);
        department(one.toString(), null);
        var plan = plan();
        assertEffects(plan, Effect.REFUSED, Effect.REFUSED, Effect.REFUSED, Effect.UNCHANGED);
        assertFault(plan, 2, "department", "is the name of several departments: use the id");
        assertFault(plan, 3, "parent", "is the name of several departments: use the id");
        assertFault(plan, 4, "department", "is the name of several departments: use the id");
    }

    @Test
    void aClosedDepartmentTakesNobodyAndItsNameIsFree() {
        var closed = UUID.randomUUID();
        all.put(closed, new Department(new Department.Key(TENANT, closed), "Sales", null, 3, true));
        member("Sales", ADA);
        department("Field", "Sales");
        department(closed.toString(), null);
        department("Sales", null);
        var plan = plan();
        assertEffects(plan, Effect.REFUSED, Effect.REFUSED, Effect.REFUSED, Effect.CREATED);
        assertFault(plan, 2, "department", "is a closed department");
        assertFault(plan, 3, "parent", "is a closed department");
        assertFault(plan, 4, "department", "is a closed department");
    }

    @Test
    void whatLooksLikeAnIdIsNoName() {
        var unknown = UUID.randomUUID();
        department(unknown.toString(), null);
        assertFault(plan(), 2, "department", "is not a department of your tenant, nor of a line above");
    }

    @Test
    void eachDepartmentAndEachMemberHasOneLine() {
        var sales = add("Sales", null);
        department("Sales", null);
        department(sales.toString(), null);
        department("Field", null);
        department("Field", "Sales");
        member("Sales", ADA);
        member("Field", ADA);
        var plan = plan();
        assertEffects(
                plan, Effect.UNCHANGED, Effect.REFUSED, Effect.CREATED, Effect.REFUSED, Effect.MOVED, Effect.REFUSED);
        assertFault(plan, 3, "department", "is already in line 2");
        assertFault(plan, 5, "department", "is already in line 4");
        assertFault(plan, 7, "member", "is already in line 6");
    }

    @Test
    void aMembersLineSaysNothingElseAndNamesAMember() {
        add("Sales", null);
        rows.add(new ImportRow(2, "Sales", "Sales", null, ADA, null));
        rows.add(new ImportRow(3, "Sales", null, List.of(MANAGER), ADA, null));
        member("Sales", TENANT);
        member("Field", ADA);
        var plan = plan();
        assertFault(plan, 2, "parent", "must be empty in the line of a member");
        assertFault(plan, 3, "managers", "must be empty in the line of a member");
        assertFault(plan, 4, "member", "is not a member of your tenant");
        assertFault(plan, 5, "department", "is not a department of your tenant, nor of a line above");
    }

    @Test
    void whatCannotBeUnderstoodIsRefused() {
        var fault = new Fault("member", "must be a UUID");
        rows.add(new ImportRow(2, "Sales", null, null, null, fault));
        var plan = plan();
        assertEquals(List.of(new Outcome(2, Effect.REFUSED, fault)), plan.refused());
        assertEquals(List.of(), plan.departments());
    }

    @Test
    void importsAreDecidedInPlainJava() {
        new ArchitectureRules("io.points.distribution")
                .plainJava(ImportRules.class, ImportPlan.class, ImportRow.class, DepartmentRules.class);
    }

    private UUID add(String name, @Nullable UUID parent) {
        var id = UUID.randomUUID();
        all.put(id, new Department(new Department.Key(TENANT, id), name, parent, 1, false));
        return id;
    }

    private void department(String name, @Nullable String parent) {
        rows.add(new ImportRow(rows.size() + 2, name, parent, null, null, null));
    }

    private void member(String department, UUID user) {
        rows.add(new ImportRow(rows.size() + 2, department, null, null, user, null));
    }

    private ImportPlan plan() {
        return ImportRules.plan(TENANT, new Known(all, managers, people), rows, UUID::randomUUID);
    }

    private static void assertEffects(ImportPlan plan, Effect... effects) {
        assertEquals(
                List.of(effects), plan.outcomes().stream().map(Outcome::effect).toList());
    }

    private static void assertFault(ImportPlan plan, int line, String column, String why) {
        var outcome = plan.outcomes().stream()
                .filter(one -> one.line() == line)
                .findFirst()
                .orElseThrow();
        assertEquals(new Outcome(line, Effect.REFUSED, new Fault(column, why)), outcome);
    }
}
