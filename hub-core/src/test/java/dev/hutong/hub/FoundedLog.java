package dev.hutong.hub;

import dev.hutong.registry.IssuerId;
import dev.hutong.registry.KeyFile;
import dev.hutong.registry.RegistryEvent;
import dev.hutong.registry.RegistryEvent.Approved;
import dev.hutong.registry.RegistryEvent.Founded;
import dev.hutong.registry.RegistryEvent.Proposed;
import dev.hutong.registry.jose.CompactJwsSigner;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.proposal.Action;
import dev.hutong.registry.proposal.Action.Federate;
import dev.hutong.registry.proposal.Action.RegisterIssuer;
import dev.hutong.registry.proposal.Approval;
import dev.hutong.registry.proposal.EntityConfiguration;
import dev.hutong.registry.proposal.EntityId;
import dev.hutong.registry.proposal.Genesis;
import dev.hutong.registry.proposal.Genesis.FirstOperator;
import dev.hutong.registry.proposal.KeyOffer;
import dev.hutong.registry.proposal.NonceIssuer;
import dev.hutong.registry.proposal.Proposal;
import dev.hutong.registry.proposal.RegistryRules;
import dev.hutong.registry.proposal.SignedDocument;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The log of a registry under dual control, put together while no hub holds its folder. */
final class FoundedLog {
    static final String ORIGIN = "registry.example/test";

    private static final SignatureProviders PROVIDERS = SignatureProviders.choose();

    /** Signs what an operator proposes; the others approve. */
    final PrivateJwk anna = key(SignatureAlgorithm.ES256);

    private final PrivateJwk bo = key(SignatureAlgorithm.EDDSA);
    private final PrivateJwk chen = key(SignatureAlgorithm.SM2);
    private final Path data;
    private final NonceIssuer nonces;
    private final List<RegistryEvent> untaken = new ArrayList<>();

    FoundedLog(Path data, Instant at) {
        this.data = data;
        PrivateJwk logKey = ((KeyFile.Reading.Key)
                        KeyFile.loadOrMake(data.resolve("log-key.jwk.json"), SignatureAlgorithm.EDDSA))
                .key();
        this.nonces = new NonceIssuer(logKey);
        Genesis genesis = new Genesis(
                ORIGIN,
                logKey.publicJwk(),
                List.of(
                        new FirstOperator("Anna", anna.publicJwk()),
                        new FirstOperator("Bo", bo.publicJwk()),
                        new FirstOperator("Chen", chen.publicJwk())),
                RegistryRules.DEFAULT,
                at);
        untaken.add(Founded.of(
                at, SignedDocument.sign(genesis.toJson(), Genesis.TYPE, List.of(anna, bo, chen), PROVIDERS)));
    }

    static PrivateJwk key(SignatureAlgorithm algorithm) {
        return PrivateJwk.generate(algorithm, new SecureRandom());
    }

    /** Proposed by these and approved by two operators, all at one instant. */
    void enact(Instant at, Action action, PrivateJwk... signers) {
        Proposal proposal = new Proposal(ORIGIN, nonces.issue(at), at, "because", action);
        SignedDocument document = SignedDocument.sign(proposal.toJson(), Proposal.TYPE, List.of(signers), PROVIDERS);
        untaken.add(Proposed.of(at, document));
        for (PrivateJwk operator : List.of(bo, chen)) {
            Approval approval = new Approval(ORIGIN, document.id(), at);
            untaken.add(Approved.of(
                    at, SignedDocument.sign(approval.toJson(), Approval.TYPE, List.of(operator), PROVIDERS)));
        }
    }

    void register(Instant at, String issuer, PrivateJwk key) {
        enact(at, registration(issuer, Optional.empty(), key), key);
    }

    void registerBelow(Instant at, String parent, PrivateJwk parentKey, String issuer, PrivateJwk key) {
        enact(at, registration(issuer, Optional.of(new IssuerId(parent)), key), key, parentKey);
    }

    private static RegisterIssuer registration(String issuer, Optional<IssuerId> parent, PrivateJwk key) {
        return new RegisterIssuer(
                new IssuerId(issuer),
                "发码机构 " + issuer,
                Optional.empty(),
                parent,
                Optional.of(KeyOffer.unbounded(key.publicJwk())));
    }

    /** The issuer deposits what it says about itself, with a federation key of its own, good for 300 days. */
    PrivateJwk federate(Instant at, String hub, String issuer, PrivateJwk signer) {
        PrivateJwk federationKey = key(SignatureAlgorithm.ES256);
        IssuerId id = new IssuerId(issuer);
        EntityConfiguration configuration = EntityConfiguration.sign(
                new EntityId(hub, id),
                at,
                at.plus(Duration.ofDays(300)),
                new CompactJwsSigner(federationKey, PROVIDERS));
        enact(at, new Federate(id, Optional.of(configuration.text())), signer);
        return federationKey;
    }

    /** Appends what came since the last call to the log in the folder. */
    void write(InstantSource clock) {
        TestHub.append(data, clock, untaken);
        untaken.clear();
    }
}
