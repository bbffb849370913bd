package dev.hutong.registry.jose;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SignatureSelfTestTest {
    private static final SignatureProviders PROVIDERS = SignatureProviders.choose();

    @Test
    void whatWorksHasNoFault() {
        assertThat(new SignatureSelfTest(PROVIDERS).fault()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aProviderThatFindsEverySignatureGoodIsNamed(SignatureAlgorithm algorithm) {
        assertNamed(algorithm, (signingInput, signature) -> true);
    }

    @ParameterizedTest
    @EnumSource
    void aProviderThatFindsNoSignatureGoodIsNamed(SignatureAlgorithm algorithm) {
        assertNamed(algorithm, (signingInput, signature) -> false);
    }

    @Test
    void allThatAreBrokenAreNamed() {
        assertThat(new SignatureSelfTest(key -> (signingInput, signature) -> true).fault())
                .contains("a published signature is not checked as it should be: ES256, EdDSA, SM2");
    }

    private static void assertNamed(SignatureAlgorithm algorithm, SignatureVerifier broken) {
        SignatureSelfTest test =
                new SignatureSelfTest(key -> key.algorithm() == algorithm ? broken : PROVIDERS.uncounted(key));
        assertThat(test.fault()).contains("a published signature is not checked as it should be: " + algorithm.jose());
    }
}
