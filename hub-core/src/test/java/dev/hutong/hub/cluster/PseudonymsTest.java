package dev.hutong.hub.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class PseudonymsTest {
    private final PrivateJwk logKey = PrivateJwk.generate(SignatureAlgorithm.EDDSA, new SecureRandom());
    private final Pseudonyms pseudonyms = new Pseudonyms(logKey);

    @Test
    void hubsWithOneLogKeyKnowSomebodyByTheSamePseudonym() {
        assertThat(new Pseudonyms(logKey).of("quota", "gate-7"))
                .hasSize(Pseudonyms.WIDTH)
                .isEqualTo(pseudonyms.of("quota", "gate-7"));
    }

    @Test
    void anotherKeyAnotherKindAndAnotherNameMakeAnotherPseudonym() {
        byte[] pseudonym = pseudonyms.of("quota", "gate-7");

        assertThat(new Pseudonyms(PrivateJwk.generate(SignatureAlgorithm.EDDSA, new SecureRandom()))
                        .of("quota", "gate-7"))
                .isNotEqualTo(pseudonym);
        assertThat(pseudonyms.of("assertion", "gate-7")).isNotEqualTo(pseudonym);
        assertThat(pseudonyms.of("quota", "gate-8")).isNotEqualTo(pseudonym);
    }
}
