package dev.hutong.hub;

import dev.hutong.hub.clients.AccessTokens;
import dev.hutong.hub.clients.AssertionReplay;
import dev.hutong.hub.clients.AuthorizationServer;
import dev.hutong.hub.config.HubConfig;
import dev.hutong.hub.http.Callers;
import dev.hutong.hub.http.ClientOperations;
import dev.hutong.hub.http.OAuthOperations;
import dev.hutong.hub.http.Operations;
import dev.hutong.hub.http.QuotaGate;
import dev.hutong.hub.http.TokenGate;
import dev.hutong.registry.RegistrySnapshot;
import dev.hutong.registry.jose.CompactJwsSigner;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureProviders;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The clients of a running hub: where they get their tokens, and the gate that knows them by these. */
final class HubClients {
    private static final Logger LOG = LoggerFactory.getLogger(HubClients.class);

    private final HubConfig config;
    private final Supplier<RegistrySnapshot> registry;
    private final AccessTokens tokens;
    private final AuthorizationServer server;

    /**
     * @param publicUrl the hub's name as an authorization server, and where its tokens are good
     * @param replay remembers which assertions have been used
     */
    HubClients(String publicUrl, HubRegistry trust, HubConfig config, AssertionReplay replay) {
        PrivateJwk key = trust.keys().token();
        SignatureProviders providers = trust.providers();
        InstantSource clock = trust.clock();
        this.config = config;
        this.registry = trust.registry()::snapshot;
        this.tokens = new AccessTokens(
                publicUrl, new CompactJwsSigner(key, providers), providers.verifier(key.publicJwk()), registry, clock);
        this.server = new AuthorizationServer(publicUrl, tokens, registry, replay, clock);
        if (config.clients().required()) {
            LOG.info(
                    "Access tokens of {} are signed by the key {}; hubs behind this name have to have the same one",
                    publicUrl,
                    key.publicJwk().kid());
        } else {
            LOG.warn(
                    "CLIENTS ARE NOT AUTHENTICATED: everybody on this machine may ask everything. For development only;"
                            + " clients.required ends it");
        }
        if (config.clients().tlsByProxy() && config.clients().proxies().isEmpty()) {
            LOG.warn(
                    "All who have no token share one quota, that of the proxy's address: http.tlsByProxy without http.proxies");
        }
    }

    /** What every request passes. */
    List<Handler<RoutingContext>> gates() {
        return config.clients().required() ? List.of(new TokenGate(tokens)) : List.of(Callers.OPEN);
    }

    /**
     * What clients ask for themselves.
     *
     * @param quotas how many tokens may be asked for
     */
    List<Operations> operations(QuotaGate quotas) {
        return List.of(
                new OAuthOperations(server, config.asksForCertificates(), quotas), new ClientOperations(registry));
    }
}
