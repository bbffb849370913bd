package dev.hutong.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.registry.EventRefusal.Ground;
import dev.hutong.registry.ProposalDesk.Receipt;
import dev.hutong.registry.RegistryEvent.Founded;
import dev.hutong.registry.jose.Keys;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.proposal.Action;
import dev.hutong.registry.proposal.Action.AddKey;
import dev.hutong.registry.proposal.Action.RegisterIssuer;
import dev.hutong.registry.proposal.Approval;
import dev.hutong.registry.proposal.Genesis;
import dev.hutong.registry.proposal.Genesis.FirstOperator;
import dev.hutong.registry.proposal.KeyOffer;
import dev.hutong.registry.proposal.NonceIssuer;
import dev.hutong.registry.proposal.Proposal;
import dev.hutong.registry.proposal.RegistryRules;
import dev.hutong.registry.proposal.SignedDocument;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A registry under dual control with three operators, over a log in memory, and a clock that the test moves. */
final class FoundedRegistry {
    static final String ORIGIN = "registry.example/hutong";
    static final PrivateJwk LOG_KEY = Keys.generated(SignatureAlgorithm.EDDSA, 900);
    static final PrivateJwk ANNA = Keys.generated(SignatureAlgorithm.ES256, 901);
    static final PrivateJwk BO = Keys.generated(SignatureAlgorithm.EDDSA, 902);
    static final PrivateJwk CHEN = Keys.generated(SignatureAlgorithm.SM2, 903);
    static final IssuerId ISSUER = Fixtures.GUANGDONG;
    static final PrivateJwk FIRST_KEY = Fixtures.P256;

    Instant now = Fixtures.NOW;
    final InMemoryRegistryLog log = new InMemoryRegistryLog();
    final Registry registry = Registry.open(log, Fixtures.PROVIDERS, () -> now);
    final NonceIssuer nonces = new NonceIssuer(LOG_KEY);
    final ProposalDesk desk = new ProposalDesk(registry, nonces, () -> now);

    FoundedRegistry() {
        assertThat(registry.append(List.of(founded(genesis(), ANNA, BO, CHEN)))).isInstanceOf(Registry.Appended.class);
    }

    static Genesis genesis() {
        return new Genesis(
                ORIGIN,
                LOG_KEY.publicJwk(),
                List.of(
                        new FirstOperator("Anna", ANNA.publicJwk()),
                        new FirstOperator("Bo", BO.publicJwk()),
                        new FirstOperator("Chen", CHEN.publicJwk())),
                RegistryRules.DEFAULT,
                Fixtures.NOW);
    }

    static Founded founded(Genesis genesis, PrivateJwk... signers) {
        return Founded.of(
                Fixtures.NOW,
                SignedDocument.sign(genesis.toJson(), Genesis.TYPE, List.of(signers), Fixtures.PROVIDERS));
    }

    /** With its first issuer, whose one key signs from now on. */
    static FoundedRegistry withIssuer() {
        FoundedRegistry founded = new FoundedRegistry();
        founded.enact(registration(ISSUER, FIRST_KEY), FIRST_KEY);
        return founded;
    }

    static RegisterIssuer registration(IssuerId issuer, PrivateJwk key) {
        return new RegisterIssuer(
                issuer,
                "issuer " + issuer,
                Optional.empty(),
                Optional.empty(),
                Optional.of(KeyOffer.unbounded(key.publicJwk())));
    }

    static AddKey addition(PrivateJwk key) {
        return new AddKey(ISSUER, KeyOffer.unbounded(key.publicJwk()));
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    Proposal proposal(Action action) {
        return new Proposal(ORIGIN, desk.nonce(), now, "because", action);
    }

    static SignedDocument signed(Proposal proposal, PrivateJwk... keys) {
        return SignedDocument.sign(proposal.toJson(), Proposal.TYPE, List.of(keys), Fixtures.PROVIDERS);
    }

    Receipt hand(SignedDocument document) {
        return desk.propose(document.toString().getBytes(StandardCharsets.UTF_8));
    }

    Receipt propose(Action action, PrivateJwk... signers) {
        return hand(signed(proposal(action), signers));
    }

    String proposed(Action action, PrivateJwk... signers) {
        return taken(propose(action, signers)).id();
    }

    Receipt approve(String id, PrivateJwk operator) {
        return desk.approve(id, approval(id, operator).toString().getBytes(StandardCharsets.UTF_8));
    }

    SignedDocument approval(String id, PrivateJwk operator) {
        return SignedDocument.sign(
                new Approval(ORIGIN, id, now).toJson(), Approval.TYPE, List.of(operator), Fixtures.PROVIDERS);
    }

    /** Proposed and approved by two who did not sign it. */
    RegisteredProposal enact(Action action, PrivateJwk... signers) {
        String id = proposed(action, signers);
        List<PrivateJwk> others = List.of(ANNA, BO, CHEN).stream()
                .filter(operator -> !List.of(signers).contains(operator))
                .toList();
        taken(approve(id, others.get(0)));
        return taken(approve(id, others.get(1)));
    }

    RegisteredIssuer issuer() {
        return registry.snapshot().issuer(ISSUER).orElseThrow();
    }

    RegisteredKey key(PrivateJwk key) {
        return issuer().keys().stream()
                .filter(one -> one.id().equals(Fixtures.idOf(key)))
                .findFirst()
                .orElseThrow();
    }

    Authentication authenticate(PrivateJwk key, Instant signedAt) {
        return registry.snapshot().authenticate(ISSUER, Fixtures.token(key, signedAt), now);
    }

    static RegisteredProposal taken(Receipt receipt) {
        assertThat(receipt).isInstanceOf(Receipt.Taken.class);
        return ((Receipt.Taken) receipt).proposal();
    }

    static Ground ground(Receipt receipt) {
        assertThat(receipt)
                .isInstanceOfSatisfying(
                        Receipt.Refused.class,
                        refused -> assertThat(refused.why().detail()).isNotBlank());
        return ((Receipt.Refused) receipt).why().ground();
    }
}
