package io.points.audit.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.points.audit.proof.Leaf;
import io.points.audit.proof.TreeHasher;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads an export line by line. Strict: a line has the fields of its kind, each once, and no others, so that nothing stands
 * in a file that looks proven and is not.
 */
public final class ExportReader implements AutoCloseable {

    private static final JsonFactory JSON = new JsonFactory();

    private static final int OF_LEAF = bits(
            Field.EVENT_ID,
            Field.TYPE,
            Field.SOURCE,
            Field.SUBJECT,
            Field.TENANT_ID,
            Field.ACTOR_ID,
            Field.ACTOR_ROLE,
            Field.TRACE_ID,
            Field.OCCURRED_AT,
            Field.TOPIC,
            Field.DATA_DIGEST,
            Field.DATA);

    private final JsonParser parser;

    /** The line in hand. */
    private final @Nullable String[] texts = new String[Field.values().length];

    private long number;
    private List<byte[]> hashes = List.of();
    private int present;
    private int line;

    /** The file is not an export: it was damaged, or somebody put something into it. The text says where and what. */
    public static final class Malformed extends IOException {
        Malformed(int line, String what) {
            super("line " + line + ": " + what);
        }
    }

    public ExportReader(InputStream in) throws IOException {
        parser = JSON.createParser(in);
    }

    /**
     * The next line, or null behind the last one.
     *
     * @throws Malformed if it is no line of an export
     */
    public @Nullable ExportLine next() throws IOException {
        try {
            var token = parser.nextToken();
            if (token == null) {
                return null;
            }
            line = parser.currentTokenLocation().getLineNr();
            if (token != JsonToken.START_OBJECT) {
                throw malformed("not a JSON object");
            }
            return read();
        } catch (JsonProcessingException e) {
            throw malformed("not JSON");
        }
    }

    private ExportLine read() throws IOException {
        Arrays.fill(texts, null);
        present = 0;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var field = Field.of(parser.currentName());
            if (field == null) {
                throw malformed("there is no field " + parser.currentName());
            }
            if ((present & field.bit()) != 0) {
                throw malformed("the field " + field.text() + " stands there twice");
            }
            present |= field.bit();
            parser.nextToken();
            readValue(field);
        }
        var kind = texts[Field.LINE.ordinal()];
        if (kind == null) {
            throw malformed("the field line is missing");
        }
        return line(kind);
    }

    private void readValue(Field field) throws IOException {
        switch (field) {
            case FROM_INDEX, INDEX -> number = index(field);
            case SUBTREES -> hashes = hashes();
            default -> texts[field.ordinal()] = text(field);
        }
    }

    private long index(Field field) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT || parser.getLongValue() < 0) {
            throw malformed("the field " + field.text() + " is not a whole number from 0 on");
        }
        return parser.getLongValue();
    }

    private List<byte[]> hashes() throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw malformed("the field subtrees is not an array");
        }
        var all = new ArrayList<byte[]>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            all.add(hash(Field.SUBTREES, String.valueOf(text(Field.SUBTREES))));
        }
        return all;
    }

    private @Nullable String text(Field field) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return parser.getText();
        }
        if (parser.currentToken() == JsonToken.VALUE_NULL && field.mayBeNull()) {
            return null;
        }
        throw malformed("the field " + field.text() + " is not a text");
    }

    private byte[] hash(Field field, String base64) throws Malformed {
        try {
            var hash = Base64.getDecoder().decode(base64);
            if (hash.length == TreeHasher.LENGTH) {
                return hash;
            }
        } catch (IllegalArgumentException e) {
            // Said below, for both faults at once.
        }
        throw malformed("the field " + field.text() + " is not a hash of 32 bytes in base 64");
    }

    private ExportLine line(String kind) throws Malformed {
        return switch (kind) {
            case "record" -> {
                require(OF_LEAF | bits(Field.INDEX, Field.LEAF_HASH));
                yield new ExportLine.Sealed(number, hash(Field.LEAF_HASH, of(Field.LEAF_HASH)), leaf(), of(Field.DATA));
            }
            case "unsealed" -> {
                require(OF_LEAF);
                yield new ExportLine.Unsealed(leaf(), of(Field.DATA));
            }
            case "tenant" -> {
                require(bits(Field.TENANT_ID, Field.FROM_INDEX, Field.SUBTREES));
                yield new ExportLine.Tenant(of(Field.TENANT_ID), number, hashes);
            }
            case "checkpoint" -> {
                require(bits(Field.NOTE));
                yield new ExportLine.Closing(of(Field.NOTE));
            }
            case "export" -> {
                require(bits(Field.FORMAT, Field.EXPORTED_AT));
                yield new ExportLine.Opening(of(Field.FORMAT), of(Field.EXPORTED_AT));
            }
            case "end" -> {
                require(0);
                yield new ExportLine.End();
            }
            default -> throw malformed("there is no such line as " + kind);
        };
    }

    private void require(int fields) throws Malformed {
        int expected = fields | Field.LINE.bit();
        if (present == expected) {
            return;
        }
        for (var field : Field.values()) {
            if ((expected & field.bit()) != (present & field.bit())) {
                throw malformed("the field " + field.text() + " "
                        + ((expected & field.bit()) != 0 ? "is missing" : "does not belong there"));
            }
        }
    }

    private Leaf leaf() {
        return new Leaf(
                of(Field.EVENT_ID),
                of(Field.TYPE),
                of(Field.SOURCE),
                of(Field.SUBJECT),
                of(Field.TENANT_ID),
                texts[Field.ACTOR_ID.ordinal()],
                texts[Field.ACTOR_ROLE.ordinal()],
                texts[Field.TRACE_ID.ordinal()],
                of(Field.OCCURRED_AT),
                of(Field.TOPIC),
                of(Field.DATA_DIGEST));
    }

    /** A text that is there, for its line was checked to have it. */
    private String of(Field field) {
        return String.valueOf(texts[field.ordinal()]);
    }

    private Malformed malformed(String what) {
        return new Malformed(Math.max(line, parser.currentLocation().getLineNr()), what);
    }

    private static int bits(Field... fields) {
        int bits = 0;
        for (var field : fields) {
            bits |= field.bit();
        }
        return bits;
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
