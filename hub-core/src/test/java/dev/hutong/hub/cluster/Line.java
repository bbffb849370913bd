package dev.hutong.hub.cluster;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The way to one port, as a cable would be: it carries octets both ways and keeps a copy of all of them, can be cut, can swallow what is sent
 * without a word, and can be mended.
 */
public final class Line implements AutoCloseable {
    private final ServerSocket entrance;
    private final int exit;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ByteArrayOutputStream carried = new ByteArrayOutputStream();
    private volatile State state = State.WHOLE;

    private enum State {
        WHOLE,
        /** Connections break, and new ones are refused. */
        CUT,
        /** Connections stay, and nothing comes out. */
        SWALLOWING
    }

    private Line(ServerSocket entrance, int exit) {
        this.entrance = entrance;
        this.exit = exit;
    }

    /** A line to this port of the loopback, whether or not somebody listens there yet. */
    public static Line to(int port) throws IOException {
        Line line = new Line(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
        Thread.ofVirtual().start(line::connectAll);
        return line;
    }

    /** A port of the loopback that nobody uses. */
    public static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    /** Where it begins. */
    public int port() {
        return entrance.getLocalPort();
    }

    /** All octets so far, of both directions. */
    public byte[] carried() {
        synchronized (carried) {
            return carried.toByteArray();
        }
    }

    public void cut() {
        state = State.CUT;
        breakAll();
    }

    public void swallow() {
        state = State.SWALLOWING;
    }

    public void mend() {
        breakAll();
        state = State.WHOLE;
    }

    private void breakAll() {
        open.forEach(Line::close);
        open.clear();
    }

    private void connectAll() {
        while (!entrance.isClosed()) {
            try {
                connect(entrance.accept());
            } catch (IOException ended) {
                // Nobody listens there, or this line is closed.
            }
        }
    }

    private void connect(Socket near) throws IOException {
        open.add(near);
        if (state == State.CUT) {
            close(near);
            return;
        }
        try {
            Socket far = new Socket(InetAddress.getLoopbackAddress(), exit);
            open.add(far);
            Thread.ofVirtual().start(() -> carry(near, far));
            Thread.ofVirtual().start(() -> carry(far, near));
        } catch (IOException e) {
            close(near);
            throw e;
        }
    }

    private void carry(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] octets = new byte[16_384];
            for (int count = in.read(octets); count >= 0; count = in.read(octets)) {
                synchronized (carried) {
                    carried.write(octets, 0, count);
                }
                if (state == State.WHOLE) {
                    out.write(octets, 0, count);
                }
            }
        } catch (IOException ended) {
            // The other side is told by its connection's end.
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        breakAll();
    }
}
