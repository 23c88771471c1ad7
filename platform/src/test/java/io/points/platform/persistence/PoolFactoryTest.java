package io.points.platform.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PoolFactoryTest {

    @Test
    void theBackgroundHasItsShareOfTheConnectionsAndRequestsTheRest() {
        assertEquals(6, PoolFactory.forBackground(16));
        assertEquals(3, PoolFactory.forBackground(8));
        assertEquals(2, PoolFactory.forBackground(4));
        assertEquals(1, PoolFactory.forBackground(2));
        assertEquals(1, PoolFactory.forBackground(1));
    }
}
