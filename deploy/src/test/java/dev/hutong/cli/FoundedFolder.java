package dev.hutong.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.registry.IssuerId;
import dev.hutong.registry.KeyFile;
import dev.hutong.registry.ProposalDesk;
import dev.hutong.registry.Registry;
import dev.hutong.registry.RegistryEvent.Founded;
import dev.hutong.registry.RegistryFolder;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.proposal.Action.RegisterIssuer;
import dev.hutong.registry.proposal.Approval;
import dev.hutong.registry.proposal.Genesis;
import dev.hutong.registry.proposal.Genesis.FirstOperator;
import dev.hutong.registry.proposal.KeyOffer;
import dev.hutong.registry.proposal.Nonce;
import dev.hutong.registry.proposal.NonceIssuer;
import dev.hutong.registry.proposal.Proposal;
import dev.hutong.registry.proposal.RegistryRules;
import dev.hutong.registry.proposal.SignedDocument;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A data folder of a registry under dual control, to which a test has all keys. */
final class FoundedFolder {
    static final String ORIGIN = "registry.example/hutong";
    private static final SignatureProviders PROVIDERS = SignatureProviders.choose();

    private final PrivateJwk anna = generate();
    private final PrivateJwk bo = generate();
    private final Path data;

    /** Founds one where there is none. */
    FoundedFolder(Path data) {
        this.data = data;
        try (RegistryFolder folder = open();
                Registry registry = Registry.open(folder.log(), PROVIDERS, InstantSource.system())) {
            Genesis genesis = new Genesis(
                    ORIGIN,
                    logKey(folder).publicJwk(),
                    List.of(new FirstOperator("Anna", anna.publicJwk()), new FirstOperator("Bo", bo.publicJwk())),
                    RegistryRules.DEFAULT,
                    now());
            Founded founded = Founded.of(
                    now(), SignedDocument.sign(genesis.toJson(), Genesis.TYPE, List.of(anna, bo), PROVIDERS));
            assertThat(registry.append(List.of(founded))).isInstanceOf(Registry.Appended.class);
        }
    }

    private static PrivateJwk generate() {
        return PrivateJwk.generate(SignatureAlgorithm.ES256, new SecureRandom());
    }

    private static Instant now() {
        return InstantSource.system().instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private RegistryFolder open() {
        return ((RegistryFolder.Opened) RegistryFolder.tryOpen(data)).folder();
    }

    private static PrivateJwk logKey(RegistryFolder folder) {
        return ((KeyFile.Reading.Key) KeyFile.loadOrMake(folder.logKeyFile(), SignatureAlgorithm.EDDSA)).key();
    }

    /** The proposal to register an issuer, signed with a key of its own. */
    SignedDocument registration(String issuer, Nonce nonce) {
        PrivateJwk key = generate();
        RegisterIssuer action = new RegisterIssuer(
                new IssuerId(issuer),
                "issuer " + issuer,
                Optional.empty(),
                Optional.empty(),
                Optional.of(KeyOffer.unbounded(key.publicJwk())));
        Proposal proposal = new Proposal(ORIGIN, nonce, now(), "a test", action);
        return SignedDocument.sign(proposal.toJson(), Proposal.TYPE, List.of(key), PROVIDERS);
    }

    /** The approvals of a proposal by both operators. */
    List<SignedDocument> approvals(String proposal) {
        return Stream.of(anna, bo)
                .map(operator -> SignedDocument.sign(
                        new Approval(ORIGIN, proposal, now()).toJson(), Approval.TYPE, List.of(operator), PROVIDERS))
                .toList();
    }

    /** Registers an issuer, approved by both operators: three entries. No hub may run. */
    void register(String issuer) {
        try (RegistryFolder folder = open();
                Registry registry = Registry.open(folder.log(), PROVIDERS, InstantSource.system())) {
            ProposalDesk desk = new ProposalDesk(registry, new NonceIssuer(logKey(folder)), InstantSource.system());
            SignedDocument proposal = registration(issuer, desk.nonce());
            assertThat(desk.propose(octets(proposal))).isInstanceOf(ProposalDesk.Receipt.Taken.class);
            for (SignedDocument approval : approvals(proposal.id())) {
                assertThat(desk.approve(proposal.id(), octets(approval)))
                        .isInstanceOf(ProposalDesk.Receipt.Taken.class);
            }
        }
    }

    private static byte[] octets(SignedDocument document) {
        return document.toString().getBytes(StandardCharsets.UTF_8);
    }
}
