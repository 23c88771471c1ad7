package io.points.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentedRequestsTest {
    private static final String BATCHES = "/api/allocations/award-points/batch";
    private static final String SOMEBODY = "770e8400-e29b-41d4-a716-446655440001";

    private static List<String> faults(String method, String uri, String type, String body) {
        return DocumentedRequests.faults(
                new ServicesStandIn.Asked(method, uri, Map.of("content-type", List.of(type)), body));
    }

    @ParameterizedTest
    @CsvSource({
        BATCHES + "?expand=people&state=refused&limit=20",
        "/api/members?sort=name&expand=balances&q=a%25&role=lead&active=true&limit=50",
        "/api/members/" + SOMEBODY,
    })
    void whatIsDocumentedIsTaken(String uri) {
        assertEquals(List.of(), faults("GET", uri, "none", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, " + BATCHES + "?limit=50",
        "GET, " + BATCHES + "?limit=some",
        "GET, " + BATCHES + "?state=unheard-of",
        "GET, " + BATCHES + "?since=yesterday",
        "GET, /api/members?q=a&q=b",
        "GET, /api/members?q=",
        "GET, /api/members?active=perhaps",
        "GET, /api/directory?limit=5",
        "GET, /api/unheard-of",
        "PATCH, /api/members",
        "POST, /api/recognitions",
    })
    void whatIsNotIsNot(String method, String uri) {
        assertNotEquals(List.of(), faults(method, uri, "none", ""));
    }

    @Test
    void bodiesAreReadToo() {
        String good = "{\"to_user_id\": \"" + SOMEBODY + "\", \"amount\": 5, \"message\": \"Thanks\"}";
        assertEquals(List.of(), faults("POST", "/api/recognitions", "application/json", good));
        assertEquals(List.of(), faults("POST", BATCHES + "/csv?mode=each", "text/csv", "to_user_id"));
        for (String bad :
                List.of(good.replace("5", "0"), good.replace("amount", "sum"), good.replace("}", ", \"x\": 1}"), "5")) {
            assertNotEquals(List.of(), faults("POST", "/api/recognitions", "application/json", bad), bad);
        }
        assertNotEquals(List.of(), faults("POST", "/api/recognitions", "text/csv", good));
    }
}
