package dev.hutong.hub;

import static dev.hutong.hub.Eventually.eventually;
import static dev.hutong.hub.FoundedFolder.registration;
import static dev.hutong.hub.ProposalClient.PROPOSALS;
import static dev.hutong.hub.ProposalClient.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.hutong.conformance.jose.Algorithm;
import dev.hutong.conformance.jose.SigningKey;
import dev.hutong.hub.config.ClientsConfig;
import dev.hutong.hub.config.HubConfig;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.KeptFold;
import dev.hutong.registry.KeyId;
import dev.hutong.registry.RegistryEvent;
import dev.hutong.registry.RegistryEvent.IssuerRegistered;
import dev.hutong.registry.RegistryEvent.IssuerResumed;
import dev.hutong.registry.RegistryEvent.IssuerSuspended;
import dev.hutong.registry.RevocationReason;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.proposal.Action.RevokeKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What a hub makes of its registry as it comes up, and what it says about it in its log. */
class RegistryStartIT {
    @TempDir
    private Path data;

    private final MovableClock clock = new MovableClock(Instant.now());

    /** What the watch writes into the hub's log. */
    private static final class Said extends AppenderBase<ILoggingEvent> implements AutoCloseable {
        private final BlockingQueue<ILoggingEvent> events = new LinkedBlockingQueue<>();
        private final Logger logger;

        Said() {
            this(RegistryWatch.class);
        }

        Said(Class<?> who) {
            logger = (Logger) LoggerFactory.getLogger(who);
            start();
            logger.setLevel(Level.INFO);
            logger.addAppender(this);
        }

        @Override
        protected void append(ILoggingEvent event) {
            events.add(event);
        }

        void awaitLine(Level level, String text) throws InterruptedException {
            ILoggingEvent event;
            do {
                event = events.poll(20, TimeUnit.SECONDS);
                assertThat(event).as(text).isNotNull();
            } while (!event.getFormattedMessage().contains(text));
            assertThat(event.getLevel()).isEqualTo(level);
        }

        @Override
        public void close() {
            logger.detachAppender(this);
            logger.setLevel(null);
        }
    }

    @Test
    void aDevelopmentRegistryHasNoOperatorsAndNobodyToProposeTo() {
        try (TestHub hub = TestHub.start(TestHub.config(data), InstantSource.system())) {
            for (String path : new String[] {"/v1/registry/nonce", "/v1/registry/operators"}) {
                Exchange exchange = hub.verifier().get(path);
                assertThat(exchange.status()).isEqualTo(409);
                assertThat(exchange.problem()).isEqualTo("registry-conflict");
                assertThat(exchange.json().get("ground").textValue()).isEqualTo("NOT_UNDER_DUAL_CONTROL");
                assertThat(exchange.json().get("detail").textValue()).contains("registry genesis");
            }
            assertThat(hub.verifier().get(PROPOSALS).json().get("proposals")).isEmpty();
        }
    }

    @Test
    void aDevelopmentRegistryIsServedOnTheLoopbackOnly() {
        TestHub.append(
                data,
                clock,
                List.of(new IssuerRegistered(
                        clock.instant(), new IssuerId(Codes.GUANGZHOU), "Guangzhou", Optional.empty())));

        assertThatThrownBy(() -> TestHub.start(inPublic(), clock))
                .isInstanceOf(HubStartException.class)
                .message()
                .contains("http.host: «0.0.0.0»", "not under dual control", "hutong registry genesis", "127.0.0.1")
                .doesNotContain("\n");
        TestHub.start(inPublic().withHost("127.0.0.1"), clock).close();
    }

    @Test
    void anEmptyRegistryIsServedOnTheLoopbackOnlyAndIsStillToBeFounded() {
        assertThatThrownBy(() -> TestHub.start(inPublic(), clock))
                .isInstanceOf(HubStartException.class)
                .hasMessageContaining("hutong registry genesis");

        new FoundedFolder(data, clock);
        try (TestHub hub = TestHub.start(inPublic(), clock)) {
            assertThat(hub.verifier().get("/v1/registry/operators").status()).isEqualTo(200);
        }
    }

    /** All that a public address needs but the registry. */
    private HubConfig inPublic() {
        return TestHub.config(data)
                .withHost("0.0.0.0")
                .withClients(new ClientsConfig(true, true, List.of()))
                .withPublicUrl(URI.create("https://hub.example"));
    }

    @Test
    void aHubWithoutTheLogKeyOfItsFoundingDoesNotStartAndMakesNone() throws IOException {
        new FoundedFolder(data, clock);
        Path logKey = data.resolve("log-key.jwk.json");
        Files.delete(logKey);

        assertThatThrownBy(() -> TestHub.start(TestHub.config(data), clock))
                .isInstanceOf(HubStartException.class)
                .hasMessageContainingAll("log-key.jwk.json", FoundedFolder.ORIGIN, "backup");
        assertThat(logKey).doesNotExist();
    }

    @Test
    void aHubWithAnotherLogKeyDoesNotStart() throws IOException {
        new FoundedFolder(data, clock);
        PrivateJwk other = FoundedFolder.key(SignatureAlgorithm.EDDSA);
        Files.writeString(data.resolve("log-key.jwk.json"), other.toJson().toString());

        assertThatThrownBy(() -> TestHub.start(TestHub.config(data), clock))
                .isInstanceOf(HubStartException.class)
                .hasMessageContainingAll(other.publicJwk().kid(), "backup");
    }

    @Test
    void aNewHubKeyBesideAnOldRegistryIsToldOf() throws Exception {
        FoundedFolder registry = new FoundedFolder(data, clock);
        try (Said said = new Said(HubKeys.class)) {
            try (TestHub hub = TestHub.start(TestHub.config(data), clock)) {
                PrivateJwk key = FoundedFolder.key(SignatureAlgorithm.SM2);
                new ProposalClient(hub.verifier(), registry).propose(registration(Codes.GUANGZHOU, key), key);
            }
            assertThat(said.events).isEmpty();
            Files.delete(data.resolve("hub-key.jwk.json"));
            try (TestHub hub = TestHub.start(TestHub.config(data), clock)) {
                assertThat(hub.verifier().get(PROPOSALS).status()).isEqualTo(200);
                said.awaitLine(Level.WARN, "is new although a hub ran here before");
            }
        }
    }

    @Test
    void theLogTellsOfABreakGlassRevocationUntilItIsConfirmedAndAgainAfterARestart() throws InterruptedException {
        FoundedFolder registry = new FoundedFolder(data, clock);
        PrivateJwk key = FoundedFolder.key(SignatureAlgorithm.SM2);
        String id;
        try (TestHub hub = TestHub.start(TestHub.config(data), clock);
                Said said = new Said()) {
            ProposalClient client = new ProposalClient(hub.verifier(), registry);
            String registration = id(client.propose(registration(Codes.GUANGZHOU, key), key));
            client.approve(registration, registry.anna);
            client.approve(registration, registry.bo);
            id = id(client.propose(
                    new RevokeKey(
                            new IssuerId(Codes.GUANGZHOU),
                            KeyId.of(key.publicJwk()),
                            RevocationReason.CEASED,
                            clock.instant(),
                            true),
                    registry.chen));
            said.awaitLine(Level.ERROR, "must confirm it by");
            clock.advance(Duration.ofHours(24));
            said.awaitLine(Level.ERROR, "should have confirmed");
        }
        try (Said said = new Said();
                TestHub hub = TestHub.start(TestHub.config(data), clock)) {
            said.awaitLine(Level.ERROR, id);
            new ProposalClient(hub.verifier(), registry).approve(id, registry.bo);
            said.awaitLine(Level.INFO, "No longer UNCONFIRMED");
        }
    }

    @Test
    void aHubTakesUpWhatItKeptOfALongLogAndAnswersAsBefore() throws InterruptedException {
        TestHub.append(data, clock, longHistory());
        Path kept = data.resolve("registry.fold");
        List<String> answers;
        try (Said said = new Said(KeptFold.class);
                TestHub hub = TestHub.start(TestHub.config(data), clock)) {
            said.awaitLine(Level.INFO, "folded from its first entry, since there is no");
            eventually(() -> assertThat(kept).exists());
            answers = answers(hub);
        }
        TestHub.append(data, clock, List.of(new IssuerResumed(clock.instant(), new IssuerId(Codes.GUANGZHOU))));
        List<String> grown;
        try (Said said = new Said(KeptFold.class);
                TestHub hub = TestHub.start(TestHub.config(data), clock)) {
            said.awaitLine(Level.INFO, "first 20001 entries are folded in");
            grown = answers(hub);
        }
        assertThat(grown).isNotEqualTo(answers);
        assertThat(kept.toFile().delete()).isTrue();
        try (TestHub hub = TestHub.start(TestHub.config(data), clock)) {
            assertThat(answers(hub)).isEqualTo(grown);
        }
    }

    /** Longer than what is worth keeping, with the issuer suspended at its end. */
    private List<RegistryEvent> longHistory() {
        IssuerId issuer = new IssuerId(Codes.GUANGZHOU);
        Instant at = clock.instant();
        List<RegistryEvent> events = new ArrayList<>();
        events.add(new IssuerRegistered(at, issuer, "穗康码", Optional.empty()));
        events.add(TestHub.activation(at, issuer, SigningKey.generate(Algorithm.SM2)));
        for (int i = 0; i < 10_000; i++) {
            events.add(new IssuerSuspended(at, issuer, "for a test"));
            events.add(new IssuerResumed(at, issuer));
        }
        events.removeLast();
        return events;
    }

    private static List<String> answers(TestHub hub) {
        HubClient client = hub.verifier();
        return List.of(
                client.get("/log/checkpoint").text(),
                client.get("/v1/issuers/" + Codes.GUANGZHOU).text(),
                // Without its signature, which is another each time.
                client.get("/v1/registry/snapshot").text().split("\\.")[1]);
    }
}
