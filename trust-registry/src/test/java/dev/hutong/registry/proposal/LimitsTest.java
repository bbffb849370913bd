package dev.hutong.registry.proposal;

import static dev.hutong.registry.proposal.Documents.NOW;
import static dev.hutong.registry.proposal.Documents.P256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.hutong.registry.IssuerId;
import dev.hutong.registry.jose.SignatureAlgorithm;
import dev.hutong.registry.proposal.Delegation.Limit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What bounds a delegation, a key's life, a rule and a time. */
class LimitsTest {
    private static final Set<SignatureAlgorithm> SM2 = Set.of(SignatureAlgorithm.SM2);
    private static final IssuerId CITY = new IssuerId("440100.citycode");
    private static final Duration YEAR = Duration.ofDays(366);

    @ParameterizedTest
    @ValueSource(strings = {"4401000", "a", "44 ", "４４", "-1"})
    void aRegionPrefixIsUpToSixDigits(String prefix) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Delegation(prefix, Set.of("a"), SM2, 1, Optional.empty()))
                .withMessageContaining("regionPrefix");
    }

    @Test
    void aDelegationOfNothingIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Delegation("", Set.of(), SM2, 1, Optional.empty()))
                .withMessageContaining("formats and algorithms");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Delegation("", Set.of("a"), Set.of(), 1, Optional.empty()))
                .withMessageContaining("formats and algorithms");
        for (int depth : List.of(Integer.MIN_VALUE, 0, Delegation.MAX_DEPTH + 1)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Delegation("", Set.of("a"), SM2, depth, Optional.empty()))
                    .withMessageContaining("depth");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', citycode, 1, 1,",
        "44, citycode, 1, 1,",
        "440100, citycode, 1, 1,",
        "440101, citycode, 1, 1, REGION",
        "33, citycode, 1, 1, REGION",
        "44, other, 1, 1, FORMAT",
        "44, citycode, 1, 2, DEPTH",
        "44, citycode, 2, 2,",
        "44, citycode, 3, 4, DEPTH"
    })
    void aDelegationSaysWhichOfItsLimitsIsExceeded(
            String prefix, String format, int depth, int levels, @Nullable Limit exceeded) {
        Delegation delegation = new Delegation(prefix, Set.of(format), SM2, depth, Optional.empty());
        assertThat(delegation.exceededBy(CITY, levels, NOW)).isEqualTo(Optional.ofNullable(exceeded));
    }

    @Test
    void aDelegationEndsAtItsInstantItselfExcluded() {
        Delegation delegation = new Delegation("", Set.of("citycode"), SM2, 1, Optional.of(NOW));
        assertThat(delegation.exceededBy(CITY, 1, NOW.minusNanos(1))).isEmpty();
        assertThat(delegation.exceededBy(CITY, 1, NOW)).contains(Limit.UNTIL);
    }

    @Test
    void aKeysTimesAreInOrder() {
        Instant later = NOW.plusNanos(1);
        assertThat(offer(null, null, null).isInOrder()).isTrue();
        assertThat(offer(NOW, null, null).isInOrder()).isTrue();
        assertThat(offer(null, NOW, null).isInOrder()).isTrue();
        assertThat(offer(NOW, later, null).isInOrder()).isTrue();
        assertThat(offer(NOW, later, later).isInOrder()).isTrue();
        assertThat(offer(null, NOW, later).isInOrder()).isTrue();
        assertThat(offer(NOW, NOW, null).isInOrder()).isFalse();
        assertThat(offer(later, NOW, null).isInOrder()).isFalse();
        assertThat(offer(null, later, NOW).isInOrder()).isFalse();
        assertThat(offer(null, null, NOW).isInOrder()).isFalse();
        assertThat(offer(later, NOW, later).isInOrder()).isFalse();
        assertThat(offer(NOW, later, later).from(later).isInOrder()).isFalse();
        assertThat(offer(null, later, later).from(NOW)).isEqualTo(offer(NOW, later, later));
    }

    private static KeyOffer offer(
            @Nullable Instant notBefore, @Nullable Instant signUntil, @Nullable Instant verifyUntil) {
        return new KeyOffer(
                P256.publicJwk(),
                Optional.ofNullable(notBefore),
                Optional.ofNullable(signUntil),
                Optional.ofNullable(verifyUntil));
    }

    @Test
    void rulesLieBetweenNothingAndAYear() {
        Duration one = Duration.ofNanos(1);
        assertThatNoException().isThrownBy(() -> new RegistryRules(Duration.ZERO, one, one));
        assertThatNoException().isThrownBy(() -> new RegistryRules(YEAR, YEAR, YEAR));
        Duration tooLong = YEAR.plusNanos(1);
        for (List<Duration> wrong : List.of(
                List.of(one.negated(), one, one),
                List.of(one, Duration.ZERO, one),
                List.of(one, one, Duration.ZERO),
                List.of(tooLong, one, one),
                List.of(one, tooLong, one),
                List.of(one, one, Duration.ofSeconds(Long.MAX_VALUE)))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new RegistryRules(wrong.get(0), wrong.get(1), wrong.get(2)))
                    .withMessageStartingWith("the rules");
        }
    }

    @Test
    void timesAreOfYearsWithFourDigits() {
        for (String text :
                List.of("0000-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z", "2026-01-05T16:00:00+08:00")) {
            assertThat(Rfc3339.parse(text)).contains(Instant.parse(text));
        }
        for (String text : List.of(
                "", "now", "2026-01-05", "-0001-12-31T23:59:59Z", "+10000-01-01T00:00:00Z", Instant.MAX.toString())) {
            assertThat(Rfc3339.parse(text)).isEmpty();
        }
    }
}
