package io.points.platform.web.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalPathTest {

    @ParameterizedTest
    @CsvSource({
        "/, /",
        "//, /",
        "/api/a, /api/a",
        "/api/a/, /api/a",
        "/api/a//, /api/a",
        "//api///a, /api/a",
        "/api;v=1/a;x;y=2, /api/a",
        "/;x/api, /api",
        "/%61p%69/%7Eme, /api/~me",
        "/api/./a/., /api/a",
        "/api/b/../a, /api/a",
        "/api/b/%2E%2e/a, /api/a",
        "/../../a, /a",
        "/API/a, /API/a",
        "/a%c3%a9, /a%C3%A9",
        "/a%00, /a%00",
        "/a%3bx, /a%3Bx",
        "/a%252f, /a%252f",
        "/a:b@c!$&()*+=, /a:b@c!$&()*+="
    })
    void aPathHasOneForm(String raw, String canonical) {
        assertEquals(canonical, CanonicalPath.of(raw));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a%2fb", "/a%2Fb", "/a%5cb", "/%2f", "/a/..;/b", "/a/.;x/b", "/a/%2e%2e;/b", "/a/..%2fb"})
    void whatOthersMayReadOtherwiseIsNoRoute(String raw) {
        assertNull(CanonicalPath.of(raw));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "*",
                "a",
                "/%",
                "/%4",
                "/%zz",
                "/%4g",
                "/a b",
                "/a|",
                "/a\\b",
                "/{a}",
                "/\u00e9",
                "/a\u0000",
                "/%\uff11\uff11"
            })
    void whatIsNoPathIsRefused(String raw) {
        assertThrows(IllegalArgumentException.class, () -> CanonicalPath.of(raw));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a=b&c=%2F", "a[]=1", "a=/?:@-._~!$'()*+,;"})
    void aQuery(String query) {
        assertTrue(CanonicalPath.isQuery(query));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "a=%zz", "a=|", "a= b", "a=\u00e9", "a=#", "a=%1", "a=\""})
    void noQuery(String query) {
        assertFalse(CanonicalPath.isQuery(query));
    }
}
