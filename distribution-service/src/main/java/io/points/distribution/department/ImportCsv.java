package io.points.distribution.department;

import io.points.contract.Ids;
import io.points.distribution.csv.CsvLines;
import io.points.distribution.department.ImportRow.Fault;
import io.points.platform.web.input.Params;
import io.points.platform.web.input.PlainText;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.Problem.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads departments and their members from CSV with the header {@code department,parent,managers,member}. An empty cell says nothing, as an
 * absent field of JSON does.
 */
final class ImportCsv {

    static final List<String> HEADER = List.of("department", "parent", "managers", "member");
    private static final Pattern SPACES = Pattern.compile("\\s+");

    private ImportCsv() {}

    /**
     * @return the lines; those that cannot be understood each say why
     * @throws io.points.platform.web.problem.ProblemException 400 if it is not CSV in UTF-8, has another header, no line or too many
     */
    static List<ImportRow> read(byte[] csv) {
        var faults = new ArrayList<FieldError>();
        var rows = new ArrayList<ImportRow>();
        CsvLines.read(csv, HEADER, faults, (line, cells) -> {
            if (rows.size() <= ImportRow.MOST) {
                rows.add(row(line, cells));
            }
        });
        if (faults.isEmpty() && (rows.isEmpty() || rows.size() > ImportRow.MOST)) {
            faults.add(new FieldError("body", "must have 1 to " + ImportRow.MOST + " lines below the header"));
        }
        if (!faults.isEmpty()) {
            throw Problem.badRequest(faults).exception();
        }
        return rows;
    }

    private static ImportRow row(int line, String[] cells) {
        var department = cells[0].strip();
        var parent = cells[1].strip();
        var managers = cells[2].strip();
        var member = cells[3].strip();
        var ids = managers.isEmpty() ? null : SPACES.split(managers);
        return new ImportRow(
                line,
                department,
                parent.isEmpty() ? null : parent,
                ids == null ? null : known(ids),
                Ids.parse(member),
                fault(department, ids, member));
    }

    /** Those that are ids. */
    private static List<UUID> known(String... ids) {
        return Stream.of(ids).map(Ids::parse).filter(Objects::nonNull).toList();
    }

    private static @Nullable Fault fault(String department, String @Nullable [] managers, String member) {
        var name = PlainText.Validator.fault(department, true, DepartmentRules.LONGEST_NAME);
        if (name != null) {
            return new Fault("department", name);
        }
        if (managers != null && known(managers).size() < managers.length) {
            return new Fault("managers", "must be UUIDs with spaces between them");
        }
        if (managers != null && managers.length > DepartmentRules.MOST_MANAGERS) {
            return new Fault("managers", "must have at most " + DepartmentRules.MOST_MANAGERS + " members");
        }
        return member.isEmpty() || Ids.parse(member) != null ? null : new Fault("member", Params.NOT_AN_ID);
    }
}
