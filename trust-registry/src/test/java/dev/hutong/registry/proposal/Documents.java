package dev.hutong.registry.proposal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.registry.CertificateThumbprint;
import dev.hutong.registry.ClientId;
import dev.hutong.registry.ClientRole;
import dev.hutong.registry.ClientTerms;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.KeyId;
import dev.hutong.registry.RevocationReason;
import dev.hutong.registry.RulesDigest;
import dev.hutong.registry.RulesVersion;
import dev.hutong.registry.jose.Keys;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.jose.StrictBase64Url;
import dev.hutong.registry.jose.StrictJson;
import dev.hutong.registry.proposal.Action.AddClientKey;
import dev.hutong.registry.proposal.Action.AddKey;
import dev.hutong.registry.proposal.Action.AddOperator;
import dev.hutong.registry.proposal.Action.Delegate;
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
import dev.hutong.registry.proposal.Genesis.FirstOperator;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One of each of what people sign, for tests. */
public final class Documents {
    public static final Instant NOW = Instant.parse("2026-01-05T08:00:00Z");
    public static final PrivateJwk ED25519 = Keys.generated(SignatureAlgorithm.EDDSA, 940);
    public static final PrivateJwk P256 = Keys.generated(SignatureAlgorithm.ES256, 941);
    public static final PrivateJwk SM2 = Keys.generated(SignatureAlgorithm.SM2, 942);
    static final SignatureProviders PROVIDERS = SignatureProviders.choose();
    static final IssuerId ISSUER = new IssuerId("440000.yuekangma");
    static final IssuerId CHILD = new IssuerId("440100.citycode");
    static final ClientId CLIENT = new ClientId("gate-7.station");
    static final KeyId KID = KeyId.of(P256.publicJwk());
    static final Nonce NONCE = new NonceIssuer(ED25519).issue(NOW);

    private Documents() {}

    /** Every kind of action, with its optional members and without. */
    public static List<Action> actions() {
        KeyOffer bounded = new KeyOffer(
                SM2.publicJwk(),
                Optional.of(NOW),
                Optional.of(NOW.plusNanos(1)),
                Optional.of(Instant.parse("9999-12-31T23:59:59.999999999Z")));
        KeyOffer unbounded = KeyOffer.unbounded(P256.publicJwk());
        return List.of(
                new RegisterIssuer(
                        CHILD,
                        "穗康码 \"quoted\" \\ 😀",
                        Optional.of(URI.create("https://platform.example:8443/a%20b")),
                        Optional.of(ISSUER),
                        Optional.of(bounded)),
                new RegisterIssuer(ISSUER, "n", Optional.empty(), Optional.empty(), Optional.of(unbounded)),
                new SuspendIssuer(ISSUER),
                new ResumeIssuer(ISSUER),
                new WithdrawIssuer(ISSUER),
                new Delegate(ISSUER, Optional.empty()),
                new Delegate(
                        ISSUER,
                        Optional.of(
                                new Delegation("", Set.of("a"), Set.of(SignatureAlgorithm.SM2), 1, Optional.empty()))),
                new Delegate(
                        ISSUER,
                        Optional.of(new Delegation(
                                "440100",
                                Set.of("b", "a", "c-9"),
                                Set.of(SignatureAlgorithm.values()),
                                3,
                                Optional.of(NOW)))),
                new PublishRules(
                        ISSUER,
                        new RulesOffer(
                                new RulesVersion("1.10.0"),
                                RulesDigest.of(new byte[32]),
                                NOW,
                                Optional.of(NOW.plusNanos(1)),
                                true)),
                new PublishRules(
                        ISSUER,
                        new RulesOffer(
                                new RulesVersion("0.0.1"), RulesDigest.of(new byte[32]), NOW, Optional.empty(), false)),
                new AddKey(ISSUER, unbounded),
                new AddKey(ISSUER, bounded),
                new SuspendKey(ISSUER, KID),
                new ResumeKey(ISSUER, KID),
                new RevokeKey(ISSUER, KID, RevocationReason.SUPERSEDED, NOW, false),
                new RevokeKey(ISSUER, KID, RevocationReason.CEASED, Instant.EPOCH, false),
                new RevokeKey(ISSUER, KID, RevocationReason.COMPROMISED, NOW.plusNanos(1), true),
                new RegisterClient(
                        CLIENT,
                        new ClientTerms("门 7", Set.of(ClientRole.VERIFIER), Set.of(), Set.of(), Optional.empty()),
                        P256.publicJwk()),
                new RegisterClient(
                        CLIENT,
                        new ClientTerms(
                                "hospital",
                                Set.of(ClientRole.values()),
                                Set.of("33", "440106"),
                                Set.of("hospital-admission", "a"),
                                Optional.of(CertificateThumbprint.of(new byte[32])),
                                Optional.of(ISSUER)),
                        ED25519.publicJwk()),
                new AddClientKey(CLIENT, ED25519.publicJwk()),
                new RemoveClientKey(CLIENT, KID),
                new WithdrawClient(CLIENT),
                new AddOperator("Åsa", ED25519.publicJwk()),
                new RemoveOperator(KID));
    }

    public static Genesis genesis() {
        return new Genesis(
                "registry.example/hutong",
                ED25519.publicJwk(),
                List.of(new FirstOperator("Anna", P256.publicJwk()), new FirstOperator("Bo", SM2.publicJwk())),
                new RegistryRules(Duration.ZERO, Duration.ofNanos(1), Duration.ofDays(366)),
                NOW);
    }

    public static Proposal proposal(Action action) {
        return new Proposal("registry.example/hutong", NONCE, NOW, "because", action);
    }

    public static Approval approval() {
        return new Approval("registry.example/hutong", "an id", NOW);
    }

    public static SignedDocument signed(Proposal proposal) {
        return SignedDocument.sign(proposal.toJson(), Proposal.TYPE, List.of(P256, ED25519, SM2), PROVIDERS);
    }

    public static SignedDocument signed(Approval approval) {
        return SignedDocument.sign(approval.toJson(), Approval.TYPE, List.of(P256), PROVIDERS);
    }

    public static SignedDocument signed(Genesis genesis) {
        return SignedDocument.sign(genesis.toJson(), Genesis.TYPE, List.of(P256, SM2), PROVIDERS);
    }

    /** A document of the right form around these octets; its signature is nobody's. */
    static SignedDocument around(byte[] payload) {
        ObjectNode json = signed(approval()).toJson().put("payload", StrictBase64Url.encode(payload));
        return SignedDocument.of(json);
    }

    static SignedDocument around(JsonNode payload) {
        return around(payload.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** JSON in which single quotes stand for double ones. */
    static ObjectNode json(String text) {
        return (ObjectNode) StrictJson.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
                .orElseThrow();
    }
}
