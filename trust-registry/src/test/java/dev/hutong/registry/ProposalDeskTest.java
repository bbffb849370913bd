package dev.hutong.registry;

import static dev.hutong.registry.FoundedRegistry.FIRST_KEY;
import static dev.hutong.registry.FoundedRegistry.ISSUER;
import static dev.hutong.registry.FoundedRegistry.registration;
import static dev.hutong.registry.FoundedRegistry.signed;
import static dev.hutong.registry.FoundedRegistry.taken;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.registry.proposal.SignedDocument;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProposalDeskTest {
    private final FoundedRegistry founded = new FoundedRegistry();

    /** A client that got no answer asks again, and another hub may be the one that takes it. */
    @Test
    void aProposalThatAnotherHubHasTakenUpMeanwhileIsAnsweredWithWhatBecameOfIt() {
        Registry behind = Registry.open(founded.log, Fixtures.PROVIDERS, () -> founded.now);
        ProposalDesk otherHub = new ProposalDesk(behind, founded.nonces, () -> founded.now);
        SignedDocument document = signed(founded.proposal(registration(ISSUER, FIRST_KEY)), FIRST_KEY);
        RegisteredProposal first = taken(founded.hand(document));

        RegisteredProposal again = taken(otherHub.propose(document.toString().getBytes(StandardCharsets.UTF_8)));

        assertThat(again.entry()).isEqualTo(first.entry());
        assertThat(behind.snapshot().proposals()).hasSize(1);
    }
}
