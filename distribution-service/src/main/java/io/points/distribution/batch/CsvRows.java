package io.points.distribution.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import io.points.distribution.saga.Batch;
import io.points.http.Params;
import io.points.http.PlainText;
import io.points.http.PointsAmount;
import io.points.http.Problem;
import io.points.http.Problem.FieldError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a batch from CSV: RFC 4180, UTF-8, with the header {@code to_user_id,amount,description}. */
final class CsvRows {

    private static final List<String> HEADER = List.of("to_user_id", "amount", "description");
    private static final int LONGEST_DESCRIPTION = 2_000;
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,13}");
    private static final String BYTE_ORDER_MARK = "\ufeff";

    private static final CsvMapper CSV = CsvMapper.builder()
            .enable(CsvParser.Feature.WRAP_AS_ARRAY)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .build();

    private final List<Row> rows = new ArrayList<>();
    private final List<FieldError> faults = new ArrayList<>();

    private CsvRows() {}

    /**
     * @return the rows, each with the number of its line; the header is line 1
     * @throws io.points.http.ProblemException 400 that names every bad line, up to a hundred of them
     */
    static List<Row> read(byte[] csv) {
        var reader = new CsvRows();
        reader.readAll(text(csv));
        if (!reader.faults.isEmpty()) {
            throw Problem.badRequest(reader.faults).exception();
        }
        return reader.rows;
    }

    private static String text(byte[] csv) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(csv))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw Problem.badRequest("body", "must be UTF-8").exception();
        }
    }

    private void readAll(String text) {
        int line = 1;
        try (MappingIterator<String[]> lines = CSV.readerFor(String[].class).readValues(text)) {
            if (!lines.hasNextValue() || !HEADER.equals(Arrays.asList(lines.nextValue()))) {
                throw Problem.badRequest("line 1", "must be the header " + String.join(",", HEADER))
                        .exception();
            }
            while (lines.hasNextValue()) {
                line = lines.getCurrentLocation().getLineNr();
                read(line, lines.nextValue());
            }
        } catch (JsonProcessingException e) {
            faults.add(new FieldError(
                    "line " + e.getLocation().getLineNr(), "is not CSV: a quote is not closed or not doubled"));
        } catch (IOException e) {
            throw new UncheckedIOException("A text in memory can be read", e);
        }
    }

    private void read(int line, String[] cells) {
        var place = "line " + line + ", ";
        if (cells.length != HEADER.size()) {
            faults.add(
                    new FieldError("line " + line, "must have " + HEADER.size() + " cells, and has " + cells.length));
            return;
        }
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
        if (Params.isUuid(cell)) {
            return UUID.fromString(cell);
        }
        faults.add(new FieldError(place + "to_user_id", "must be a UUID"));
        return null;
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
