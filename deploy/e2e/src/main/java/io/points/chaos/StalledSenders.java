package io.points.chaos;

import io.points.local.ServiceProcess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Callers without a token who announce what they never send: bodies of batches, and headers. */
final class StalledSenders implements AutoCloseable {

    private static final List<String> HEADS = List.of(
            "POST /api/allocations/award-points/batch HTTP/1.1\r\nHost: points\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 2000000\r\n\r\n",
            "POST /api/allocations/award-points/batch HTTP/1.1\r\nHost: points\r\nAuthorization: Bearer nobody\r\n"
                    + "Content-Type: text/csv\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n",
            "POST /api/recognitions HTTP/1.1\r\nHost: points\r\nX-Never-Ending: ",
            "GET");

    private final List<Socket> senders = new ArrayList<>();

    /** Connects them all. */
    StalledSenders(ServiceProcess service, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            var socket = new Socket();
            senders.add(socket);
            socket.connect(new InetSocketAddress(service.host(), service.port()), 2_000);
            socket.getOutputStream().write(HEADS.get(i % HEADS.size()).getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** How many the service has not let go of after so long. */
    int heldAfter(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        return (int) senders.stream().filter(sender -> !isEnded(sender, end)).count();
    }

    private static boolean isEnded(Socket sender, long end) {
        try {
            sender.setSoTimeout((int) Math.max(1, (end - System.nanoTime()) / 1_000_000));
            sender.getInputStream().readAllBytes();
            return true;
        } catch (java.net.SocketTimeoutException stillOpen) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        for (var sender : senders) {
            sender.close();
        }
    }
}
