package dev.hutong.hub.http;

import dev.hutong.hub.clients.Caller;
import dev.hutong.hub.load.Quota;
import dev.hutong.hub.load.QuotaPlan;
import dev.hutong.hub.load.Quotas;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/** The gate behind the one that knows the caller: whoever has asked too often is told after what time to ask again. */
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
        Asking asking = asking(request, caller);
        Quotas.Answer answer = quotas.take(asking.holder(), asking.quota(), 1);
        if (answer.granted()) {
            context.next();
        } else {
            refuse(context.response(), asking.quota(), answer);
        }
    }

    /** Takes more requests out of the caller's quota, such as one for each line of a batch; all of them or none. */
    boolean take(RoutingContext context, int requests) {
        Caller caller = Callers.of(context);
        return quotas.take(KnownCallers.holder(context.request(), caller), plan.of(caller), requests)
                .granted();
    }

    /** Whose quota a request takes from. */
    private record Asking(String holder, Quota quota) {}

    /** What anybody may ask whoever they are, and what makes work or stays for ever, is counted by address. */
    private Asking asking(HttpServerRequest request, Caller caller) {
        if (request.method().equals(HttpMethod.POST)) {
            String path = request.path();
            if (path.startsWith("/v1/registry/proposals")) {
                return new Asking("proposals:" + Addresses.of(request), plan.proposals());
            }
            if (path.equals("/oauth2/token")) {
                return new Asking("tokens:" + Addresses.of(request), plan.tokens());
            }
        }
        return new Asking(KnownCallers.holder(request, caller), plan.of(caller));
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
