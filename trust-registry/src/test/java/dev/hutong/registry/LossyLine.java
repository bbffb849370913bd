package dev.hutong.registry;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/** A line to a database that, once it is told to, breaks when the server has answered a commit and before anybody hears it. */
final class LossyLine implements AutoCloseable {
    private static final int CHUNK = 1 << 16;

    private final ServerSocket here;
    private final int server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicBoolean loses = new AtomicBoolean();

    /** @param server the port, on this machine, that it leads to */
    LossyLine(int server) throws IOException {
        this.server = server;
        this.here = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::serve);
    }

    int port() {
        return here.getLocalPort();
    }

    void loseTheNextCommitsAnswer() {
        loses.set(true);
    }

    private void serve() {
        try {
            while (true) {
                Socket client = here.accept();
                Socket upstream = new Socket(InetAddress.getLoopbackAddress(), server);
                AtomicBoolean committing = new AtomicBoolean();
                threads.execute(() -> carry(client, upstream, said -> {
                    committing.set(isCommit(said) && loses.getAndSet(false));
                    return true;
                }));
                threads.execute(() -> carry(upstream, client, answered -> !committing.get()));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private static boolean isCommit(byte[] said) {
        return new String(said, StandardCharsets.ISO_8859_1).contains("COMMIT");
    }

    /** Until something does not pass, or an end is gone. */
    private static void carry(Socket from, Socket to, Predicate<byte[]> passes) {
        try (from;
                to) {
            byte[] chunk = new byte[CHUNK];
            int count = from.getInputStream().read(chunk);
            while (count >= 0 && passes.test(Arrays.copyOf(chunk, count))) {
                to.getOutputStream().write(chunk, 0, count);
                count = from.getInputStream().read(chunk);
            }
        } catch (IOException gone) {
            // The other direction ends likewise.
        }
    }

    @Override
    public void close() throws IOException {
        here.close();
        threads.shutdownNow();
    }
}
