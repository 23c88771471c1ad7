package io.points.platform.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LimitedPoolTest {

    @Test
    void theBackgroundHasItsShareOfTheConnectionsAndRequestsTheRest() {
        assertEquals(6, LimitedPool.forBackground(16));
        assertEquals(3, LimitedPool.forBackground(8));
        assertEquals(2, LimitedPool.forBackground(4));
        assertEquals(1, LimitedPool.forBackground(2));
        assertEquals(1, LimitedPool.forBackground(1));
    }
}
