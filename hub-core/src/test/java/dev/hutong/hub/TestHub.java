package dev.hutong.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.conformance.jose.SigningKey;
import dev.hutong.conformance.province.Registration;
import dev.hutong.conformance.province.VirtualProvinces;
import dev.hutong.hub.config.HubConfig;
import dev.hutong.hub.config.WarmUpConfig;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.Registry;
import dev.hutong.registry.RegistryEvent;
import dev.hutong.registry.RegistryEvent.IssuerRegistered;
import dev.hutong.registry.RegistryEvent.KeyActivated;
import dev.hutong.registry.RegistryFolder;
import dev.hutong.registry.jose.KeyAdmission;
import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.jose.SignatureProviders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** A hub on free ports, and a client of each of its two servers. */
public final class TestHub implements AutoCloseable {
    private final Hub hub;
    private final HubClient verifier;
    private final HubClient operator;

    private TestHub(Hub hub, HubClient verifier, HubClient operator) {
        this.hub = hub;
        this.verifier = verifier;
        this.operator = operator;
    }

    /** A hub that knows the provinces and keeps all in this folder. */
    public static TestHub start(Path data, VirtualProvinces provinces, InstantSource clock) {
        append(data, clock, registrationOf(provinces, clock.instant()));
        return start(config(data), clock);
    }

    public static TestHub start(HubConfig config, InstantSource clock) {
        Hub hub = Hub.start(config, clock);
        return new TestHub(hub, HubClient.ofVerifier(hub.url()), HubClient.ofOperator(hub.managementUrl()));
    }

    /** A hub that is asked by TLS. */
    static TestHub start(HubConfig config, InstantSource clock, SSLContext trust) {
        Hub hub = Hub.start(config, clock);
        return new TestHub(
                hub, HubClient.ofVerifier(hub.url(), trust), HubClient.ofOperator(hub.managementUrl(), trust));
    }

    public static HubConfig config(Path data) {
        return HubConfig.defaults()
                .withData(data)
                .withPort(0)
                .withManagementPort(0)
                .withWarmUp(WarmUpConfig.NONE);
    }

    /** What lets a hub know these provinces and all keys they want registered. */
    public static List<RegistryEvent> registrationOf(VirtualProvinces provinces, Instant at) {
        List<RegistryEvent> events = new ArrayList<>();
        for (Registration province : provinces.registrations()) {
            IssuerId issuer = new IssuerId(province.issuerId());
            events.add(new IssuerRegistered(at, issuer, province.name(), province.platform()));
            province.publicJwks().forEach(jwk -> events.add(activation(at, issuer, jwk)));
        }
        return events;
    }

    /** A key of an issuer's, good for ever. */
    public static KeyActivated activation(Instant at, IssuerId issuer, SigningKey key) {
        return activation(at, issuer, key.publicJwk());
    }

    private static KeyActivated activation(Instant at, IssuerId issuer, String jwk) {
        return new KeyActivated(at, issuer, publicKey(jwk), Optional.empty(), Optional.empty(), "test");
    }

    public static PublicJwk publicKey(String jwk) {
        return switch (PublicJwk.parse(jwk.getBytes(StandardCharsets.UTF_8))) {
            case KeyAdmission.Admitted<PublicJwk>(PublicJwk key) -> key;
            case KeyAdmission.Refused<PublicJwk> refused -> throw new IllegalStateException(refused.explanation());
        };
    }

    /** Appends to the log in a folder that no hub holds. */
    public static void append(Path data, InstantSource clock, List<RegistryEvent> events) {
        append(config(data), clock, events);
    }

    /** Appends to the log in the store that this configuration names. */
    static void append(HubConfig config, InstantSource clock, List<RegistryEvent> events) {
        if (!(RegistryStore.tryOpen(config) instanceof RegistryFolder.Opened(RegistryFolder folder))) {
            throw new IllegalStateException(config.data() + " cannot be opened");
        }
        try (folder;
                Registry registry = Registry.open(folder.log(), SignatureProviders.choose(), clock)) {
            assertThat(registry.append(events)).isInstanceOf(Registry.Appended.class);
        }
    }

    public Hub hub() {
        return hub;
    }

    /** Asks the server for verifiers. */
    public HubClient verifier() {
        return verifier;
    }

    /** Asks the server for operators. */
    public HubClient operator() {
        return operator;
    }

    @Override
    public void close() {
        verifier.close();
        operator.close();
        hub.close();
    }
}
