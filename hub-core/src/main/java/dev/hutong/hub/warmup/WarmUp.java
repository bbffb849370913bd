package dev.hutong.hub.warmup;

import dev.hutong.hub.http.Callers;
import dev.hutong.hub.http.HttpApi;
import dev.hutong.hub.http.LoadGate;
import dev.hutong.hub.http.ResolveOperations;
import dev.hutong.hub.load.Limits;
import dev.hutong.hub.resolve.DecisionSigner;
import dev.hutong.hub.resolve.Ledger;
import dev.hutong.hub.resolve.Resolver;
import dev.hutong.hub.resolve.RulesInForce;
import dev.hutong.hub.resolve.Shadow;
import dev.hutong.hub.rules.LiveRules;
import dev.hutong.hub.telemetry.Telemetry;
import dev.hutong.mapping.Explanations;
import dev.hutong.province.PlatformReply;
import dev.hutong.province.Platforms;
import dev.hutong.registry.ConfirmedSnapshot;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.jose.SignatureProviders;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.PoolOptions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the way of a code fast before anybody needs it: {@link SyntheticCodes} go through a server of their own on the loopback until the JVM
 * has compiled what they run through, or the time is over. The server, its registry, its keys and its meters are made for this and thrown
 * away: none of these codes is recorded or counted, and nobody else can ask there for longer than it lasts, nor learn anything.
 */
public final class WarmUp {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final PlatformReply NOBODY = new PlatformReply.Missing("nobody is asked");

    /** Requests under way at once, as from a few gates. */
    private static final int AT_ONCE = 16;

    /** More make nothing faster: by then the JVM's second compiler has seen the whole way often enough. */
    private static final int ENOUGH = 20_000;

    private static final int OK = 200;
    private static final int OVERLOADED = 503;

    private final Vertx vertx;
    private final Duration limit;
    private final LiveRules rules;
    private volatile boolean done;
    private volatile Instant now = Instant.EPOCH;

    /** @param limit for how long at most; zero for not at all */
    public WarmUp(Vertx vertx, Duration limit, LiveRules rules) {
        this.vertx = vertx;
        this.limit = limit;
        this.rules = rules;
        this.done = limit.isZero();
    }

    /** That the hub is still cold; empty once it is warm, or is not to be. */
    public Optional<String> fault() {
        return done ? Optional.empty() : Optional.of("the hub is starting");
    }

    /** Does it, and returns when it is done; not to be called on an event loop. A failure is told and keeps no hub from starting. */
    public void run() {
        if (done) {
            return;
        }
        long begun = System.nanoTime();
        try {
            int resolved = resolve(SignatureProviders.choose(), begun + limit.toNanos());
            LOG.info(
                    "Warmed up with {} codes of nobody's in {} ms",
                    resolved,
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
        } catch (Exception e) { // await() throws whatever made it fail, checked or not
            LOG.warn("The hub could not warm up; the first answers are slower", e);
        }
        done = true;
    }

    private int resolve(SignatureProviders providers, long until) {
        SyntheticCodes codes = SyntheticCodes.of(rules.running(), providers);
        Telemetry telemetry = Telemetry.unseen(() -> now);
        HttpApi api = new HttpApi(List.of(Callers.OPEN), List.of(operations(codes, providers, telemetry)));
        HttpServer server = vertx.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                .requestHandler(telemetry.ofVerifiers(api::router).apply(vertx))
                .listen()
                .await();
        HttpClient client = vertx.createHttpClient(
                new HttpClientOptions().setDefaultHost("127.0.0.1").setDefaultPort(server.actualPort()),
                new PoolOptions().setHttp1MaxSize(AT_ONCE));
        try {
            return ask(client, codes.codes(), until);
        } finally {
            client.close().await();
            server.close().await();
            telemetry.end().await();
        }
    }

    private ResolveOperations operations(SyntheticCodes codes, SignatureProviders providers, Telemetry telemetry) {
        ConfirmedSnapshot registry = new ConfirmedSnapshot(codes.registry(), Instant.MAX);
        Resolver resolver = new Resolver(
                        () -> registry,
                        Duration.ZERO,
                        new RulesInForce(rules.inForce().versions(), rules.policies(), now),
                        new Platforms(
                                (url, json, within) -> Future.succeededFuture(NOBODY),
                                () -> now,
                                Duration.ofSeconds(1)),
                        Explanations.bundled(),
                        () -> now,
                        Shadow.NONE,
                        Ledger.NONE)
                .observedBy(telemetry.observer());
        PrivateJwk key = PrivateJwk.generate(SignatureAlgorithm.ES256, new SecureRandom());
        return new ResolveOperations(
                resolver,
                new DecisionSigner("warm-up", key.publicJwk().kid(), providers.signer(key), telemetry.observer()),
                new LoadGate(new Limits(Duration.ofSeconds(1), ENOUGH), List.of()));
    }

    /** The examples of formats stand at instants of their own, so that they are asked about one after the other, many times each. */
    private int ask(HttpClient client, List<SyntheticCodes.Code> codes, long until) {
        int asked = 0;
        while (!codes.isEmpty() && asked < ENOUGH && System.nanoTime() < until) {
            SyntheticCodes.Code code = codes.get(asked / AT_ONCE % codes.size());
            now = code.at();
            Future.all(Stream.generate(() -> ask(client, code.request()))
                            .limit(AT_ONCE)
                            .toList())
                    .await();
            asked += AT_ONCE;
        }
        return asked;
    }

    private static Future<Buffer> ask(HttpClient client, Buffer request) {
        return client.request(HttpMethod.POST, "/v1/resolve")
                .compose(one -> one.putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                        .send(request)
                        .compose(WarmUp::answered));
    }

    /** A hub that is asked too much while it is cold may say so; anything else than that and an answer would warm up nothing. */
    private static Future<Buffer> answered(HttpClientResponse response) {
        int status = response.statusCode();
        return status == OK || status == OVERLOADED
                ? response.body()
                : Future.failedFuture(new IllegalStateException("a code of the warm-up's own was answered " + status));
    }
}
