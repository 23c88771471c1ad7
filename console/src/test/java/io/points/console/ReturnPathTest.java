package io.points.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnPathTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/team", "/team/award?to=a&b=c%20d", "/finance/x/2026-11", "/a//b", "/biff", "/apiary"})
    void aPageOfOursIsWhereOneGoes(String page) {
        assertEquals(page, ReturnPath.of(page));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "team",
                "//evil.example",
                "/\\evil.example",
                "\\/evil.example",
                "///evil.example",
                "https://evil.example",
                "javascript:alert(1)",
                "/\t/evil.example",
                "/\n/evil.example",
                "/team\r\nSet-Cookie: a=b",
                "/team\u0000",
                "/team\"><script>",
                "/bff/end",
                "/bff",
                "/api/feed",
                "/assets/x.js",
                "/q/health",
                " /team",
                "/te am",
                "/tëam",
                "@evil.example"
            })
    void anythingElseLeadsHome(String other) {
        assertEquals("/", ReturnPath.of(other));
    }

    @Test
    void nothingAndTooMuchLeadHome() {
        assertEquals("/", ReturnPath.of(null));
        assertEquals("/", ReturnPath.of("/" + "a".repeat(1_000)));
    }
}
