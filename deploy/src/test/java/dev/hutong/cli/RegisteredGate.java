package dev.hutong.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hutong.conformance.jose.Algorithm;
import dev.hutong.conformance.jose.SigningKey;
import dev.hutong.registry.ClientId;
import dev.hutong.registry.ClientRole;
import dev.hutong.registry.ClientTerms;
import dev.hutong.registry.jose.KeyAdmission;
import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.proposal.Action.RegisterClient;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A verifier with a key of its own that is shown all that a verifier can be, masked names too. */
final class RegisteredGate {
    /** What it is shown masked names for. */
    static final String PURPOSE = "hospital-admission";

    private static final String ID = "hospital-7";

    private final SigningKey key = SigningKey.generate(Algorithm.ES256);

    RegisterClient registration() {
        ClientTerms terms = new ClientTerms(
                "Hospital",
                Set.of(ClientRole.VERIFIER, ClientRole.AUDITOR),
                Set.of(),
                Set.of(PURPOSE),
                Optional.empty());
        return new RegisterClient(new ClientId(ID), terms, key(key.publicJwk()));
    }

    /** A new assertion by which it authenticates at this hub (RFC 7523 §3), good for a minute. */
    String assertion(URI hub, Instant now) {
        return key.jws(
                "JWT",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("iss", ID)
                        .put("sub", ID)
                        .put("aud", hub.toString())
                        .put("exp", now.getEpochSecond() + 60)
                        .put("jti", UUID.randomUUID().toString())
                        .toString()
                        .getBytes(StandardCharsets.UTF_8));
    }

    /** The private half of its key. */
    String privateJwk() {
        return key.privateJwk();
    }

    static PublicJwk key(String jwk) {
        return switch (PublicJwk.parse(jwk.getBytes(StandardCharsets.UTF_8))) {
            case KeyAdmission.Admitted<PublicJwk>(PublicJwk admitted) -> admitted;
            case KeyAdmission.Refused<PublicJwk> refused -> throw new IllegalStateException(refused.explanation());
        };
    }
}
