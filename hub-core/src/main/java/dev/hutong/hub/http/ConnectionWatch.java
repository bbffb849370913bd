package dev.hutong.hub.http;

import dev.hutong.hub.config.LimitsConfig;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Ends connections that take too long over what they send, however steadily they drip (slow-loris), and those that are too many. One for
 * each event loop, on which alone it is used; the connections of an endpoint are counted over all its event loops.
 *
 * <p>It looks at all connections together, a few times within the shortest limit, so that a request costs two stores and no timer. A
 * connection is therefore ended up to a quarter of that limit late.
 */
final class ConnectionWatch {
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final LimitsConfig limits;
    private final AtomicInteger open;
    private final IdentityHashMap<HttpConnection, Conversation> connections = new IdentityHashMap<>();

    /** @param open how many connections the endpoint has, over all its event loops */
    ConnectionWatch(LimitsConfig limits, AtomicInteger open) {
        this.limits = limits;
        this.open = open;
    }

    /** What one connection is about, and since when: the start, a request whose body is still coming, or a pause between requests. */
    private static final class Conversation {
        private boolean over;
        private @Nullable HttpServerRequest request;
        private boolean answered;
        private long since = System.nanoTime();
        private long octets;
    }

    /** Begins to look, on the event loop that this is called on. */
    void start(Vertx vertx) {
        long shortest = Math.min(
                limits.idle().toMillis(),
                Math.min(limits.headers().toMillis(), limits.body().toMillis()));
        long pause = Math.clamp(shortest / 4, 10, LONGEST_PAUSE.toMillis());
        vertx.setPeriodic(pause, timer -> look(System.nanoTime()));
    }

    void opened(HttpConnection connection) {
        if (open.incrementAndGet() > limits.connections()) {
            connection.closeHandler(closed -> open.decrementAndGet());
            connection.close();
            return;
        }
        connections.put(connection, new Conversation());
        connection.closeHandler(closed -> {
            open.decrementAndGet();
            connections.remove(connection);
        });
    }

    /** The headers of a request are complete; false where it must not be answered, since an earlier one of its connection was the last. */
    boolean asked(HttpServerRequest request) {
        Conversation conversation = connections.get(request.connection());
        if (conversation == null || conversation.over) {
            return false;
        }
        conversation.request = request;
        conversation.answered = false;
        conversation.since = System.nanoTime();
        conversation.octets = 0;
        return true;
    }

    /** What was just asked is the last that is answered on its connection. */
    void refused(HttpConnection connection) {
        Conversation conversation = connections.get(connection);
        if (conversation != null) {
            conversation.over = true;
        }
    }

    private void look(long now) {
        // Ending a connection takes it out of the map.
        for (Map.Entry<HttpConnection, Conversation> entry : new ArrayList<>(connections.entrySet())) {
            Conversation conversation = entry.getValue();
            HttpServerRequest request = conversation.request;
            if (request == null) {
                endIfOver(entry.getKey(), conversation, limits.headers(), now);
            } else if (request.response().ended()) {
                betweenRequests(entry.getKey(), conversation, now);
            } else if (!request.isEnded()) {
                receiving(request, conversation, now);
            }
        }
    }

    private void betweenRequests(HttpConnection connection, Conversation conversation, long now) {
        if (!conversation.answered) {
            conversation.answered = true;
            conversation.since = now;
        }
        endIfOver(connection, conversation, limits.idle(), now);
    }

    /** A body that is longer than others are allowed is read in a stream: its time begins anew with each such length that has come. */
    private void receiving(HttpServerRequest request, Conversation conversation, long now) {
        long octets = request.bytesRead();
        if (octets - conversation.octets >= Routes.LARGEST_BODY) {
            conversation.octets = octets;
            conversation.since = now;
        }
        if (isOver(conversation, limits.body(), now)) {
            Problem.of(ProblemType.REQUEST_TIMEOUT).answerAndEnd(request);
        }
    }

    private static void endIfOver(HttpConnection connection, Conversation conversation, Duration limit, long now) {
        if (isOver(conversation, limit, now)) {
            connection.close();
        }
    }

    private static boolean isOver(Conversation conversation, Duration limit, long now) {
        return now - conversation.since > limit.toNanos();
    }
}
