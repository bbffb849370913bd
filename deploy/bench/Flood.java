import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Asks on many connections, each again as soon as it is answered, whatever the answer is, and tells what was answered and what refused.
 *
 * <p>Arguments: the port, a file with a body in each line, how many connections, for how many seconds. TOKEN, an access token, goes with each
 * request. Prints: answered/s, p50, p99 in milliseconds; refused/s, p50, p99; how many answers were neither 200 nor 503. The first second is
 * not counted. Runs from its source.
 */
final class Flood {
    private final List<Buffer> requests;
    private final List<Long> answered = new ArrayList<>();
    private final List<Long> refused = new ArrayList<>();
    private long countedFrom;
    private int next;
    private int wrong;

    private Flood(List<Buffer> requests) {
        this.requests = requests;
    }

    public static void main(String[] arguments) throws Exception {
        int seconds = Integer.parseInt(arguments[3]);
        List<Buffer> requests = Files.readAllLines(Path.of(arguments[1])).stream()
                .map(Flood::request)
                .toList();
        Flood flood = new Flood(requests);
        Vertx vertx =
                Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
        NetClient client = vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true));
        flood.countedFrom = System.nanoTime() + 1_000_000_000L;
        vertx.runOnContext(start -> {
            for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
                client.connect(Integer.parseInt(arguments[0]), "127.0.0.1")
                        .onSuccess(socket -> flood.new Conversation(socket).ask())
                        .onFailure(failure -> flood.wrong++);
            }
            vertx.setTimer(seconds * 1_000L + 1_000, end -> {
                System.out.printf(
                        "RESULT %d %s %d %s %d%n",
                        flood.answered.size() / seconds,
                        percentiles(flood.answered),
                        flood.refused.size() / seconds,
                        percentiles(flood.refused),
                        flood.wrong);
                System.exit(0);
            });
        });
    }

    private static Buffer request(String body) {
        byte[] octets = body.getBytes(StandardCharsets.UTF_8);
        String token = System.getenv("TOKEN");
        return Buffer.buffer("POST /v1/resolve HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                        + (token == null || token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n")
                        + "Content-Length: " + octets.length + "\r\n\r\n")
                .appendBytes(octets);
    }

    private static String percentiles(List<Long> nanos) {
        if (nanos.isEmpty()) {
            return "0 0";
        }
        Collections.sort(nanos);
        return "%.1f %.1f".formatted(nanos.get(nanos.size() / 2) / 1e6, nanos.get(nanos.size() * 99 / 100) / 1e6);
    }

    /** One connection: a request, its answer, the next request. */
    private final class Conversation {
        private final NetSocket socket;
        private Buffer read = Buffer.buffer();
        private long asked;

        Conversation(NetSocket socket) {
            this.socket = socket;
            socket.handler(this::read);
            socket.exceptionHandler(failure -> wrong++);
        }

        void ask() {
            asked = System.nanoTime();
            socket.write(requests.get(next++ % requests.size()));
        }

        private void read(Buffer piece) {
            read = read.length() == 0 ? piece : read.appendBuffer(piece);
            String text = read.toString(StandardCharsets.ISO_8859_1);
            int end = text.indexOf("\r\n\r\n");
            int at = text.toLowerCase(java.util.Locale.ROOT).indexOf("content-length: ");
            if (end < 0 || at < 0) {
                return;
            }
            int length = Integer.parseInt(text.substring(at + 16, text.indexOf('\r', at)));
            if (text.length() < end + 4 + length) {
                return;
            }
            long now = System.nanoTime();
            if (now > countedFrom) {
                switch (text.substring(9, 12)) {
                    case "200" -> answered.add(now - asked);
                    case "503" -> refused.add(now - asked);
                    default -> wrong++;
                }
            }
            read = Buffer.buffer();
            ask();
        }
    }
}
