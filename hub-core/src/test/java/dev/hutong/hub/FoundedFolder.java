package dev.hutong.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.hub.config.HubConfig;
import dev.hutong.registry.IssuerId;
import dev.hutong.registry.KeyFile;
import dev.hutong.registry.Registry;
import dev.hutong.registry.RegistryEvent.Founded;
import dev.hutong.registry.RegistryFolder;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.proposal.Action;
import dev.hutong.registry.proposal.Action.RegisterIssuer;
import dev.hutong.registry.proposal.Approval;
import dev.hutong.registry.proposal.Genesis;
import dev.hutong.registry.proposal.Genesis.FirstOperator;
import dev.hutong.registry.proposal.KeyOffer;
import dev.hutong.registry.proposal.Nonce;
import dev.hutong.registry.proposal.Proposal;
import dev.hutong.registry.proposal.RegistryRules;
import dev.hutong.registry.proposal.SignedDocument;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** A data folder whose registry was founded by three operators, and what they and issuers sign. */
final class FoundedFolder {
    static final String ORIGIN = "registry.example/hutong";
    static final SignatureProviders PROVIDERS = SignatureProviders.choose();

    final PrivateJwk anna = key(SignatureAlgorithm.ES256);
    final PrivateJwk bo = key(SignatureAlgorithm.EDDSA);
    final PrivateJwk chen = key(SignatureAlgorithm.SM2);
    final Path path;
    private final InstantSource clock;

    FoundedFolder(Path path, InstantSource clock) {
        this(TestHub.config(path), clock);
    }

    /** Founds the registry in the store that this configuration names. */
    FoundedFolder(HubConfig config, InstantSource clock) {
        this.path = config.data();
        this.clock = clock;
        if (!(RegistryStore.tryOpen(config) instanceof RegistryFolder.Opened(RegistryFolder folder))
                || !(KeyFile.loadOrMake(folder.logKeyFile(), SignatureAlgorithm.EDDSA)
                        instanceof KeyFile.Reading.Key(PrivateJwk logKey))) {
            throw new IllegalStateException(path + " cannot be used");
        }
        try (folder;
                Registry registry = Registry.open(folder.log(), PROVIDERS, clock)) {
            SignedDocument document =
                    SignedDocument.sign(genesis(logKey).toJson(), Genesis.TYPE, List.of(anna, bo, chen), PROVIDERS);
            assertThat(registry.append(List.of(Founded.of(clock.instant(), document))))
                    .isInstanceOf(Registry.Appended.class);
        }
    }

    private Genesis genesis(PrivateJwk logKey) {
        return new Genesis(
                ORIGIN,
                logKey.publicJwk(),
                List.of(
                        new FirstOperator("Anna", anna.publicJwk()),
                        new FirstOperator("Bo", bo.publicJwk()),
                        new FirstOperator("Chen", chen.publicJwk())),
                RegistryRules.DEFAULT,
                clock.instant());
    }

    static PrivateJwk key(SignatureAlgorithm algorithm) {
        return PrivateJwk.generate(algorithm, new SecureRandom());
    }

    static RegisterIssuer registration(String issuer, PrivateJwk key) {
        return new RegisterIssuer(
                new IssuerId(issuer),
                "issuer " + issuer,
                Optional.empty(),
                Optional.empty(),
                Optional.of(KeyOffer.unbounded(key.publicJwk())));
    }

    SignedDocument proposal(String audience, String nonce, Action action, PrivateJwk... signers) {
        Proposal proposal =
                new Proposal(audience, Nonce.parse(nonce).orElseThrow(), clock.instant(), "because", action);
        return SignedDocument.sign(proposal.toJson(), Proposal.TYPE, List.of(signers), PROVIDERS);
    }

    SignedDocument approval(String proposal, PrivateJwk operator) {
        Approval approval = new Approval(ORIGIN, proposal, clock.instant());
        return SignedDocument.sign(approval.toJson(), Approval.TYPE, List.of(operator), PROVIDERS);
    }
}
