package dev.hutong.hub.http;

import dev.hutong.registry.CertificateThumbprint;
import dev.hutong.registry.ClientRole;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.RegisteredClient;
import dev.hutong.registry.RegistrySnapshot;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.Set;
import java.util.function.Supplier;

/** Who may ask: the clients as the registry has them. Its log is public, and so are they. */
public final class ClientOperations implements Operations {
    private final Supplier<RegistrySnapshot> registry;

    public ClientOperations(Supplier<RegistrySnapshot> registry) {
        this.registry = registry;
    }

    @Override
    public void mount(Routes routes) {
        routes.get("/v1/registry/clients", this::clients);
    }

    private void clients(RoutingContext context) {
        JsonArray clients = new JsonArray();
        registry.get().clients().forEach(client -> clients.add(json(client)));
        Routes.answer(
                context,
                MediaTypes.JSON,
                "no-cache",
                new JsonObject().put("clients", clients).toBuffer());
    }

    private static JsonObject json(RegisteredClient client) {
        JsonArray keys = new JsonArray();
        client.keys()
                .forEach(key -> keys.add(new JsonObject()
                        .put("kid", key.id().value())
                        .put("alg", key.jwk().algorithm().jose())
                        .put("since", key.since().toString())));
        JsonArray roles = new JsonArray();
        client.roles().stream().sorted().map(ClientRole::text).forEach(roles::add);
        return new JsonObject()
                .put("client", client.id().value())
                .put("name", client.terms().name())
                .put("roles", roles)
                .put("regions", sorted(client.terms().regions()))
                .put("maskedNameFor", sorted(client.terms().maskedNameFor()))
                .put(
                        "certificate",
                        client.terms()
                                .certificate()
                                .map(CertificateThumbprint::value)
                                .orElse(null))
                .put("issuer", client.terms().issuer().map(IssuerId::value).orElse(null))
                .put("keys", keys)
                .put("registeredAt", client.registeredAt().toString())
                .put("withdrawnAt", client.withdrawnAt().map(Instant::toString).orElse(null))
                .put("entry", client.entry())
                .put("origin", client.origin());
    }

    private static JsonArray sorted(Set<String> texts) {
        return new JsonArray(texts.stream().sorted().toList());
    }
}
