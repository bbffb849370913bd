package dev.hutong.hub.http;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** A line of a batch, from when it was read until its answer is written. */
final class BatchLine {
    private final int number;
    private @Nullable Answer answer;

    /** What came of a line. */
    sealed interface Answer {}

    /** A decision, as JSON. */
    record Decided(Buffer json) implements Answer {}

    /** It was no request, or was not taken. */
    record Refused(Problem problem) implements Answer {}

    /** @param number of the line in the request's body, from 1; empty ones count */
    BatchLine(int number) {
        this.number = number;
    }

    void answered(Answer it) {
        answer = it;
    }

    boolean isAnswered() {
        return answer != null;
    }

    /** Adds the answer's line. */
    void writeTo(Buffer out) {
        switch (answer) {
            case Decided(Buffer json) -> out.appendBuffer(json);
            case Refused(Problem problem) ->
                out.appendBuffer(problem.document().put("line", number).toBuffer());
            case null -> throw new IllegalStateException("line " + number + " has no answer yet");
        }
        out.appendByte((byte) '\n');
    }
}
