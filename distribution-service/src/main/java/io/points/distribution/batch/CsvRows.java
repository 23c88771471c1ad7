package io.points.distribution.batch;

import io.points.contract.Ids;
import io.points.distribution.csv.CsvLines;
import io.points.platform.web.input.Params;
import io.points.platform.web.input.PlainText;
import io.points.platform.web.input.PointsAmount;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.Problem.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a batch from CSV: RFC 4180, UTF-8, with the header {@code to_user_id,amount,description}. */
final class CsvRows {

    private static final List<String> HEADER = List.of("to_user_id", "amount", "description");
    private static final int LONGEST_DESCRIPTION = 2_000;
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,13}");
    private final List<Row> rows = new ArrayList<>();
    private final List<FieldError> faults = new ArrayList<>();

    private CsvRows() {}

    /**
     * @return the rows, each with the number of its line; the header is line 1
     * @throws io.points.platform.web.problem.ProblemException 400 that names every bad line, up to a hundred of them
     */
    static List<Row> read(byte[] csv) {
        var reader = new CsvRows();
        CsvLines.read(csv, HEADER, reader.faults, reader::read);
        if (!reader.faults.isEmpty()) {
            throw Problem.badRequest(reader.faults).exception();
        }
        return reader.rows;
    }

    private void read(int line, String[] cells) {
        var place = "line " + line + ", ";
        var before = faults.size();
        var receiver = receiver(place, cells[0].strip());
        var amount = amount(place, cells[1].strip());
        var description = cells[2];
        var fault = PlainText.Validator.fault(description, true, LONGEST_DESCRIPTION);
        if (fault != null) {
            faults.add(new FieldError(place + "description", fault));
        }
        if (faults.size() == before && rows.size() <= Batch.MOST_RECEIVERS) {
            rows.add(new Row(line, place, receiver, amount, description));
        }
    }

    private @Nullable UUID receiver(String place, String cell) {
        var id = Ids.parse(cell);
        if (id == null) {
            faults.add(new FieldError(place + "to_user_id", Params.NOT_AN_ID));
        }
        return id;
    }

    private long amount(String place, String cell) {
        if (DIGITS.matcher(cell).matches()) {
            var amount = Long.parseLong(cell);
            if (amount >= 1 && amount <= PointsAmount.MAX) {
                return amount;
            }
        }
        faults.add(new FieldError(place + "amount", "must be a whole number of points from 1 to " + PointsAmount.MAX));
        return 0;
    }
}
