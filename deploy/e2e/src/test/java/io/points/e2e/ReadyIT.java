package io.points.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A stack whose services say that they are ready answers its very first requests, reading and writing. */
@ExtendWith(SharedStack.class)
class ReadyIT {

    @Test
    void theFirstAnswerOfEachServiceIsNo503(FirstAnswers first) {
        assertTrue(first.statuses().stream().noneMatch(status -> status >= 500), first::toString);
    }
}
