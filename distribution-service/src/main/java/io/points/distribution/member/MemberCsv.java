package io.points.distribution.member;

import io.points.contract.Ids;
import io.points.distribution.csv.CsvLines;
import io.points.distribution.member.MemberRules.Wish;
import io.points.platform.web.input.Params;
import io.points.platform.web.problem.Problem.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads members from CSV with the header {@code user_id,role,active,display_name,email}. An empty cell says nothing, as an absent
 * field of JSON does.
 */
final class MemberCsv {

    private static final List<String> HEADER = List.of("user_id", "role", "active", "display_name", "email");

    private final List<FieldError> faults;
    private final List<MemberRow> rows = new ArrayList<>();

    private MemberCsv(List<FieldError> faults) {
        this.faults = faults;
    }

    /**
     * @param faults takes what keeps a line from being read, by line and cell
     * @return the rows, as far as they can be read, each with the number of its line; the header is line 1
     * @throws io.points.platform.web.problem.ProblemException 400 if it is not UTF-8 or has another header
     */
    static List<MemberRow> read(byte[] csv, List<FieldError> faults) {
        var reader = new MemberCsv(faults);
        CsvLines.read(csv, HEADER, faults, reader::read);
        return reader.rows;
    }

    private void read(int line, String[] cells) {
        var place = "line " + line + ", ";
        var user = user(place, cells[0].strip());
        var role = role(place, cells[1].strip());
        var active = active(place, cells[2].strip());
        if (user != null && role != null && rows.size() <= MemberBatchRules.MOST_MEMBERS) {
            rows.add(new MemberRow(
                    place, line, user, new Wish(role, active, text(cells[3].strip()), text(cells[4].strip()))));
        }
    }

    private @Nullable UUID user(String place, String cell) {
        var id = Ids.parse(cell);
        if (id == null) {
            faults.add(new FieldError(place + "user_id", Params.NOT_AN_ID));
        }
        return id;
    }

    private @Nullable MemberRole role(String place, String cell) {
        for (var role : MemberRole.values()) {
            if (role.word().equals(cell)) {
                return role;
            }
        }
        faults.add(new FieldError(place + "role", "must be one of manager, lead, employee"));
        return null;
    }

    private @Nullable Boolean active(String place, String cell) {
        if (!cell.isEmpty() && !cell.equals("true") && !cell.equals("false")) {
            faults.add(new FieldError(place + "active", "must be true, false or empty"));
        }
        return cell.isEmpty() ? null : Boolean.valueOf(cell);
    }

    private static TextUpdate text(String cell) {
        return cell.isEmpty() ? TextUpdate.UNCHANGED : TextUpdate.to(cell);
    }
}
