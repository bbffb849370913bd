package dev.hutong.registry.witness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hutong.registry.tlog.NoteSignature;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A witness over HTTP, on the loopback: {@code POST /add-checkpoint} (C2SP tlog-witness). */
public final class WitnessServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WitnessServer.class);
    private static final String PATH = "/add-checkpoint";
    private static final String TEXT = "text/plain; charset=utf-8";

    /** A proof of 63 hashes and a checkpoint with a hundred signatures need half of it. */
    private static final int LARGEST_REQUEST = 32 * 1024;

    private final Witness witness;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private WitnessServer(Witness witness, HttpServer server) {
        this.witness = witness;
        this.server = server;
    }

    /**
     * Listens on 127.0.0.1.
     *
     * @param port 0 takes a free one
     * @throws IOException if the port cannot be listened on
     */
    public static WitnessServer start(Witness witness, int port) throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        WitnessServer started = new WitnessServer(witness, HttpServer.create(new InetSocketAddress(loopback, port), 0));
        started.server.createContext("/", started::handle);
        started.server.setExecutor(started.threads);
        started.server.start();
        return started;
    }

    /** Its submission prefix. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestURI().getPath().equals(PATH)) {
                answer(exchange, 404, TEXT, "a witness has " + PATH + " and nothing else\n");
            } else if (!exchange.getRequestMethod().equals("POST")) {
                exchange.getResponseHeaders().set("Allow", "POST");
                answer(exchange, 405, TEXT, "POST a checkpoint\n");
            } else {
                addCheckpoint(exchange);
            }
        }
    }

    private void addCheckpoint(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST_REQUEST + 1);
        if (body.length > LARGEST_REQUEST) {
            answer(exchange, 413, TEXT, "a request has at most " + LARGEST_REQUEST + " octets\n");
            return;
        }
        Witness.Answer answer = witness.add(body);
        LOG.info("{}", answer);
        switch (answer) {
            case Witness.Cosigned(var signatures) ->
                answer(
                        exchange,
                        200,
                        TEXT,
                        signatures.stream().map(NoteSignature::line).collect(Collectors.joining()));
            case Witness.Malformed(String reason) -> answer(exchange, 400, TEXT, reason + "\n");
            case Witness.NotSigned(String origin) ->
                answer(exchange, 403, TEXT, "no known key of " + origin + " has signed the checkpoint\n");
            case Witness.UnknownLog(String origin) ->
                answer(exchange, 404, TEXT, "the log " + origin + " is not witnessed here\n");
            case Witness.OtherSize(long size) -> answer(exchange, 409, "text/x.tlog.size", size + "\n");
            case Witness.NotConsistent(String reason) -> answer(exchange, 422, TEXT, reason + "\n");
            case Witness.NotKept(IOException cause) -> {
                LOG.error("The checkpoint could not be kept, so it was not cosigned", cause);
                answer(exchange, 500, TEXT, "the checkpoint could not be kept\n");
            }
        }
    }

    private static void answer(HttpExchange exchange, int status, String mediaType, String text) throws IOException {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", mediaType);
        exchange.sendResponseHeaders(status, octets.length);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(octets);
        }
    }

    /** Takes no more requests; those under way get a second. */
    @Override
    public void close() {
        server.stop(1);
        threads.close();
    }
}
