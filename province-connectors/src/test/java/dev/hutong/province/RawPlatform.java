package dev.hutong.province;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** A server that writes what the test wants onto the wire, HTTP or not. A connection serves one request at a time, and stays open. */
final class RawPlatform implements AutoCloseable {
    /** A request as it stood on the wire. */
    record Request(List<String> head, String body) {}

    /** What follows the bytes of an answer. */
    enum Then {
        STAY,
        CLOSE
    }

    private final ServerSocket server;
    private final byte[] answer;
    private final Then then;
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();

    RawPlatform(byte[] answer, Then then) throws IOException {
        this.server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        this.answer = answer;
        this.then = then;
        Thread.ofVirtual().start(this::accept);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/parse-jkm");
    }

    BlockingQueue<Request> requests() {
        return requests;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            for (Request request = read(in); request != null; request = read(in)) {
                requests.add(request);
                OutputStream out = socket.getOutputStream();
                out.write(answer);
                out.flush();
                if (then == Then.CLOSE) {
                    return;
                }
            }
        } catch (IOException gone) {
            // The client went first, or the test is over.
        }
    }

    private static @Nullable Request read(BufferedReader in) throws IOException {
        List<String> head = new ArrayList<>();
        int length = 0;
        for (String line = in.readLine(); line == null || !line.isEmpty(); line = in.readLine()) {
            if (line == null) {
                return null;
            }
            head.add(line);
            if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(line.substring(15).strip());
            }
        }
        char[] body = new char[length];
        for (int read = 0; read < length; ) {
            int more = in.read(body, read, length - read);
            if (more < 0) {
                return null;
            }
            read += more;
        }
        return new Request(head, new String(body));
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
