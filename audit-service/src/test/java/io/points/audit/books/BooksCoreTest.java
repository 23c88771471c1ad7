package io.points.audit.books;

import io.points.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

class BooksCoreTest {

    @Test
    void theBooksAreKeptInPlainJava() {
        new ArchitectureRules("io.points.audit")
                .plainJava(
                        Books.class,
                        Posting.class,
                        Attested.class,
                        Compared.class,
                        Difference.class,
                        GracePeriod.class);
    }
}
