package dev.hutong.province;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A platform that does not answer is spared; one that answers, however badly, is not. */
class CircuitBreakingPlatformClientTest {
    private static final URI PLATFORM = URI.create("https://one.example/parse-jkm");
    private static final URI OTHER = URI.create("https://other.example/parse-jkm");
    private static final PlatformReply MISSING = new PlatformReply.Missing("a reset");
    private static final PlatformReply GOOD = new PlatformReply.Answered(200, "application/jose", Buffer.buffer("x"));

    private static final Duration SLOW = Duration.ofSeconds(1);

    /** Near its end, as {@link System#nanoTime} may be too. */
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);

    private final FakeClient fake = new FakeClient();
    private final CircuitBreakingPlatformClient client = new CircuitBreakingPlatformClient(fake, nanos::get, SLOW);

    @Test
    void anAnswerGoesThroughUnchanged() {
        fake.reply = GOOD;
        assertThat(post(PLATFORM)).isSameAs(GOOD);
        fake.reply = MISSING;
        assertThat(post(PLATFORM)).isSameAs(MISSING);
        assertThat(fake.lastWithin).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void untilThereAreEnoughCallsEveryOneIsMade() {
        fake.reply = MISSING;
        post(PLATFORM, CircuitBreakingPlatformClient.CALLS - 1);
        post(PLATFORM);
        assertThat(fake.calls).isEqualTo(CircuitBreakingPlatformClient.CALLS);
    }

    @Test
    void aPlatformThatDoesNotAnswerIsNoLongerAsked() {
        open(MISSING);
        PlatformReply reply = post(PLATFORM);
        assertThat(reply)
                .isInstanceOfSatisfying(
                        PlatformReply.Missing.class,
                        missing -> assertThat(missing.why()).startsWith("not asked"));
        assertThat(fake.calls).isEqualTo(CircuitBreakingPlatformClient.CALLS);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 599})
    void aPlatformInTroubleIsNoLongerAsked(int status) {
        open(answered(status));
        post(PLATFORM);
        assertThat(fake.calls).isEqualTo(CircuitBreakingPlatformClient.CALLS);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 301, 302, 400, 401, 404, 429, 499})
    void anAnswerThatCannotBeReliedOnIsAnAnswer(int status) {
        fake.reply = answered(status);
        post(PLATFORM, 3 * CircuitBreakingPlatformClient.CALLS);
        assertThat(fake.calls).isEqualTo(3 * CircuitBreakingPlatformClient.CALLS);
    }

    @Test
    void aFewFailuresAmongManyAnswersAreBorne() {
        for (int i = 0; i < 4 * CircuitBreakingPlatformClient.CALLS; i++) {
            fake.reply = i % 10 < 4 ? MISSING : GOOD;
            post(PLATFORM);
        }
        assertThat(fake.calls).isEqualTo(4 * CircuitBreakingPlatformClient.CALLS);
    }

    @Test
    void onePlatformsTroubleIsNotAnothers() {
        open(MISSING);
        fake.reply = GOOD;
        assertThat(post(OTHER)).isSameAs(GOOD);
        assertThat(post(URI.create("https://one.example:8443/parse-jkm"))).isSameAs(GOOD);
        assertThat(post(URI.create("https://one.example/another/step"))).isInstanceOf(PlatformReply.Missing.class);
    }

    @Test
    void afterAWhileOneIsTriedAndWhereItIsAnsweredAllAreAskedAgain() {
        open(MISSING);
        fake.reply = GOOD;
        passes(CircuitBreakingPlatformClient.WHILE);
        assertThat(post(PLATFORM)).isNotSameAs(GOOD);
        passes(Duration.ofMillis(1));
        assertThat(post(PLATFORM)).isSameAs(GOOD);
        fake.reply = MISSING;
        assertThat(post(PLATFORM)).isSameAs(MISSING);
        fake.reply = GOOD;
        assertThat(post(PLATFORM)).isSameAs(GOOD);
    }

    @Test
    void whereItIsNotAnsweredThePlatformIsSparedForAnotherWhile() {
        open(MISSING);
        passes(CircuitBreakingPlatformClient.WHILE.plusMillis(1));
        int before = fake.calls;
        post(PLATFORM, 20);
        assertThat(fake.calls).isEqualTo(before + 1);
        fake.reply = GOOD;
        passes(CircuitBreakingPlatformClient.WHILE.plusMillis(1));
        assertThat(post(PLATFORM)).isSameAs(GOOD);
    }

    @Test
    void aPlatformWhoseAnswersAreSlowIsNoLongerAsked() {
        fake.reply = GOOD;
        fake.takes = SLOW.plusNanos(1);
        post(PLATFORM, 2 * CircuitBreakingPlatformClient.CALLS);

        assertThat(fake.calls).isEqualTo(CircuitBreakingPlatformClient.CALLS);
    }

    @Test
    void anAnswerInTheVeryTimeIsNotSlow() {
        fake.reply = GOOD;
        fake.takes = SLOW;
        post(PLATFORM, 2 * CircuitBreakingPlatformClient.CALLS);

        assertThat(fake.calls).isEqualTo(2 * CircuitBreakingPlatformClient.CALLS);
    }

    private void passes(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    private void open(PlatformReply reply) {
        fake.reply = reply;
        post(PLATFORM, CircuitBreakingPlatformClient.CALLS);
    }

    private static PlatformReply answered(int status) {
        return new PlatformReply.Answered(status, "text/html", Buffer.buffer());
    }

    private void post(URI url, int times) {
        IntStream.range(0, times).forEach(i -> post(url));
    }

    private PlatformReply post(URI url) {
        return client.post(url, Buffer.buffer("{}"), Duration.ofSeconds(1)).result();
    }

    private final class FakeClient implements PlatformClient {
        private PlatformReply reply = MISSING;
        private Duration takes = Duration.ZERO;
        private Duration lastWithin = Duration.ZERO;
        private int calls;

        @Override
        public Future<PlatformReply> post(URI url, Buffer json, Duration within) {
            calls++;
            lastWithin = within;
            passes(takes);
            return Future.succeededFuture(reply);
        }
    }
}
