package dev.hutong.registry;

import dev.hutong.registry.EventRefusal.Ground;
import dev.hutong.registry.RegistryEvent.Founded;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.proposal.Genesis;
import dev.hutong.registry.proposal.SignedDocument;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Says whether a registry can be founded so, before anything is made for it. */
public final class Founding {
    private Founding() {}

    /** Why no empty log could begin with this document; empty where every one could. */
    public static Optional<EventRefusal> refusalOf(SignedDocument document, Instant now, SignatureProviders providers) {
        return RegistryFold.refusalOf(RegistryFold.empty(), List.of(Founded.of(now, document)), providers);
    }

    /** Likewise of a text that is still to be signed by all its operators. */
    public static Optional<EventRefusal> refusalOf(Genesis genesis, SignatureProviders providers) {
        SignedDocument unsigned = SignedDocument.sign(genesis.toJson(), Genesis.TYPE, List.of(), providers);
        // Of all that is asked, signatures are what is asked last.
        return refusalOf(unsigned, genesis.signedAt(), providers)
                .filter(refusal -> refusal.ground() != Ground.SIGNATURE_MISSING);
    }
}
