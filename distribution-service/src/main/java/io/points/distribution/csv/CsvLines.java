package io.points.distribution.csv;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.Problem.FieldError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

/** Reads CSV line by line: RFC 4180, UTF-8, with a header. */
public final class CsvLines {

    private static final String BYTE_ORDER_MARK = "\ufeff";

    private static final CsvMapper CSV = CsvMapper.builder()
            .enable(CsvParser.Feature.WRAP_AS_ARRAY)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .build();

    private CsvLines() {}

    /**
     * Reads all lines behind the header.
     *
     * @param header the names of the cells, as the first line must have them
     * @param faults takes what keeps a line from being read; other lines are read all the same, as far as there are any
     * @param take the number of a line, the header being line 1, and as many cells as the header has
     * @throws io.points.platform.web.problem.ProblemException 400 if it is not UTF-8 or has another header
     */
    public static void read(
            byte[] csv, List<String> header, List<FieldError> faults, BiConsumer<Integer, String[]> take) {
        try (MappingIterator<String[]> lines = CSV.readerFor(String[].class).readValues(text(csv))) {
            if (!lines.hasNextValue() || !header.equals(Arrays.asList(lines.nextValue()))) {
                throw Problem.badRequest("line 1", "must be the header " + String.join(",", header))
                        .exception();
            }
            while (lines.hasNextValue()) {
                int line = lines.getCurrentLocation().getLineNr();
                var cells = lines.nextValue();
                if (cells.length == header.size()) {
                    take.accept(line, cells);
                } else {
                    faults.add(new FieldError(
                            "line " + line, "must have " + header.size() + " cells, not " + cells.length));
                }
            }
        } catch (JsonProcessingException e) {
            faults.add(new FieldError(
                    "line " + e.getLocation().getLineNr(), "is not valid CSV: a quote is not closed or not doubled"));
        } catch (IOException e) {
            throw new UncheckedIOException("Text in memory could not be read", e);
        }
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
}
