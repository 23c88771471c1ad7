package io.points.distribution.department;

import io.points.contract.Ids;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes open departments, and who gives from them, as an import reads them: each behind the one that it is part of. A name that would not
 * be read back as that department's, or that a spreadsheet would calculate, is written as its id. Plain Java.
 */
final class DepartmentExport {

    /** With these, also in their full-width forms, a spreadsheet takes a cell for a formula. */
    private static final String CALCULATED = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";

    private final Map<UUID, DepartmentView> open = new HashMap<>();
    private final Map<String, Long> named;
    private final StringBuilder text = new StringBuilder();

    private DepartmentExport(List<DepartmentView> all) {
        all.stream().filter(one -> !one.closed()).forEach(one -> open.put(one.departmentId(), one));
        named = open.values().stream().collect(Collectors.groupingBy(DepartmentView::name, Collectors.counting()));
    }

    /**
     * @param all the tenant's departments, in the order in which those of one parent are written
     * @return RFC 4180, with the header of an import
     */
    static String csv(List<DepartmentView> all) {
        var export = new DepartmentExport(all);
        export.line(String.join(",", ImportCsv.HEADER));
        var partsOf = new HashMap<UUID, List<DepartmentView>>();
        all.stream().filter(one -> !one.closed()).forEach(one -> partsOf.computeIfAbsent(
                        parentOf(one), id -> new ArrayList<>())
                .add(one));
        // The tree has five levels at most.
        export.parts(partsOf, Ids.NIL);
        return export.text.toString();
    }

    private static UUID parentOf(DepartmentView department) {
        return department.parentId() == null ? Ids.NIL : department.parentId();
    }

    private void parts(Map<UUID, List<DepartmentView>> partsOf, UUID parent) {
        for (var one : partsOf.getOrDefault(parent, List.of())) {
            var managers = one.managerIds().stream().map(UUID::toString).collect(Collectors.joining(" "));
            line(name(one) + "," + name(one.parentId() == null ? null : open.get(one.parentId())) + "," + managers
                    + ",");
            parts(partsOf, one.departmentId());
        }
    }

    private void line(String cells) {
        text.append(cells).append("\r\n");
    }

    private String name(@Nullable DepartmentView department) {
        if (department == null) {
            return "";
        }
        var name = department.name();
        boolean isReadBack = named.get(name) == 1
                && name.strip().equals(name)
                && Ids.parseOrNil(name) == null
                && CALCULATED.indexOf(name.charAt(0)) < 0;
        return isReadBack ? quoted(name) : department.departmentId().toString();
    }

    private static String quoted(String name) {
        return name.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n')
                ? '"' + name.replace("\"", "\"\"") + '"'
                : name;
    }
}
