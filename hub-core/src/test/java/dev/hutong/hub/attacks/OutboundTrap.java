package dev.hutong.hub.attacks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** Listens where an attacker's token points to, and counts who comes: nobody may. */
final class OutboundTrap implements AutoCloseable {
    private final ServerSocket socket;
    private final AtomicInteger visits = new AtomicInteger();

    OutboundTrap() {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::count);
    }

    /** Such as {@code http://127.0.0.1:12345}. */
    String url() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    int visits() {
        return visits.get();
    }

    private void count() {
        while (!socket.isClosed()) {
            try {
                Socket visitor = socket.accept();
                visits.incrementAndGet();
                visitor.close();
            } catch (IOException closed) {
                return;
            }
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
