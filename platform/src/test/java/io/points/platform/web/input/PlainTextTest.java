package io.points.platform.web.input;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.validation.Validation;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlainTextTest {

    private record Required(@PlainText(max = 5) String text) {}

    private record Optional(
            @PlainText(max = 5, required = false) String text) {}

    @Test
    void textThatEverybodyCanHoldIsTaken() {
        assertEquals(List.of(), faults(new Required("hello")));
        assertEquals(List.of(), faults(new Required("\ud83d\ude00 \u00e4")));
        assertEquals(List.of(), faults(new Required("\ud83d\ude00".repeat(5))), "five characters are five code points");
        assertEquals(List.of(), faults(new Required(" \n\u200b")), "what is not seen, and no white space either");
        assertEquals(List.of(), faults(new Optional(null)));
        assertEquals(List.of(), faults(new Required("\ud7ff\ue000")), "the neighbours of the surrogates");
        assertEquals(List.of(), faults(new Required("\ud800\udc00\udbff\udfff")), "the first and the last pair");
    }

    @Test
    void allElseIsRefusedWithTheReason() {
        assertEquals(List.of("is required"), faults(new Required(null)));
        assertEquals(List.of("must not be blank"), faults(new Required(" \n")));
        assertEquals(List.of("must not be blank"), faults(new Optional("")));
        for (var blank : List.of("\t", "\u001c", "\u0085", "\u00a0", "\u2003", "\u3000", "\ufeff")) {
            assertEquals(List.of("must not be blank"), faults(new Required(blank)), blank.codePointAt(0) + "");
        }
        assertEquals(List.of("must not be longer than 5 characters"), faults(new Required("hello!")));
        assertEquals(List.of("must not be longer than 5 characters"), faults(new Required("\ud83d\ude00".repeat(6))));
        assertEquals(List.of("must not contain the character U+0000"), faults(new Required("a\0b")));
        assertEquals(List.of("must not contain the character U+0000"), faults(new Required("\0b")));
        assertEquals(List.of("must not contain half of a surrogate pair"), faults(new Required("a\ud83d")));
        for (var edge : List.of("\ud800", "\udbff", "\udc00", "\udfff")) {
            assertEquals(List.of("must not contain half of a surrogate pair"), faults(new Required(edge)));
        }
        assertEquals(List.of("must not contain half of a surrogate pair"), faults(new Required("\ude00b")));
    }

    private static List<String> faults(Object bean) {
        try (var factory = Validation.buildDefaultValidatorFactory()) {
            return factory.getValidator().validate(bean).stream()
                    .map(violation -> violation.getMessage())
                    .toList();
        }
    }
}
