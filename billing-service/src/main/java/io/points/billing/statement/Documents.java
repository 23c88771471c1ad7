package io.points.billing.statement;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Statements as documents. The same statement always makes the same bytes. */
@ApplicationScoped
public class Documents {

    private final ObjectMapper json;

    Documents(ObjectMapper json) {
        this.json = json;
    }

    public Document document(Statement statement) {
        try {
            return Document.of(json.writeValueAsString(statement));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A statement could not be serialised", e);
        }
    }

    /** The statement that a document holds; what follows from its other fields, and what newer versions added, is left out. */
    public Statement statement(String document) {
        try {
            return json.readerFor(Statement.class)
                    .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .readValue(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stored statement could not be parsed", e);
        }
    }

    /** @param digest of a closed statement; null if it is not closed */
    public String csv(Statement statement, @Nullable String digest, CsvReader reader) {
        return StatementCsv.of(statement, digest, reader);
    }

    /** @param digest of a closed statement; null if it is not closed */
    public String page(Statement statement, @Nullable String digest) {
        return StatementPage.of(statement, digest);
    }
}
