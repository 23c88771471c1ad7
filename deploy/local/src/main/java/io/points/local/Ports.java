package io.points.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * The ports of one stack, counted from a base.
 *
 * @param base the port that all others are counted from, 1024 to 65000
 */
public record Ports(int base) {
    /** The base when nobody asks for another one. */
    public static final int DEFAULT_BASE = 18000;

    static final String HOST = "127.0.0.1";
    /** Below the range from which the system takes ports for outgoing connections: a client could sit on ours else. */
    private static final int LOWEST_FREE = 20000;

    private static final int HIGHEST_FREE = 32000;
    private static final int SPAN = 100;

    /** Checks the range. */
    public Ports {
        if (base < 1024 || base > 65000) {
            throw new CannotStartException("The port base must be between 1024 and 65000, not " + base + ".");
        }
    }

    /** Keycloak's port. */
    public int keycloak() {
        return base + 80;
    }

    /** Kafka's port for clients. */
    public int kafka() {
        return base + 92;
    }

    /** The port on which Kafka's controller listens. */
    public int kafkaController() {
        return base + 93;
    }

    /** PostgreSQL's port. */
    public int postgres() {
        return base + 32;
    }

    /** The console's port. */
    public int console() {
        return base + 85;
    }

    /** Prometheus's port. */
    public int prometheus() {
        return base + 90;
    }

    /** The HTTP port of a service. */
    public int of(Service service) {
        return base + service.portOffset();
    }

    /** Where a service is reached, without a slash at the end. */
    public String url(Service service) {
        return "http://" + HOST + ":" + of(service);
    }

    /** A base from which all ports of a stack are free now, for tests. */
    public static Ports free() {
        for (int attempt = 0; attempt < 200; attempt++) {
            int base = ThreadLocalRandom.current().nextInt(LOWEST_FREE, HIGHEST_FREE - SPAN) / SPAN * SPAN;
            if (IntStream.range(base + 30, base + SPAN).allMatch(Ports::isFree)) {
                return new Ports(base);
            }
        }
        throw new CannotStartException("No hundred free ports in a row were found.");
    }

    /** Any one port that is free now. */
    public static int anyFree() {
        for (int attempt = 0; attempt < 1000; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST_FREE, HIGHEST_FREE);
            if (isFree(port)) {
                return port;
            }
        }
        throw new CannotStartException("No free port was found.");
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(HOST), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
