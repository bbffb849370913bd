package dev.hutong.province;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

/** One slow platform holds as many enquiries as it may, and no other platform's. */
class BulkheadPlatformClientTest {
    private static final URI SLOW = URI.create("https://slow.example/parse");
    private static final URI OTHER = URI.create("https://other.example/parse");
    private static final PlatformReply GOOD = new PlatformReply.Answered(200, "application/jose", Buffer.buffer("x"));

    private final Deque<Promise<PlatformReply>> underWay = new ArrayDeque<>();
    private final BulkheadPlatformClient client = new BulkheadPlatformClient(this::later, 2);

    @Test
    void oneCallTooManyIsRefusedAtOnce() {
        post(SLOW);
        post(SLOW);
        Future<PlatformReply> third = post(SLOW);

        assertThat(underWay).hasSize(2);
        assertThat(third.result())
                .isInstanceOfSatisfying(
                        PlatformReply.Missing.class,
                        missing -> assertThat(missing.why()).startsWith("not asked"));
    }

    @Test
    void anotherPlatformIsAskedMeanwhile() {
        post(SLOW);
        post(SLOW);

        assertThat(post(OTHER).isComplete()).isFalse();
        assertThat(underWay).hasSize(3);
    }

    @Test
    void whatIsAnsweredOrFailsMakesRoomForTheNext() {
        Future<PlatformReply> first = post(SLOW);
        post(SLOW);
        underWay.remove().complete(GOOD);
        underWay.remove().fail("a bug");

        assertThat(first.result()).isSameAs(GOOD);
        assertThat(post(SLOW).isComplete()).isFalse();
        assertThat(post(SLOW).isComplete()).isFalse();
        assertThat(post(SLOW).isComplete()).isTrue();
    }

    private Future<PlatformReply> post(URI url) {
        return client.post(url, Buffer.buffer("{}"), Duration.ofSeconds(1));
    }

    private Future<PlatformReply> later(URI url, Buffer json, Duration within) {
        Promise<PlatformReply> promise = Promise.promise();
        underWay.add(promise);
        return promise.future();
    }
}
