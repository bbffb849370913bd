package dev.hutong.hub.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.hub.load.Quota;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.SignatureAlgorithm;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedQuotasTest {
    private static final Quota TEN = new Quota(10, Duration.ofSeconds(1), 10);

    private final Pseudonyms pseudonyms =
            new Pseudonyms(PrivateJwk.generate(SignatureAlgorithm.EDDSA, new SecureRandom()));
    private final SharedQuotas hubA = new SharedQuotas(new CountedQuotas(), pseudonyms);
    private final SharedQuotas hubB = new SharedQuotas(new CountedQuotas(), pseudonyms);

    private static void tell(SharedQuotas from, SharedQuotas to) {
        from.tell().forEach(to::hear);
    }

    private static boolean granted(SharedQuotas hub, String holder, int requests) {
        return hub.take(holder, TEN, requests).granted();
    }

    @Test
    void whatWasTakenAtOneIsNoLongerThereAtTheOther() {
        assertThat(granted(hubA, "gate", 6)).isTrue();
        tell(hubA, hubB);

        assertThat(granted(hubB, "gate", 5)).isFalse();
        assertThat(granted(hubB, "gate", 4)).isTrue();
    }

    @Test
    void whatWasTakenByOneHolderIsNoOthers() {
        assertThat(granted(hubA, "gate", 10)).isTrue();
        tell(hubA, hubB);

        assertThat(granted(hubB, "door", 10)).isTrue();
    }

    @Test
    void moreThanThereIsTakesAllThereIs() {
        assertThat(granted(hubA, "gate", 10)).isTrue();
        assertThat(granted(hubB, "gate", 6)).isTrue();
        tell(hubA, hubB);

        assertThat(granted(hubB, "gate", 1)).isFalse();
    }

    @Test
    void eachTellingTellsWhatIsNew() {
        assertThat(granted(hubA, "gate", 2)).isTrue();
        tell(hubA, hubB);
        tell(hubA, hubB);
        assertThat(granted(hubA, "gate", 1)).isTrue();
        tell(hubA, hubB);

        assertThat(granted(hubB, "gate", 8)).isFalse();
        assertThat(granted(hubB, "gate", 7)).isTrue();
    }

    @Test
    void whatWasRefusedAndWhatWasHeardIsNotTold() {
        assertThat(granted(hubA, "gate", 11)).isFalse();
        assertThat(hubA.tell()).isEmpty();

        assertThat(granted(hubB, "gate", 3)).isTrue();
        tell(hubB, hubA);
        assertThat(granted(hubA, "gate", 8)).isFalse();
        assertThat(hubA.tell()).isEmpty();
    }

    @Test
    void manyHoldersNeedSeveralMessages() {
        for (int number = 0; number < 4_001; number++) {
            assertThat(granted(hubA, "gate-" + number, 10)).isTrue();
        }
        List<byte[]> messages = hubA.tell();
        messages.forEach(hubB::hear);

        assertThat(messages).hasSize(3);
        assertThat(granted(hubB, "gate-0", 1)).isFalse();
        assertThat(granted(hubB, "gate-4000", 1)).isFalse();
        assertThat(granted(hubB, "gate-4001", 1)).isTrue();
    }

    @Test
    void whatNoHubWroteIsIgnored() {
        hubB.hear(new byte[0]);
        hubB.hear(new byte[19]);
        hubB.hear(new byte[20]);

        assertThat(granted(hubB, "gate", 10)).isTrue();
    }
}
