package io.points.platform.web.caller;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From which network a request comes, if nobody may be believed but our own proxies. What a caller writes into
 * X-Forwarded-For stands left of what our proxies add, so it is read from the right, up to the first that is no proxy of
 * ours. Only addresses in figures get in: a name, a blank or U+0000 ends the reading. Plain Java.
 */
public final class ClientAddress {

    private static final int IPV6_BYTES = 16;

    /** Whoever has one address of IPv6 has 2^64 of them, all beginning alike. */
    private static final int NETWORK_BYTES = 8;

    private static final int LONGEST_ADDRESS = 45;

    private final List<Network> proxies;

    private record Network(byte[] address, int prefix) {

        static Network parse(String text) {
            var parts = text.split("/", 2);
            var address = bytes(parts[0]);
            if (address == null) {
                throw new IllegalArgumentException(
                        text + " in POINTS_TRUSTED_PROXIES is neither an address nor a network in CIDR notation");
            }
            int bits = address.length * Byte.SIZE;
            int prefix = parts.length == 1 ? bits : Integer.parseInt(parts[1]);
            if (prefix < 0 || prefix > bits) {
                throw new IllegalArgumentException(
                        text + " in POINTS_TRUSTED_PROXIES is not a network in CIDR notation");
            }
            return new Network(address, prefix);
        }

        boolean contains(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            for (int bit = 0; bit < prefix; bit++) {
                int mask = 0x80 >> bit % Byte.SIZE;
                if (((address[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * @param proxies trusted addresses, or networks in CIDR notation; if empty, none is trusted
     * @throws IllegalArgumentException if one of them is neither
     */
    public ClientAddress(List<String> proxies) {
        this.proxies = proxies.stream().map(Network::parse).toList();
    }

    /**
     * The caller's address; of IPv6 its network, such as {@code 2001:db8:0:0:0:0:0:0/64}.
     *
     * @param peer who opened the connection
     * @param forwarded the values of all headers X-Forwarded-For, in their order
     */
    public String of(String peer, List<String> forwarded) {
        var nearest = bytes(peer);
        if (nearest == null) {
            return "unknown";
        }
        var hops = forwarded.stream()
                .flatMap(header -> Arrays.stream(header.split(",", -1)))
                .toList();
        for (int i = hops.size() - 1; i >= 0 && isProxy(nearest); i--) {
            var next = bytes(hops.get(i).strip());
            if (next == null) {
                break;
            }
            nearest = next;
        }
        return text(nearest);
    }

    private boolean isProxy(byte[] address) {
        return proxies.stream().anyMatch(proxy -> proxy.contains(address));
    }

    /** Null for anything but an address in figures. No name is looked up. */
    private static byte @Nullable [] bytes(String text) {
        if (text.length() > LONGEST_ADDRESS || text.indexOf('%') >= 0 || text.indexOf('[') >= 0) {
            return null;
        }
        var bytes = NetUtil.createByteArrayFromIpAddressString(text);
        // ::ffff:192.0.2.7 is 192.0.2.7.
        return bytes == null ? null : address(bytes).getAddress();
    }

    private static String text(byte[] address) {
        if (address.length < IPV6_BYTES) {
            return address(address).getHostAddress();
        }
        Arrays.fill(address, NETWORK_BYTES, IPV6_BYTES, (byte) 0);
        return address(address).getHostAddress() + "/64";
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("Not 4 or 16 bytes", e);
        }
    }
}
