package dev.hutong.mapping.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.mapping.Regions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoliciesTest {
    private static final Policies POLICIES = Policies.bundled(Regions.load());

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"440100", "330000", "110105"})
    void aRegionWithoutAPolicyOfItsOwnAndNoDestinationUseTheDefault(@Nullable String destination) {
        assertThat(POLICIES.find(destination)).contains(POLICIES.defaultPolicy());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "999999", "4401", "guangzhou", "440100 ", "default", "../default"})
    void whatIsNoRegionHasNoPolicy(String destination) {
        assertThat(POLICIES.find(destination)).isEmpty();
    }

    @Test
    void theDefaultIsCitedWithItsVersion() {
        assertThat(POLICIES.defaultPolicy().versioned()).isEqualTo("default@1.0.0");
    }

    @Test
    void theDefaultIsClearedFrom34To37Point2() {
        assertThat(POLICIES.find(null).map(Policy::clearedBy)).contains(new Policy.ClearingRange("34.0", "37.2"));
    }

    @Test
    void theDefaultHasATitleInBothLanguages() {
        Policy policy = POLICIES.defaultPolicy();
        assertThat(List.of(policy.title().chinese(), policy.title().english()))
                .allSatisfy(title -> assertThat(title).isNotBlank());
    }
}
