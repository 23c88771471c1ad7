package io.points.platform.web.caller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {

    private static final String STRANGER = "198.51.100.7";
    private final ClientAddress nobody = new ClientAddress(List.of());
    private final ClientAddress gateway = new ClientAddress(List.of("10.1.0.0/16", "192.0.2.1", "2001:db8:1::/48"));

    @Test
    void withoutProxiesNobodyIsBelieved() {
        assertEquals("127.0.0.1", nobody.of("127.0.0.1", List.of()));
        assertEquals("127.0.0.1", nobody.of("127.0.0.1", List.of(STRANGER)));
    }

    @Test
    void aStrangerIsNotBelieved() {
        assertEquals("203.0.113.9", gateway.of("203.0.113.9", List.of(STRANGER)));
        assertEquals("10.2.0.1", gateway.of("10.2.0.1", List.of(STRANGER)));
    }

    @Test
    void ofAProxysWordTheLastCounts() {
        assertEquals(STRANGER, gateway.of("10.1.2.3", List.of(STRANGER)));
        assertEquals(STRANGER, gateway.of("10.1.2.3", List.of("1.1.1.1, 2.2.2.2 , " + STRANGER)));
        assertEquals(STRANGER, gateway.of("10.1.2.3", List.of("1.1.1.1", STRANGER)));
    }

    @Test
    void proxiesBehindProxiesArePassedOver() {
        assertEquals(STRANGER, gateway.of("10.1.2.3", List.of("1.1.1.1, " + STRANGER + ", 192.0.2.1, 10.1.255.255")));
        assertEquals("10.1.0.9", gateway.of("10.1.2.3", List.of("10.1.0.9")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a\0b",
                "\0",
                "localhost",
                "unknown",
                "1.1.1",
                "256.1.1.1",
                "_hidden",
                "[::1]:80",
                "fe80::1%eth0"
            })
    void whatIsNoAddressIsNotBelieved(String word) {
        assertEquals("10.1.2.3", gateway.of("10.1.2.3", List.of(word)));
        assertEquals("10.1.2.3", gateway.of("10.1.2.3", List.of("1.1.1.1," + word)));
        assertEquals("unknown", gateway.of(word, List.of()));
    }

    @Test
    void manyAddressesOfOneNetworkAreOneCaller() {
        assertEquals("2001:db8:2:3:0:0:0:0/64", gateway.of("2001:db8:2:3::1", List.of()));
        assertEquals("2001:db8:2:3:0:0:0:0/64", gateway.of("2001:db8:2:3:ffff::2", List.of()));
        assertEquals("2001:db8:2:3:0:0:0:0/64", gateway.of("2001:db8:1::5", List.of("2001:db8:2:3::7")));
        assertEquals(STRANGER, gateway.of("::ffff:" + STRANGER, List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", ""})
    void aProxyThatIsNoneStopsTheStart(String proxy) {
        assertThrows(IllegalArgumentException.class, () -> new ClientAddress(List.of(proxy)));
    }
}
