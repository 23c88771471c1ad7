package io.points.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortsTest {
    @Test
    void theyAreCountedFromTheBase() {
        Ports ports = new Ports(18000);
        assertEquals(18080, ports.keycloak());
        assertEquals(18081, ports.of(Service.ALLOCATION));
        assertEquals(18082, ports.of(Service.DISTRIBUTION));
        assertEquals(18083, ports.of(Service.BILLING));
        assertEquals(18084, ports.of(Service.AUDIT));
        assertEquals(18085, ports.console());
        assertEquals(18092, ports.kafka());
        assertEquals(18093, ports.kafkaController());
        assertEquals(18032, ports.postgres());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1023, 65001})
    void aBaseOutOfRangeIsRefused(int base) {
        assertThrows(CannotStartException.class, () -> new Ports(base));
    }

    @Test
    void aTakenPortIsNotFree() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertFalse(Ports.isFree(taken.getLocalPort()));
        }
        assertTrue(Ports.isFree(Ports.anyFree()));
        assertTrue(Ports.isFree(Ports.free().of(Service.AUDIT)));
    }
}
