package io.points.distribution.department;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.testing.ArchitectureRules;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DepartmentExportTest {

    private static final UUID MANAGER = UUID.randomUUID();
    private static final UUID OTHER = UUID.randomUUID();

    private final List<DepartmentView> all = new ArrayList<>();

    @Test
    void eachIsBehindTheOneThatItIsPartOf() {
        var sales = UUID.randomUUID();
        var field = UUID.randomUUID();
        add(UUID.randomUUID(), "Door to door", field, false);
        add(field, "Field", sales, false, MANAGER, OTHER);
        add(UUID.randomUUID(), "Lab", null, false);
        add(sales, "Sales", null, false);
        assertEquals(
                lines("Lab,,,", "Sales,,,", "Field,Sales," + MANAGER + " " + OTHER + ",", "Door to door,Field,,"),
                DepartmentExport.csv(all));
    }

    @Test
    void whatWouldNotBeReadBackIsNamedByItsId() {
        var one = add("Sales");
        var other = add("Sales");
        var spaced = add(" Lab");
        var formula = add("=1+1");
        var wide = add("\uff1d1");
        var idLike = add(UUID.randomUUID().toString());
        var part = UUID.randomUUID();
        add(part, "Part", formula, false);
        assertEquals(
                lines(
                        one + ",,,",
                        other + ",,,",
                        spaced + ",,,",
                        formula + ",,,",
                        "Part," + formula + ",,",
                        wide + ",,,",
                        idLike + ",,,"),
                DepartmentExport.csv(all));
    }

    @Test
    void aClosedDepartmentIsLeftOutAndItsNameIsAnothers() {
        add(UUID.randomUUID(), "Sales", null, true);
        add("Sales");
        assertEquals(lines("Sales,,,"), DepartmentExport.csv(all));
    }

    @Test
    void whatSeparatesCellsIsQuoted() {
        add("R&D, \"the\" lab");
        add("Two\nlines");
        assertEquals(lines("\"R&D, \"\"the\"\" lab\",,,", "\"Two\nlines\",,,"), DepartmentExport.csv(all));
    }

    @Test
    void exportsAreWrittenInPlainJava() {
        new ArchitectureRules("io.points.distribution").plainJava(DepartmentExport.class);
    }

    private UUID add(String name) {
        var id = UUID.randomUUID();
        add(id, name, null, false);
        return id;
    }

    private void add(UUID id, String name, @Nullable UUID parent, boolean closed, UUID... managers) {
        all.add(new DepartmentView(id, name, parent, closed, 0, 0, List.of(managers), List.of(), 1));
    }

    private static String lines(String... lines) {
        return "department,parent,managers,member\r\n" + String.join("\r\n", lines) + "\r\n";
    }
}
