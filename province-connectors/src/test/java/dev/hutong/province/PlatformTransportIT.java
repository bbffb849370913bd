package dev.hutong.province;

import static dev.hutong.province.Codes.assertRefused;
import static dev.hutong.province.Codes.passed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.conformance.province.Behaviour;
import dev.hutong.conformance.province.MintedCode;
import dev.hutong.conformance.province.VirtualPlatform;
import dev.hutong.conformance.province.VirtualProvinces;
import dev.hutong.mapping.Reason;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How answers come, or do not: each way with its reason. */
class PlatformTransportIT extends VirtualPlatformsBase {
    private static final Behaviour NEVER_IN_TIME = Behaviour.slow(Duration.ofSeconds(15));

    // --- nothing, or too late

    @Test
    void anAnswerThatComesTooLateIsNone() {
        MintedCode code = city.virtualPlatform().issue(green(), NEVER_IN_TIME);
        assertRefused(ask(code, registry, IMPATIENT), Reason.ISSUER_UNAVAILABLE);
        MintedCode first = state.virtualPlatform().issue(report(), NEVER_IN_TIME);
        assertRefused(ask(first, registry, IMPATIENT), Reason.ISSUER_UNAVAILABLE);
        assertThat(state.virtualPlatform().requests(first.input(), 1)).isZero();
    }

    @Test
    void anAnswerThatComesLateButInTimeIsAnAnswer() {
        passed(city(Behaviour.slow(Duration.ofMillis(100))));
        Behaviour late = Behaviour.slow(Duration.ofMillis(100));
        passed(state(late, late));
    }

    @Test
    void anAnswerThatNeverEndsIsNone() {
        MintedCode code = city.virtualPlatform().issue(green(), Behaviour.trickle());
        assertRefused(ask(code, registry, IMPATIENT), Reason.ISSUER_UNAVAILABLE);
    }

    /** Either step alone would be in time; the two together are not, and the first has used up the second's time. */
    @Test
    void bothStepsShareOneDeadline() {
        VirtualPlatform platform = state.virtualPlatform();
        Behaviour half = Behaviour.slow(Duration.ofMillis(1_500));
        Duration deadline = Duration.ofMillis(2_500);
        MintedCode first = platform.issue(report(), half);
        passed(ask(first, registry, deadline));
        MintedCode both = platform.issue(report(), half, half);
        assertRefused(ask(both, registry, deadline), Reason.ISSUER_UNAVAILABLE);
        assertThat(platform.requests(both.input(), 1)).isEqualTo(1);
    }

    @Test
    void aResetConnectionIsNoAnswer() {
        assertRefused(city(Behaviour.reset()), Reason.ISSUER_UNAVAILABLE);
        assertRefused(state(Behaviour.reset()), Reason.ISSUER_UNAVAILABLE);
        assertRefused(state(Behaviour.honest(), Behaviour.reset()), Reason.ISSUER_UNAVAILABLE);
    }

    @Test
    void aPlatformThatIsGoneIsUnavailable() {
        try (VirtualProvinces others = VirtualProvinces.startDemo(InstantSource.fixed(Codes.NOW))) {
            var known = registryOf(others).snapshot();
            VirtualPlatform platform = others.province(Codes.HANGZHOU).virtualPlatform();
            MintedCode code = platform.issue(green());
            passed(ask(code, known, PATIENT));
            platform.close();
            assertRefused(ask(code, known, PATIENT), Reason.ISSUER_UNAVAILABLE);
            assertRefused(ask(code, known, PATIENT), Reason.ISSUER_UNAVAILABLE);
        }
    }

    @Test
    void anAnswerOfMoreThan64KibIsNone() {
        assertCity(Behaviour.oversized(), Reason.ISSUER_UNAVAILABLE);
        assertStep(0, Behaviour.oversized(), Reason.ISSUER_UNAVAILABLE);
        assertStep(1, Behaviour.oversized(), Reason.ISSUER_UNAVAILABLE);
    }

    @Test
    void aLongAnswerOfLessIsAnAnswer() {
        passed(city(new Behaviour.Padded(40_000)));
    }

    // --- something else than an answer

    @ParameterizedTest
    @CsvSource({
        "500, ISSUER_UNAVAILABLE",
        "502, ISSUER_UNAVAILABLE",
        "503, ISSUER_UNAVAILABLE",
        "599, ISSUER_UNAVAILABLE",
        "201, ISSUER_ERROR",
        "204, ISSUER_ERROR",
        "400, ISSUER_ERROR",
        "401, ISSUER_ERROR",
        "404, ISSUER_ERROR",
        "429, ISSUER_ERROR",
        "499, ISSUER_ERROR",
    })
    void anotherStatusHasItsReasonThoughTheBodyIsSigned(int status, Reason reason) {
        assertCity(Behaviour.status(status), reason);
        assertStep(0, Behaviour.status(status), reason);
        assertStep(1, Behaviour.status(status), reason);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsAnErrorAndIsNotFollowed(int status) {
        assertCity(Behaviour.status(status), Reason.ISSUER_ERROR);
        assertStep(1, Behaviour.status(status), Reason.ISSUER_ERROR);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json", "application/jwt", "text/plain", "application/octet-stream",
                        "application/jose+json",
                "application/problem+json", "*/*", "jose", "application/josee", "x, application/jose",
            })
    void anotherMediaTypeIsAnErrorThoughTheBodyIsSigned(String mediaType) {
        assertCity(Behaviour.mediaType(mediaType), Reason.ISSUER_ERROR);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/jose; charset=utf-8",
                "application/JOSE",
                "Application/Jose;x=y",
                "application/jose ;"
            })
    void theMediaTypeMayHaveParametersAndItsCaseMeansNothing(String mediaType) {
        passed(city(Behaviour.mediaType(mediaType)));
    }

    // --- afterwards

    @Test
    void afterEveryKindOfTroubleThePlatformIsAskedAsBefore() {
        for (Behaviour trouble : new Behaviour[] {
            NEVER_IN_TIME, Behaviour.reset(), Behaviour.trickle(), Behaviour.oversized(), Behaviour.status(302)
        }) {
            MintedCode code = city.virtualPlatform().issue(green(), trouble);
            Codes.refused(ask(code, registry, IMPATIENT));
            passed(city(Behaviour.honest()));
        }
    }

    @Test
    void throughACircuitBreakerAPlatformThatResetsIsSparedAndAnotherIsAsked() {
        var breaking = new CircuitBreakingPlatformClient(client, System::nanoTime, Duration.ofSeconds(1));
        VirtualPlatform platform = city.virtualPlatform();
        int before = platform.requests();
        for (int i = 0; i < CircuitBreakingPlatformClient.CALLS + 10; i++) {
            MintedCode code = platform.issue(green(), Behaviour.reset());
            assertRefused(ask(code, registry, PATIENT, breaking), Reason.ISSUER_UNAVAILABLE);
        }
        assertThat(platform.requests() - before).isEqualTo(CircuitBreakingPlatformClient.CALLS);
        passed(ask(state.virtualPlatform().issue(report()), registry, PATIENT, breaking));
    }
}
