package io.points.distribution.rule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules as they are kept in tables: as in requests. What a later version may have said besides is passed over. */
@ApplicationScoped
public class RuleJson {

    private static final TypeReference<List<Rule>> RULES = new TypeReference<>() {};

    private final ObjectMapper json;

    RuleJson(ObjectMapper json) {
        this.json = json.copy().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    }

    /** @param text null: there are none */
    public List<Rule> read(@Nullable String text) {
        try {
            return text == null ? List.of() : json.readValue(text, RULES);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Kept rules cannot be read", e);
        }
    }

    /** @return null for none */
    public @Nullable String write(List<Rule> rules) {
        try {
            return rules.isEmpty() ? null : json.writeValueAsString(rules);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Rules could not be serialised", e);
        }
    }
}
