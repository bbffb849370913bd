package dev.hutong.hub.http;

import dev.hutong.hub.clients.Caller;
import dev.hutong.hub.config.LoadConfig.BatchConfig;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A batch on its way: its lines are read as they come, answered by whichever event loop has its turn, and written in their order. Neither side
 * runs ahead of the other by more than {@link #WINDOW} lines and what one read of the socket brings. Lives on the event loop of its connection.
 */
final class Batch implements LineSplitter.Sink {
    /** How many lines are under way before no more is read. The ledger takes a few milliseconds for however many there are. */
    private static final int WINDOW = 256;

    private final RoutingContext context;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final BatchDesk desk;
    private final BatchConfig limits;
    private final Caller caller;
    private final String holder;
    private final LineSplitter splitter = new LineSplitter(Routes.LARGEST_BODY, this);
    private final Deque<BatchLine> underWay = new ArrayDeque<>();
    private final List<BatchLine> together = new ArrayList<>(BatchDesk.LINES_TOGETHER);
    private final List<byte[]> theirOctets = new ArrayList<>(BatchDesk.LINES_TOGETHER);
    private int number;
    private int requests;
    private long octets;
    private int turn;
    private boolean complete;
    private volatile boolean givenUp;

    Batch(RoutingContext context, BatchDesk desk, BatchConfig limits) {
        this.context = context;
        this.request = context.request();
        this.response = context.response();
        this.desk = desk;
        this.limits = limits;
        this.caller = Callers.of(context);
        this.holder = desk.here().callers().holder(request, caller);
        this.turn = System.identityHashCode(this); // the first lines of all batches do not go to the same event loop
    }

    /** Who sent it. */
    Caller caller() {
        return caller;
    }

    /** Whose share of an event loop its lines count against. */
    String holder() {
        return holder;
    }

    /** Whether nobody waits for its answers any more. May be asked on any thread. */
    boolean isGivenUp() {
        return givenUp;
    }

    /** Begins. */
    void read() {
        context.addEndHandler(ended -> givenUp = true);
        response.drainHandler(drained -> readOn());
        request.handler(this::read).endHandler(ended -> end());
        request.exceptionHandler(failure -> givenUp = true);
    }

    private void read(Buffer piece) {
        octets += piece.length();
        if (complete) { // cut off: what still comes is not looked at
            if (octets > 2L * limits.octets()) {
                request.connection().close();
            }
        } else if (octets > limits.octets()) {
            cutOff();
        } else {
            splitter.accept(piece);
            send();
            flow();
        }
    }

    private void end() {
        if (complete) {
            return;
        }
        splitter.end();
        send();
        complete = true;
        if (requests == 0) {
            Problem.of(ProblemType.EMPTY_BODY).answer(response);
        } else {
            write();
        }
    }

    @Override
    public void line(byte[] octets) {
        number++;
        if (octets.length == 0 || complete) {
            return;
        }
        if (isOneTooMany()) {
            cutOff();
            return;
        }
        BatchLine line = new BatchLine(number);
        underWay.add(line);
        together.add(line);
        theirOctets.add(octets);
        if (together.size() == BatchDesk.LINES_TOGETHER) {
            send();
        }
    }

    @Override
    public void lineTooLong() {
        number++;
        if (complete) {
            return;
        }
        if (isOneTooMany()) {
            cutOff();
            return;
        }
        refuse(ProblemType.BODY_TOO_LARGE);
    }

    private boolean isOneTooMany() {
        return ++requests > limits.lines();
    }

    /** The batch ends here, with a problem in the place of its next line. */
    private void cutOff() {
        send();
        complete = true;
        requests = Math.max(1, requests);
        number = Math.max(1, number);
        refuse(ProblemType.BATCH_TOO_LARGE);
        request.resume();
        write();
    }

    private void refuse(ProblemType type) {
        BatchLine line = new BatchLine(number);
        line.answered(new BatchLine.Refused(Problem.of(type)));
        underWay.add(line);
    }

    /** Has the lines answered that have been collected, as far as the caller's quota goes. */
    private void send() {
        if (together.isEmpty()) {
            return;
        }
        List<BatchLine> lines = List.copyOf(together);
        List<byte[]> theirs = List.copyOf(theirOctets);
        together.clear();
        theirOctets.clear();
        if (!desk.quotas().take(context, lines.size())) {
            lines.forEach(line -> line.answered(new BatchLine.Refused(Problem.of(ProblemType.QUOTA_EXCEEDED))));
            write();
            return;
        }
        desk.answer(this, theirs, turn++, answers -> {
            for (int i = 0; i < lines.size(); i++) {
                lines.get(i).answered(answers.get(i));
            }
            write();
        });
    }

    /** Writes what is answered and has nothing unanswered before it. */
    private void write() {
        if (givenUp || response.ended()) {
            return;
        }
        Buffer out = Buffer.buffer();
        while (!underWay.isEmpty() && underWay.getFirst().isAnswered()) {
            underWay.removeFirst().writeTo(out);
        }
        if (!response.headWritten() && out.length() > 0) {
            response.setChunked(true)
                    .putHeader(HttpHeaders.CONTENT_TYPE, MediaTypes.NDJSON)
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        }
        if (complete && underWay.isEmpty()) {
            response.end(out);
            return;
        }
        if (out.length() > 0) {
            response.write(out);
        }
        readOn();
    }

    private void flow() {
        if (!complete && (underWay.size() >= WINDOW || response.writeQueueFull())) {
            request.pause();
        }
    }

    private void readOn() {
        if (underWay.size() < WINDOW && !response.writeQueueFull()) {
            request.resume();
        }
    }
}
