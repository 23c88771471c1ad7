package io.points.billing.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class DocumentTest {

    /** Its digest is as {@code sha256sum} prints it of the same bytes. */
    @Test
    void aStatementIsClosedWithTheDigestOfItsBytes() {
        assertEquals(
                new Document("{}", "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"),
                Document.of("{}"));
    }
}
