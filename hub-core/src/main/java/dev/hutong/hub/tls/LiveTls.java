package dev.hutong.hub.tls;

import dev.hutong.hub.config.TlsConfig;
import dev.hutong.hub.log.BackgroundLoop;
import dev.hutong.registry.lint.LintFinding;
import dev.hutong.registry.lint.LintKind;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.ServerSSLOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TLS of one endpoint. Its files are looked at once a second: what is new and good is taken up, connections that are open go on, and
 * what is broken leaves everything as it was, and is told.
 */
public final class LiveTls {
    private static final Logger LOG = LoggerFactory.getLogger(LiveTls.class);
    private static final Duration EVERY = Duration.ofSeconds(1);

    /** As long before its end as authorities renew certificates of 90 days at the latest. */
    private static final Duration NOTICE = Duration.ofDays(21);

    private final String endpoint;
    private final TlsConfig config;
    private final InstantSource clock;
    private final List<HttpServer> servers = new CopyOnWriteArrayList<>();
    private volatile State state;

    /**
     * @param material what the endpoint serves with
     * @param usableAt when its files were last seen to be usable, and taken up if they were new
     * @param fault why the files of now are not taken up; empty where they are
     */
    private record State(TlsMaterial material, Instant usableAt, Optional<String> fault) {}

    /** How an endpoint begins. */
    public sealed interface Beginning {
        /** Its files are good. */
        record Ready(LiveTls tls) implements Beginning {}

        /** They are not; {@code why} begins with the key of the configuration. */
        record NotReady(String why) implements Beginning {}
    }

    private LiveTls(String endpoint, TlsConfig config, InstantSource clock, TlsMaterial material) {
        this.endpoint = endpoint;
        this.config = config;
        this.clock = clock;
        this.state = new State(material, clock.instant(), Optional.empty());
    }

    /**
     * Reads the files of an endpoint for the first time. Blocks.
     *
     * @param endpoint its name in the configuration, such as {@code http}
     */
    public static Beginning of(String endpoint, TlsConfig config, InstantSource clock) {
        return switch (TlsFiles.read(config, clock.instant())) {
            case TlsFiles.Reading.Usable(TlsMaterial material) ->
                new Beginning.Ready(new LiveTls(endpoint, config, clock, material));
            case TlsFiles.Reading.NotUsable(String why) -> new Beginning.NotReady(endpoint + ".tls." + why + ".");
        };
    }

    /** Begins to look at the files; not to be called on an event loop. */
    public void follow(Vertx vertx) {
        BackgroundLoop.start(vertx, EVERY, this::look);
    }

    /** What a server of this endpoint begins with. */
    public ServerSSLOptions options() {
        return state.material().options();
    }

    /** Keeps a server up to date from now on. */
    public void serves(HttpServer server) {
        servers.add(server);
    }

    /** The endpoint's name in the configuration. */
    public String endpoint() {
        return endpoint;
    }

    /** When the certificate that it serves with ends. */
    public Instant expires() {
        return state.material().expires();
    }

    /** When its files were last seen to be good. */
    public Instant usableAt() {
        return state.usableAt();
    }

    /** Why the files of now are not served with; empty where they are. */
    public Optional<String> fault() {
        return state.fault();
    }

    /** What an operator should look after. */
    public List<LintFinding> findings() {
        Instant now = clock.instant();
        Instant end = expires();
        if (now.plus(NOTICE).isBefore(end)) {
            return List.of();
        }
        return List.of(new LintFinding(
                LintKind.EXPIRING,
                endpoint + ".tls",
                "The certificate of this endpoint " + (now.isBefore(end) ? "ends at " : "ended at ") + end + ".",
                "Put the renewed certificate and its key into the files; the hub takes them up by itself."));
    }

    private void look() {
        switch (TlsFiles.read(config, clock.instant())) {
            case TlsFiles.Reading.NotUsable(String why) -> keep(why);
            case TlsFiles.Reading.Usable(TlsMaterial material) -> {
                if (material.equals(state.material())) {
                    takenUp(material);
                } else {
                    update(material);
                }
            }
        }
    }

    private void update(TlsMaterial material) {
        Future.all(servers.stream()
                        .map(server -> server.updateSSLOptions(material.options(), true))
                        .toList())
                .onSuccess(updated -> {
                    takenUp(material);
                    LOG.info("{}.tls: from now on {}", endpoint, material.describe());
                })
                .onFailure(failure -> keep("certificate: the server does not take it (" + failure + ")"));
    }

    private void takenUp(TlsMaterial material) {
        if (state.fault().isPresent() && material.equals(state.material())) {
            LOG.info("{}.tls: the files are good again", endpoint);
        }
        state = new State(material, clock.instant(), Optional.empty());
    }

    private void keep(String why) {
        State before = state;
        if (!before.fault().equals(Optional.of(why))) {
            LOG.error(
                    "{}.tls.{}. The endpoint goes on with {}",
                    endpoint,
                    why,
                    before.material().describe());
        }
        state = new State(before.material(), before.usableAt(), Optional.of(why));
    }
}
