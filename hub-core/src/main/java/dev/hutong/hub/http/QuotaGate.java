package dev.hutong.hub.http;

import dev.hutong.hub.clients.Caller;
import dev.hutong.hub.load.Quota;
import dev.hutong.hub.load.QuotaPlan;
import dev.hutong.hub.load.Quotas;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.function.BiConsumer;

/**
 * The gate behind the one that knows the caller: whoever has asked too often is told after what time to ask again. What anybody may ask, and what
 * makes work or stays for ever, has a quota of its own besides, which stands before the operation itself: whatever path led there.
 */
public final class QuotaGate implements Handler<RoutingContext> {
    private static final Duration ALMOST_A_SECOND = Duration.ofNanos(999_999_999);

    private final Quotas quotas;
    private final QuotaPlan plan;
    private final LoadGate load;

    public QuotaGate(Quotas quotas, QuotaPlan plan, LoadGate load) {
        this.quotas = quotas;
        this.plan = plan;
        this.load = load;
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        Caller caller = Callers.of(context);
        LoadedLoop loop = load.loop();
        if (loop.gate().isQueueing()) {
            loop.callers().learn(request, caller);
        }
        if (grants(context, loop.callers().holder(request, caller), plan.of(caller))) {
            context.next();
        }
    }

    /** Takes more requests out of the caller's quota, such as one for each line of a batch; all of them or none. */
    boolean take(RoutingContext context, int requests) {
        Caller caller = Callers.of(context);
        return quotas.take(load.loop().callers().holder(context.request(), caller), plan.of(caller), requests)
                .granted();
    }

    /** This operation, for addresses that have not sent in too many proposals and approvals of them. */
    BiConsumer<RoutingContext, byte[]> ofProposals(BiConsumer<RoutingContext, byte[]> operation) {
        return ofEachAddress("proposals:", plan.proposals(), operation);
    }

    /** This operation, for addresses that have not asked for too many access tokens. */
    BiConsumer<RoutingContext, byte[]> ofTokens(BiConsumer<RoutingContext, byte[]> operation) {
        return ofEachAddress("tokens:", plan.tokens(), operation);
    }

    private BiConsumer<RoutingContext, byte[]> ofEachAddress(
            String kind, Quota quota, BiConsumer<RoutingContext, byte[]> operation) {
        return (context, body) -> {
            if (grants(context, kind + load.loop().callers().address(context.request()), quota)) {
                operation.accept(context, body);
            }
        };
    }

    /** Takes one request out of a quota, or answers that there is none left. */
    private boolean grants(RoutingContext context, String holder, Quota quota) {
        Quotas.Answer answer = quotas.take(holder, quota, 1);
        if (!answer.granted()) {
            refuse(context.response(), quota, answer);
        }
        return answer.granted();
    }

    /** Retry-After: RFC 9110 §10.2.3. RateLimit, RateLimit-Policy: draft-ietf-httpapi-ratelimit-headers-10. */
    private static void refuse(HttpServerResponse response, Quota quota, Quotas.Answer answer) {
        long seconds = Math.max(1, answer.retryAfter().plus(ALMOST_A_SECOND).toSeconds());
        response.putHeader("Retry-After", Long.toString(seconds))
                .putHeader(
                        "RateLimit-Policy",
                        "\"quota\";q=" + quota.requests() + ";w=" + quota.each().toSeconds())
                .putHeader("RateLimit", "\"quota\";r=" + answer.remaining() + ";t=" + seconds);
        Problem.of(ProblemType.QUOTA_EXCEEDED).answer(response);
    }
}
