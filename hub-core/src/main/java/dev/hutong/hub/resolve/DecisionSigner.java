package dev.hutong.hub.resolve;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import dev.hutong.hub.clients.Caller;
import dev.hutong.registry.jose.SignatureSigner;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Signs decisions with the hub's own key, so that a verifier can show later what it was told: a JWT (RFC 7519), ES256. */
public final class DecisionSigner {
    private static final JOSEObjectType TYPE = new JOSEObjectType("hutong-decision+jwt");

    /** An UNKNOWN has no validity of its own; its signed form is not to be shown around for longer. */
    private static final Duration UNKNOWN_LIVES = Duration.ofSeconds(60);

    private final String hubId;
    private final JWSHeader header;
    private final PortSigner signer;
    private final Observer observer;

    /**
     * @param hubId the {@code iss} of every decision
     * @param kid the key's thumbprint
     * @param key signs ES256
     * @param observer is told the time of {@link Step#SIGN}
     */
    public DecisionSigner(String hubId, String kid, SignatureSigner key, Observer observer) {
        this.hubId = hubId;
        this.header =
                new JWSHeader.Builder(JWSAlgorithm.ES256).type(TYPE).keyID(kid).build();
        this.signer = new PortSigner(JWSAlgorithm.ES256, key);
        this.observer = observer;
    }

    /**
     * The decision as a compact JWS: its own object, with {@code iss}, {@code iat}, {@code exp}, and where there are such {@code aud}
     * (the client that asked, or else the destination) and {@code nonce}. It holds as much of the decision as is disclosed to whoever asked.
     *
     * @param nonce what the request gave to recognise the answer by, or null
     * @param disclosed how much of it
     */
    public String sign(Decision decision, @Nullable String nonce, Caller caller, Disclosure disclosed) {
        long from = System.nanoTime();
        String signed = signed(decision, nonce, caller, disclosed);
        observer.took(Step.SIGN, from, System.nanoTime());
        return signed;
    }

    private String signed(Decision decision, @Nullable String nonce, Caller caller, Disclosure disclosed) {
        long issuedAt = decision.decidedAt().getEpochSecond();
        Instant validUntil = decision.verdict().validUntil();
        long expires = validUntil == null ? issuedAt + UNKNOWN_LIVES.toSeconds() : validUntil.getEpochSecond();
        byte[] payload = DecisionJson.write(decision, disclosed, json -> {
            json.writeStringField("iss", hubId);
            json.writeNumberField("iat", issuedAt);
            json.writeNumberField("exp", expires);
            String audience = caller.isRegistered() ? caller.id() : decision.destination();
            if (audience != null) {
                json.writeStringField("aud", audience);
            }
            if (nonce != null) {
                json.writeStringField("nonce", nonce);
            }
        });
        JWSObject token = new JWSObject(header, new Payload(payload));
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("signing with the hub's own key failed", e);
        }
        return token.serialize();
    }
}
