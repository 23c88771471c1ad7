package io.points.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The proxy before a server that says everything back. */
class ProxyTest {

    private ServerSocket server;
    private Proxy proxy;
    private int port;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
        port = io.points.local.Ports.anyFree();
        proxy = new Proxy(port, server.getLocalPort());
        var echo = new Thread(() -> {
            while (!server.isClosed()) {
                try {
                    var socket = server.accept();
                    var one = new Thread(() -> echo(socket));
                    one.setDaemon(true);
                    one.start();
                } catch (IOException e) {
                    return;
                }
            }
        });
        echo.setDaemon(true);
        echo.start();
    }

    private static void echo(Socket socket) {
        try (socket) {
            for (int read = socket.getInputStream().read();
                    read >= 0;
                    read = socket.getInputStream().read()) {
                socket.getOutputStream().write(read);
            }
        } catch (IOException e) {
            // The proxy has cut it.
        }
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        server.close();
    }

    @Test
    void passesEverythingOn() throws IOException {
        try (var socket = connect()) {
            assertEquals(7, say(socket, 7));
            assertEquals(8, say(socket, 8));
        }
    }

    @Test
    void aCutConnectionIsGoneAndANewOneIsWell() throws IOException {
        try (var socket = connect();
                var other = connect()) {
            assertEquals(7, say(socket, 7));
            proxy.cut();
            assertTrue(isGone(socket));
            assertTrue(isGone(other));
        }
        try (var socket = connect()) {
            assertEquals(9, say(socket, 9));
        }
    }

    @Test
    void aHalfOpenConnectionSaysNothingMoreAndIsNotClosed() throws IOException {
        try (var socket = connect()) {
            assertEquals(7, say(socket, 7));
            proxy.halfOpen();
            assertThrows(SocketTimeoutException.class, () -> say(socket, 8));
        }
        try (var socket = connect()) {
            assertEquals(9, say(socket, 9));
        }
    }

    @Test
    void aDelayHoldsDataBack() throws IOException {
        try (var socket = connect()) {
            assertEquals(7, say(socket, 7));
            proxy.delay(150);
            long began = System.nanoTime();
            assertEquals(8, say(socket, 8));
            assertTrue(System.nanoTime() - began >= 300_000_000L, "there and back, each held back");
        }
    }

    private Socket connect() throws IOException {
        var socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(1_000);
        return socket;
    }

    private static int say(Socket socket, int what) throws IOException {
        socket.getOutputStream().write(what);
        return socket.getInputStream().read();
    }

    private static boolean isGone(Socket socket) throws IOException {
        try {
            return say(socket, 1) < 0;
        } catch (SocketException e) {
            return true;
        }
    }
}
