package dev.hutong.registry;

import static dev.hutong.registry.FoundedRegistry.ANNA;
import static dev.hutong.registry.FoundedRegistry.BO;
import static dev.hutong.registry.FoundedRegistry.CHEN;
import static dev.hutong.registry.FoundedRegistry.FIRST_KEY;
import static dev.hutong.registry.FoundedRegistry.ISSUER;
import static dev.hutong.registry.FoundedRegistry.addition;

import dev.hutong.registry.jose.CompactJwsSigner;
import dev.hutong.registry.jose.Keys;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.proposal.Action.AddClientKey;
import dev.hutong.registry.proposal.Action.AddKey;
import dev.hutong.registry.proposal.Action.AddOperator;
import dev.hutong.registry.proposal.Action.Delegate;
import dev.hutong.registry.proposal.Action.Federate;
import dev.hutong.registry.proposal.Action.PublishRules;
import dev.hutong.registry.proposal.Action.RegisterClient;
import dev.hutong.registry.proposal.Action.RegisterIssuer;
import dev.hutong.registry.proposal.Action.RemoveClientKey;
import dev.hutong.registry.proposal.Action.RemoveOperator;
import dev.hutong.registry.proposal.Action.ResumeIssuer;
import dev.hutong.registry.proposal.Action.ResumeKey;
import dev.hutong.registry.proposal.Action.RevokeKey;
import dev.hutong.registry.proposal.Action.SuspendIssuer;
import dev.hutong.registry.proposal.Action.SuspendKey;
import dev.hutong.registry.proposal.Action.WithdrawClient;
import dev.hutong.registry.proposal.Action.WithdrawIssuer;
import dev.hutong.registry.proposal.Delegation;
import dev.hutong.registry.proposal.EntityConfiguration;
import dev.hutong.registry.proposal.EntityId;
import dev.hutong.registry.proposal.KeyOffer;
import dev.hutong.registry.proposal.RulesOffer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A registry in whose log every kind of event and of action took effect, and in which something waits, has lapsed and was forgotten. */
final class LivedRegistry {
    static final IssuerId CITY = new IssuerId("440100.citycode");
    static final IssuerId GONE = new IssuerId("330100.hangzhou");
    static final ClientId GATE = new ClientId("gate-7");
    static final PrivateJwk CITY_KEY = Keys.generated(SignatureAlgorithm.SM2, 970);
    static final PrivateJwk REVOKED_KEY = Keys.generated(SignatureAlgorithm.ES256, 971);
    static final PrivateJwk GONE_KEY = Keys.generated(SignatureAlgorithm.EDDSA, 972);
    static final PrivateJwk FORMER_FEDERATION_KEY = Keys.generated(SignatureAlgorithm.ES256, 973);
    static final PrivateJwk FEDERATION_KEY = Keys.generated(SignatureAlgorithm.EDDSA, 974);
    static final PrivateJwk FORMER_GATE_KEY = Keys.generated(SignatureAlgorithm.ES256, 975);
    static final PrivateJwk GATE_KEY = Keys.generated(SignatureAlgorithm.EDDSA, 976);
    static final PrivateJwk FORMER_OPERATOR = Keys.generated(SignatureAlgorithm.ES256, 977);
    static final PrivateJwk BROKEN_GLASS_KEY = Keys.generated(SignatureAlgorithm.ES256, 978);
    static final PrivateJwk LAPSED_KEY = Keys.generated(SignatureAlgorithm.ES256, 979);
    static final PrivateJwk WAITING_KEY = Keys.generated(SignatureAlgorithm.ES256, 980);

    final FoundedRegistry founded = new FoundedRegistry();
    /** Has one approval, BO's, and waits for another. */
    final String waiting;

    LivedRegistry() {
        enactForgotten();
        enactOfIssuers();
        enactOfKeys();
        enactOfFederation();
        enactOfClients();
        enactOfOperators();
        founded.proposed(addition(LAPSED_KEY), LAPSED_KEY, FIRST_KEY);
        founded.pass(Duration.ofDays(8));
        founded.proposed(
                new RevokeKey(ISSUER, Fixtures.idOf(BROKEN_GLASS_KEY), RevocationReason.COMPROMISED, founded.now, true),
                CHEN);
        waiting = founded.proposed(addition(WAITING_KEY), WAITING_KEY, FIRST_KEY);
        founded.approve(waiting, BO);
    }

    private void enactForgotten() {
        founded.enact(
                new RegisterIssuer(
                        ISSUER,
                        "粤康码 \"quoted\" 😀",
                        Optional.of(URI.create("https://platform.example:8443/a%20b")),
                        Optional.empty(),
                        Optional.of(KeyOffer.unbounded(FIRST_KEY.publicJwk()))),
                FIRST_KEY);
        founded.pass(Duration.ofDays(60));
    }

    private void enactOfIssuers() {
        Delegation delegation = new Delegation(
                "44",
                Set.of("citycode", "b"),
                Set.of(SignatureAlgorithm.values()),
                2,
                Optional.of(founded.now.plus(Duration.ofDays(900))));
        founded.enact(new Delegate(ISSUER, Optional.of(delegation)), FIRST_KEY);
        founded.enact(
                new RegisterIssuer(
                        CITY,
                        "穗康码",
                        Optional.empty(),
                        Optional.of(ISSUER),
                        Optional.of(KeyOffer.unbounded(CITY_KEY.publicJwk()))),
                CITY_KEY,
                FIRST_KEY);
        founded.enact(
                new Delegate(
                        CITY,
                        Optional.of(new Delegation(
                                "4401", Set.of("c"), Set.of(SignatureAlgorithm.SM2), 1, Optional.empty()))),
                ANNA);
        founded.enact(FoundedRegistry.registration(GONE, GONE_KEY), GONE_KEY);
        founded.enact(new SuspendIssuer(GONE), ANNA);
        founded.pass(Duration.ofMinutes(1));
        founded.enact(new ResumeIssuer(GONE), ANNA);
        founded.enact(new WithdrawIssuer(GONE), ANNA);
        founded.enact(rules("1.1.0", Optional.empty(), false), ANNA);
        founded.enact(rules("1.2.0", Optional.of(Duration.ofDays(3)), false), ANNA);
    }

    private PublishRules rules(String version, Optional<Duration> lasts, boolean emergency) {
        var from = founded.now.plus(Duration.ofDays(3));
        return new PublishRules(
                ISSUER,
                new RulesOffer(
                        new RulesVersion(version),
                        RulesDigest.of(new byte[] {
                            1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7,
                            8
                        }),
                        from,
                        lasts.map(from::plus),
                        emergency));
    }

    private void enactOfKeys() {
        founded.enact(
                new AddKey(
                        ISSUER,
                        new KeyOffer(
                                REVOKED_KEY.publicJwk(),
                                Optional.of(founded.now.plus(Duration.ofDays(3))),
                                Optional.of(
                                        founded.now.plus(Duration.ofDays(300)).plusNanos(1)),
                                Optional.of(founded.now.plus(Duration.ofDays(400))))),
                REVOKED_KEY,
                FIRST_KEY);
        founded.enact(new SuspendKey(ISSUER, Fixtures.idOf(REVOKED_KEY)), ANNA);
        founded.enact(new ResumeKey(ISSUER, Fixtures.idOf(REVOKED_KEY)), ANNA);
        founded.enact(
                new RevokeKey(
                        ISSUER,
                        Fixtures.idOf(REVOKED_KEY),
                        RevocationReason.SUPERSEDED,
                        founded.now.plus(Duration.ofDays(5)),
                        false),
                ANNA);
        founded.enact(new SuspendKey(CITY, Fixtures.idOf(CITY_KEY)), ANNA);
        founded.enact(addition(BROKEN_GLASS_KEY), BROKEN_GLASS_KEY, FIRST_KEY);
    }

    private void enactOfFederation() {
        founded.enact(deposit(FORMER_FEDERATION_KEY), FIRST_KEY);
        founded.enact(new Federate(ISSUER, Optional.empty()), FIRST_KEY);
        founded.enact(deposit(FEDERATION_KEY), FIRST_KEY);
    }

    private Federate deposit(PrivateJwk key) {
        EntityConfiguration configuration = EntityConfiguration.sign(
                new EntityId("https://hub.example", ISSUER),
                founded.now,
                founded.now.plus(Duration.ofDays(365)),
                new CompactJwsSigner(key, Fixtures.PROVIDERS));
        return new Federate(ISSUER, Optional.of(configuration.text()));
    }

    private void enactOfClients() {
        ClientTerms terms = new ClientTerms(
                "门 7",
                Set.of(ClientRole.VERIFIER, ClientRole.ISSUER),
                Set.of("33", "440106"),
                Set.of("hospital-admission"),
                Optional.of(CertificateThumbprint.of(new byte[32])),
                Optional.of(ISSUER));
        founded.enact(new RegisterClient(GATE, terms, FORMER_GATE_KEY.publicJwk()), FORMER_GATE_KEY);
        founded.pass(Duration.ofHours(1));
        founded.enact(new AddClientKey(GATE, GATE_KEY.publicJwk()), GATE_KEY, FORMER_GATE_KEY);
        founded.enact(new RemoveClientKey(GATE, Fixtures.idOf(FORMER_GATE_KEY)), GATE_KEY);
        PrivateJwk key = Keys.generated(SignatureAlgorithm.ES256, 981);
        ClientId gone = new ClientId("gone");
        ClientTerms few = new ClientTerms("g", Set.of(ClientRole.AUDITOR), Set.of(), Set.of(), Optional.empty());
        founded.enact(new RegisterClient(gone, few, key.publicJwk()), key);
        founded.enact(new WithdrawClient(gone), ANNA);
    }

    private void enactOfOperators() {
        founded.enact(new AddOperator("Åsa", FORMER_OPERATOR.publicJwk()), FORMER_OPERATOR);
        founded.enact(new RemoveOperator(Fixtures.idOf(FORMER_OPERATOR)), ANNA);
    }

    List<LogEntry> entries() {
        return founded.log.read(0, Integer.MAX_VALUE);
    }
}
