package io.points.e2e;

import io.points.local.Stack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever generates a client from docs/openapi can do with it all that README shows. */
@ExtendWith(SharedStack.class)
class GeneratedClientsIT {

    @Test
    void aGeneratedClientDoesTheTour(Stack stack) throws Exception {
        var tokens = new Client(stack);
        new GeneratedClients(service -> stack.service(service).url(), tokens::token).tour();
        var promises = new Promises(stack);
        promises.awaitRest();
        promises.check();
    }
}
