package dev.hutong.hub.resolve;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.jca.JCAContext;
import com.nimbusds.jose.util.Base64URL;
import dev.hutong.registry.jose.SignatureSigner;
import java.util.Set;

/** Lets nimbus sign through the hub's own port, and so with the provider that was chosen at start. */
final class PortSigner implements JWSSigner {
    private final JWSAlgorithm algorithm;
    private final SignatureSigner signer;

    PortSigner(JWSAlgorithm algorithm, SignatureSigner signer) {
        this.algorithm = algorithm;
        this.signer = signer;
    }

    @Override
    public Base64URL sign(JWSHeader header, byte[] signingInput) {
        return Base64URL.encode(signer.sign(signingInput));
    }

    @Override
    public Set<JWSAlgorithm> supportedJWSAlgorithms() {
        return Set.of(algorithm);
    }

    @Override
    public JCAContext getJCAContext() {
        return new JCAContext();
    }
}
