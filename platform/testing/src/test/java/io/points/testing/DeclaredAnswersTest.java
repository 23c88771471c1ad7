package io.points.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeclaredAnswersTest {

    private static final String SELF_AWARD =
            "{\"type\": \"urn:points:problem:self-award\", \"title\": \"x\", \"status\": 422}";
    private static final Ask AWARD = Ask.of("POST", "/api/allocations/award-points");

    private final DeclaredAnswers declared =
            DeclaredAnswers.ofDocument(new ContractFile("openapi/distribution.yaml").read());

    @Test
    void whatIsDeclaredIsRight() {
        assertEquals(List.of(), declared.faults(AWARD, problem(422, SELF_AWARD)));
    }

    @Test
    void aStatusATypeAHeaderAndABodyThatAreNotDeclaredAreSeen() {
        assertEquals(1, declared.faults(AWARD, problem(418, SELF_AWARD)).size());
        assertEquals(
                1,
                declared.faults(AWARD, problem(422, SELF_AWARD.replace("self-award", "other-award")))
                        .size());
        assertEquals(1, declared.faults(AWARD, problem(422, "{}")).size());
        assertEquals(1, declared.faults(AWARD, answer(422, "text/plain", "no")).size());
        assertEquals(
                List.of("the header x-secret is not declared"),
                declared.faults(
                        AWARD,
                        new Answer(
                                422,
                                Map.of("content-type", "application/problem+json", "x-secret", "1"),
                                SELF_AWARD.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void anOlderFormIsAnsweredAsTheRouteThatItHasNow() {
        var check =
                "{\"mode\": \"each\", \"receivers\": 1, \"amount\": 5, \"amount_text\": \"5\", \"refused\": [], \"rule\": null, \"pool_balance\": 5, \"available\": 5,"
                        + " \"pool_suffices\": true, \"would_complete\": true}";
        var batch = "/api/allocations/award-points/batch";
        assertEquals(
                1,
                declared.faults(Ask.of("POST", batch), answer(200, "application/json", check))
                        .size());
        assertEquals(
                List.of(),
                declared.faults(Ask.of("POST", batch + "?dry_run=true"), answer(200, "application/json", check)));
    }

    @Test
    void aRouteThatDoesNotExistIsNoneOfItsBusiness() {
        assertTrue(declared.faults(Ask.of("GET", "/api/nowhere"), problem(404, "{}"))
                .isEmpty());
    }

    private static Answer problem(int status, String body) {
        return answer(status, "application/problem+json", body);
    }

    private static Answer answer(int status, String type, String body) {
        return new Answer(status, Map.of("content-type", type), body.getBytes(StandardCharsets.UTF_8));
    }
}
