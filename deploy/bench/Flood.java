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
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Asks on many connections, each again as soon as it is answered, and tells what was answered and what refused.
 *
 * <p>Arguments: the port, a file with a body in each line, how many connections, for how many seconds, and {@code greedy}, which asks again
 * at once whatever the answer is, or {@code heeding}, which after a refusal waits as it is told: one to two times its Retry-After. TOKEN, an
 * access token, goes with each request. Prints: answered/s, p50, p99 in milliseconds; refused/s, p50, p99; how many answers were neither 200
 * nor 503. The first three seconds, in which all ask at the same time, are not counted. Runs from its source.
 */
final class Flood {
    private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};
    private static final byte[] CONTENT_LENGTH = "\r\ncontent-length: ".getBytes(StandardCharsets.US_ASCII);

    /** As the hub says. */
    private static final long RETRY_AFTER_MS = 1_000;

    private static final long SETTLING_MS = 3_000;

    private final Vertx vertx;
    private final List<Buffer> requests;
    private final boolean heeding;
    private final List<Long> answered = new ArrayList<>();
    private final List<Long> refused = new ArrayList<>();
    private long countedFrom;
    private int next;
    private int wrong;

    private Flood(Vertx vertx, List<Buffer> requests, boolean heeding) {
        this.vertx = vertx;
        this.requests = requests;
        this.heeding = heeding;
    }

    public static void main(String[] arguments) throws Exception {
        int seconds = Integer.parseInt(arguments[3]);
        List<Buffer> requests = Files.readAllLines(Path.of(arguments[1])).stream()
                .map(Flood::request)
                .toList();
        Vertx vertx =
                Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
        Flood flood = new Flood(vertx, requests, arguments[4].equals("heeding"));
        NetClient client = vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true));
        flood.countedFrom = System.nanoTime() + SETTLING_MS * 1_000_000;
        vertx.runOnContext(start -> {
            for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
                client.connect(Integer.parseInt(arguments[0]), "127.0.0.1")
                        .onSuccess(socket -> flood.new Conversation(socket).ask())
                        .onFailure(failure -> flood.wrong++);
            }
            vertx.setTimer(seconds * 1_000L + SETTLING_MS, end -> {
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

    private static int indexOf(byte[] octets, byte[] sought, int end) {
        for (int i = 0; i + sought.length <= end; i++) {
            if (octets[i] == sought[0] && Arrays.equals(octets, i, i + sought.length, sought, 0, sought.length)) {
                return i;
            }
        }
        return -1;
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
            byte[] octets = read.getBytes();
            int end = indexOf(octets, END_OF_HEAD, octets.length);
            if (end < 0) {
                return;
            }
            int length = indexOf(octets, CONTENT_LENGTH, end) + CONTENT_LENGTH.length;
            int body = 0;
            for (int i = length; octets[i] != '\r'; i++) {
                body = 10 * body + octets[i] - '0';
            }
            if (octets.length < end + END_OF_HEAD.length + body) {
                return;
            }
            long now = System.nanoTime();
            if (now > countedFrom) {
                switch (100 * octets[9] + 10 * octets[10] + octets[11] - 111 * '0') {
                    case 200 -> answered.add(now - asked);
                    case 503 -> refused.add(now - asked);
                    default -> wrong++;
                }
            }
            boolean again = octets[9] == '2' || !heeding;
            read = Buffer.buffer();
            if (again) {
                ask();
            } else {
                vertx.setTimer(ThreadLocalRandom.current().nextLong(RETRY_AFTER_MS, 2 * RETRY_AFTER_MS), rested -> ask());
            }
        }
    }
}
