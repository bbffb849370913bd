package dev.hutong.province;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Spares a platform that does not answer, or answers slowly. Where of the last {@value #CALLS} calls half came to nothing, or half were
 * slow, calls are refused at once for a while; then one is tried. Only what did not come and 5xx count as nothing; an answer that cannot
 * be relied on is an answer.
 *
 * <p>A while is measured and not looked up on a clock: one that is set back an hour would spare the platform for an hour.
 */
public final class CircuitBreakingPlatformClient implements PlatformClient {
    static final int CALLS = 10;

    /** In percent of the calls: of those that came to nothing, and of the slow ones. */
    private static final int HALF = 50;

    static final Duration WHILE = Duration.ofSeconds(5);

    /** Whether a platform is asked. */
    public enum BreakerState {
        /** It is. */
        CLOSED,
        /** A few times, to see whether it answers again. */
        ON_TRIAL,
        /** It is not. */
        OPEN
    }

    private final PlatformClient client;
    private final LongSupplier nanoTime;
    private final CircuitBreakerRegistry breakers;

    /**
     * @param nanoTime nanoseconds that never go back, such as {@link System#nanoTime}
     * @param slow from how long on a call is slow; shorter than what calls are given, or it never tells more than they do
     */
    public CircuitBreakingPlatformClient(PlatformClient client, LongSupplier nanoTime, Duration slow) {
        this.client = client;
        this.nanoTime = nanoTime;
        this.breakers = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
                .clock(sinceStart(nanoTime).withZone(ZoneOffset.UTC))
                .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(CALLS)
                .minimumNumberOfCalls(CALLS)
                .failureRateThreshold(HALF)
                .slowCallRateThreshold(HALF)
                .slowCallDurationThreshold(slow)
                .waitDurationInOpenState(WHILE)
                .permittedNumberOfCallsInHalfOpenState(1)
                .build());
    }

    /** The library reckons in instants, and only with their differences: which ones does not matter. */
    private static InstantSource sinceStart(LongSupplier nanoTime) {
        long start = nanoTime.getAsLong();
        return () -> Instant.EPOCH.plusNanos(nanoTime.getAsLong() - start);
    }

    @Override
    public Future<PlatformReply> post(URI url, Buffer json, Duration within) {
        CircuitBreaker breaker = breakers.circuitBreaker(url.getAuthority());
        if (!breaker.tryAcquirePermission()) {
            return Future.succeededFuture(
                    new PlatformReply.Missing("not asked: the platform has not been answering (circuit open)"));
        }
        long start = nanoTime.getAsLong();
        return client.post(url, json, within).onComplete(done -> {
            long took = nanoTime.getAsLong() - start;
            if (done.failed() || hasFailed(done.result())) {
                breaker.onError(took, TimeUnit.NANOSECONDS, new IllegalStateException("no answer, or 5xx"));
            } else {
                breaker.onSuccess(took, TimeUnit.NANOSECONDS);
            }
        });
    }

    /** How the breaker of each platform that was ever asked stands, by the platform's host and port. */
    public Map<String, BreakerState> states() {
        return breakers.getAllCircuitBreakers().stream()
                .collect(Collectors.toUnmodifiableMap(CircuitBreaker::getName, breaker -> switch (breaker.getState()) {
                    case OPEN, FORCED_OPEN -> BreakerState.OPEN;
                    case HALF_OPEN -> BreakerState.ON_TRIAL;
                    case CLOSED, DISABLED, METRICS_ONLY -> BreakerState.CLOSED;
                }));
    }

    private static boolean hasFailed(PlatformReply reply) {
        return switch (reply) {
            case PlatformReply.Missing missing -> true;
            case PlatformReply.Answered answered -> answered.status() >= 500;
        };
    }
}
