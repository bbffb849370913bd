package dev.hutong.registry.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.jose.SignatureProviders;
import dev.hutong.registry.jose.SignatureVerifier;
import dev.hutong.registry.snapshot.Members.MalformedException;
import dev.hutong.registry.snapshot.SyncOutcome.Ground;

/** Reads what one hub signed as a JWS in the compact serialization, by the one key that the reader knows it by. Safe for any number of threads. */
public final class HubSignatures {
    private final PublicJwk hubKey;
    private final SignatureVerifier verifier;

    /** @param hubKey known from elsewhere than the document */
    public HubSignatures(PublicJwk hubKey, SignatureProviders providers) {
        this.hubKey = hubKey;
        this.verifier = providers.verifier(hubKey);
    }

    /** What was read. */
    public sealed interface Reading {
        /** The hub's key signed this, a JSON object. */
        record Signed(JsonNode payload) implements Reading {}

        /** It is not the hub's, or nothing that could be. */
        record Refused(Ground ground, String reason) implements Reading {}
    }

    /**
     * Reads a document of this type.
     *
     * @param type the header's {@code typ}; no other is taken for it
     */
    public Reading read(String jws, String type) {
        try {
            return new Reading.Signed(verified(jws, type));
        } catch (MalformedException malformed) {
            return new Reading.Refused(Ground.MALFORMED, String.valueOf(malformed.getMessage()));
        } catch (SyncRefusedException refused) {
            return new Reading.Refused(
                    refused.outcome().ground(), refused.outcome().reason());
        }
    }

    JsonNode verified(String text, String type) throws MalformedException, SyncRefusedException {
        CompactJws jws = CompactJws.read(text);
        if (!jws.kid().equals(hubKey.kid())) {
            throw new SyncRefusedException(
                    Ground.OTHER_KEY,
                    "It is signed with the key " + jws.kid() + ", and this hub's is " + hubKey.kid()
                            + ": if its operator says that it has a new key, give that one with --key");
        }
        if (!jws.alg().equals(hubKey.algorithm().jose()) || !verifier.verify(jws.signingInput(), jws.signature())) {
            throw new SyncRefusedException(
                    Ground.BAD_SIGNATURE, "The signature is not that of the hub's key " + hubKey.kid() + " over it");
        }
        if (!jws.typ().equals(type)) {
            throw new MalformedException("its typ is " + jws.typ() + " and not " + type);
        }
        return jws.payload();
    }
}
