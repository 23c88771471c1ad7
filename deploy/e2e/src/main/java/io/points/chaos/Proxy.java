package io.points.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands between the services and a server, and lets their connections suffer. Listens on 127.0.0.1. */
final class Proxy implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final int BUFFER = 16 * 1024;

    private final int target;
    private final ServerSocket door;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private volatile long delayMillis;

    /**
     * @param port where it listens
     * @param target the port that it passes everything on to
     */
    Proxy(int port, int target) throws IOException {
        this.target = target;
        door = new ServerSocket();
        door.setReuseAddress(true);
        door.bind(new InetSocketAddress(InetAddress.getByName(HOST), port), 256);
        start("proxy-" + port, this::accept);
    }

    /** Holds back every piece of data for so long; 0 ends it. */
    void delay(long milliseconds) {
        delayMillis = milliseconds;
    }

    /** Cuts all connections that there are. */
    void cut() {
        links.forEach(Link::cut);
    }

    /**
     * Half-opens all connections that there are: nothing passes any more in either direction, and neither side is told.
     * New connections are well.
     */
    void halfOpen() {
        links.forEach(link -> link.dead = true);
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                var client = door.accept();
                var link = new Link(client);
                links.add(link);
                start("proxy-link", link::open);
            } catch (IOException e) {
                if (!door.isClosed()) {
                    throw new IllegalStateException("The proxy can accept no more", e);
                }
            }
        }
    }

    private static void start(String name, Runnable work) {
        var thread = new Thread(null, work, name, 128 * 1024);
        thread.setDaemon(true);
        thread.start();
    }

    /** One connection, and its other half. */
    private final class Link {
        private final Socket client;
        private volatile Socket server;
        private volatile boolean dead;

        Link(Socket client) {
            this.client = client;
        }

        void open() {
            try {
                var other = new Socket(HOST, target);
                server = other;
                client.setTcpNoDelay(true);
                other.setTcpNoDelay(true);
                start("proxy-back", () -> pump(other, client));
                pump(client, other);
            } catch (IOException e) {
                cut();
            }
        }

        private void pump(Socket from, Socket to) {
            var buffer = new byte[BUFFER];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    if (delayMillis > 0) {
                        Thread.sleep(delayMillis);
                    }
                    if (!dead) {
                        out.write(buffer, 0, read);
                    }
                }
            } catch (IOException e) {
                // One side is gone: the other is told, unless it is not to know.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (!dead) {
                cut();
            }
        }

        void cut() {
            links.remove(this);
            close(client);
            close(server);
        }

        private void close(Socket socket) {
            try {
                if (socket != null) {
                    socket.close();
                }
            } catch (IOException e) {
                // It is as closed as it can be.
            }
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        cut();
    }
}
