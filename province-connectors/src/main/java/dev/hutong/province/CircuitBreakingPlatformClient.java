package dev.hutong.province;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Spares a platform that does not answer. After {@value #CALLS} calls of which most came to nothing, calls are refused at once for a
 * while, then a few are tried again. Only what did not come and 5xx count; an answer that cannot be relied on is an answer.
 */
public final class CircuitBreakingPlatformClient implements PlatformClient {
    static final int CALLS = 50;

    private static final CircuitBreakerConfig CONFIG = CircuitBreakerConfig.custom()
            .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
            .slidingWindowSize(CALLS)
            .minimumNumberOfCalls(CALLS)
            .failureRateThreshold(80)
            .waitDurationInOpenState(Duration.ofSeconds(5))
            .permittedNumberOfCallsInHalfOpenState(5)
            .build();

    private final PlatformClient client;
    private final CircuitBreakerRegistry breakers = CircuitBreakerRegistry.of(CONFIG);

    public CircuitBreakingPlatformClient(PlatformClient client) {
        this.client = client;
    }

    @Override
    public Future<PlatformReply> post(URI url, Buffer json, Duration within) {
        CircuitBreaker breaker = breakers.circuitBreaker(url.getAuthority());
        if (!breaker.tryAcquirePermission()) {
            return Future.succeededFuture(
                    new PlatformReply.Missing("not asked: the platform has not been answering (circuit open)"));
        }
        long start = System.nanoTime();
        return client.post(url, json, within).onSuccess(reply -> {
            long took = System.nanoTime() - start;
            if (hasFailed(reply)) {
                breaker.onError(took, TimeUnit.NANOSECONDS, new IllegalStateException(reply.toString()));
            } else {
                breaker.onSuccess(took, TimeUnit.NANOSECONDS);
            }
        });
    }

    private static boolean hasFailed(PlatformReply reply) {
        return switch (reply) {
            case PlatformReply.Missing missing -> true;
            case PlatformReply.Answered answered -> answered.status() >= 500;
        };
    }
}
