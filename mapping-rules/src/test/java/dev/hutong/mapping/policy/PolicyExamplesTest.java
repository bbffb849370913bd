package dev.hutong.mapping.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.mapping.Regions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every bundled policy gives what its examples say, and its examples try each of its demands both ways. */
class PolicyExamplesTest {
    private static final Policies POLICIES = Policies.bundled(Regions.load());

    static List<Policy> policies() {
        return POLICIES.all();
    }

    @TestFactory
    Stream<DynamicTest> aPolicyGivesWhatItsExamplesSay() {
        return policies().stream().flatMap(policy -> {
            PolicyExamples examples = examplesOf(policy);
            return examples.examples().stream()
                    .map(example -> DynamicTest.dynamicTest(
                            policy.name() + ": " + example.name(),
                            () -> assertThat(examples.differences(example, policy))
                                    .isEmpty()));
        });
    }

    @ParameterizedTest
    @MethodSource("policies")
    void theExamplesOfAPolicyTryEveryDemandBothWays(Policy policy) {
        assertThat(examplesOf(policy).faults(policy)).isEmpty();
        assertThat(examplesOf(policy).examples()).hasSizeGreaterThanOrEqualTo(8);
    }

    @Test
    void anExampleThatIsNotGivenAndADemandThatNoExampleTriesAreFaults() {
        PolicyExamples examples = examplesOf(POLICIES.defaultPolicy());
        Policy stricter = TestPolicies.demanding(new Requirement.GreenOnly(Set.of()));

        assertThat(examples.faults(stricter)).contains("a blue code: risk is MEDIUM, not LOW");
        assertThat(examples.faults(
                        TestPolicies.demanding(new Requirement.NoMark("itinerary", "#", Duration.ofDays(1)))))
                .containsExactly("demand d0 is met in every example");
    }

    private static PolicyExamples examplesOf(Policy policy) {
        try {
            return PolicyExamples.read(Path.of("policies", policy.name() + Policies.EXAMPLES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
