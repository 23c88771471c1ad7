package io.points.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.local.Stack;
import io.points.local.demo.Demo;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The three-tier story, as {@code ./points demo} tells it. */
@ExtendWith(SharedStack.class)
class StoryIT {

    @Test
    void everyPointIsAccountedForAnyNumberOfTimes(Stack stack) {
        assertEquals(List.of(), Demo.tell(stack.ports()));
        assertEquals(List.of(), Demo.tell(stack.ports()));
        var promises = new Promises(stack);
        promises.awaitRest();
        promises.check();
    }
}
