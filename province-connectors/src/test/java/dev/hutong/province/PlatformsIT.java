package dev.hutong.province;

import static dev.hutong.province.Codes.assertRefused;
import static dev.hutong.province.Codes.passed;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.hutong.conformance.jose.TokenFault;
import dev.hutong.conformance.province.Behaviour;
import dev.hutong.conformance.province.MintedCode;
import dev.hutong.conformance.province.VirtualPlatform;
import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.format.SignedClaims;
import dev.hutong.registry.RegistrySnapshot;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What platforms say and how they sign it, over real sockets, each with its reason. */
class PlatformsIT extends VirtualPlatformsBase {
    // --- honest answers

    @Test
    void anHonestPlatformInOneStepIsAskedOnce() {
        VirtualPlatform platform = city.virtualPlatform();
        MintedCode code = platform.issue(green());
        SignedClaims signed = passed(ask(code, registry, PATIENT));
        assertThat(signed.claims().text("data.level")).isEqualTo("green");
        assertThat(signed.codeEnds()).isNull();
        assertThat(platform.requests(code.input())).isEqualTo(1);
    }

    @Test
    void anHonestPlatformInTwoStepsIsAskedOnceInEach() {
        VirtualPlatform platform = state.virtualPlatform();
        MintedCode code = platform.issue(report());
        assertThat(passed(ask(code, registry, PATIENT)).claims().text("iss")).isEqualTo(Codes.NATIONAL);
        assertThat(platform.requests(code.input(), 0)).isEqualTo(1);
        assertThat(platform.requests(code.input(), 1)).isEqualTo(1);
    }

    @Test
    void aBinaryCodeIsAskedAboutAsItIs() {
        VirtualPlatform platform = state.virtualPlatform();
        MintedCode code = platform.mint("binary");
        platform.answer(code.input(), report());
        passed(ask(code, registry, PATIENT));
        assertThat(platform.requests(code.input())).isEqualTo(2);
    }

    @Test
    void aCodeThatThePlatformDoesNotKnowIsMalformedAndItSaysSoItself() {
        Outcome<SignedClaims> unknown = ask(city.virtualPlatform().mint(), registry, PATIENT);
        assertRefused(unknown, Reason.MALFORMED_CODE);
        assertThat(Codes.refused(unknown).signedBy()).hasToString(Codes.HANGZHOU);
        assertRefused(ask(state.virtualPlatform().mint(), registry, PATIENT), Reason.MALFORMED_CODE);
    }

    // --- an answer to something else

    @Test
    void anAnswerToAnotherRequestIsAnError() {
        assertCity(Behaviour.otherRequestId(), Reason.ISSUER_ERROR);
        assertStep(0, Behaviour.otherRequestId(), Reason.ISSUER_ERROR);
        assertStep(1, Behaviour.otherRequestId(), Reason.ISSUER_ERROR);
    }

    @Test
    void anAnswerAboutAnotherCodeIsAnError() {
        assertCity(Behaviour.otherInputHash(), Reason.ISSUER_ERROR);
        assertStep(0, Behaviour.otherInputHash(), Reason.ISSUER_ERROR);
        assertStep(1, Behaviour.otherInputHash(), Reason.ISSUER_ERROR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"iss", "iat", "exp", "requestId", "inputHash"})
    void anAnswerWithoutWhatEveryAnswerHasIsAnError(String claim) {
        assertCity(Behaviour.without(claim), Reason.ISSUER_ERROR);
        assertStep(0, Behaviour.without(claim), Reason.ISSUER_ERROR);
        assertStep(1, Behaviour.without(claim), Reason.ISSUER_ERROR);
        assertCity(Behaviour.claim(claim, IntNode.valueOf(-1)), Reason.ISSUER_ERROR);
        assertCity(Behaviour.claim(claim, TextNode.valueOf("")), Reason.ISSUER_ERROR);
    }

    @Test
    void anAnswerThatNamesAnotherIssuerIsAnError() {
        assertCity(Behaviour.claim("iss", TextNode.valueOf(Codes.NATIONAL)), Reason.ISSUER_ERROR);
        assertCity(Behaviour.claim("iss", TextNode.valueOf("330100.HANGZHOU")), Reason.ISSUER_ERROR);
        assertStep(1, Behaviour.claim("iss", TextNode.valueOf(Codes.HANGZHOU)), Reason.ISSUER_ERROR);
    }

    // --- who signed it

    @Test
    void anUnsignedAnswerIsAnError() {
        assertCity(Behaviour.plainJson(), Reason.ISSUER_ERROR);
        assertStep(0, Behaviour.plainJson(), Reason.ISSUER_ERROR);
        assertStep(1, Behaviour.plainJson(), Reason.ISSUER_ERROR);
    }

    @Test
    void anAnswerByAnotherProvincesKeyIsAnError() {
        assertCity(Behaviour.signedByAnotherIssuer(), Reason.ISSUER_ERROR);
        assertStep(0, Behaviour.signedByAnotherIssuer(), Reason.ISSUER_ERROR);
        assertStep(1, Behaviour.signedByAnotherIssuer(), Reason.ISSUER_ERROR);
    }

    @ParameterizedTest
    @EnumSource(TokenFault.class)
    void aFaultInItsTokenIsAnErrorAndNobodyIsSaidToHaveSignedIt(TokenFault fault) {
        Outcome<SignedClaims> outcome = city(Behaviour.faulty(fault));
        assertRefused(outcome, Reason.ISSUER_ERROR);
        assertThat(Codes.refused(outcome).signedBy()).isNull();
        assertStep(0, Behaviour.faulty(fault), Reason.ISSUER_ERROR);
        assertStep(1, Behaviour.faulty(fault), Reason.ISSUER_ERROR);
    }

    @Test
    void aFaultOfTheSecondStepIsKnownToBeTheIssuersForItSignedTheFirst() {
        assertThat(Codes.refused(state(Behaviour.honest(), Behaviour.reset())).signedBy())
                .hasToString(Codes.NATIONAL);
    }

    // --- when

    @ParameterizedTest
    @CsvSource({"-61, false", "-60, true", "-59, true", "0, true", "59, true", "60, true", "61, false"})
    void anAnswerIsIssuedAMinuteFromTheClockAtMost(int seconds, boolean good) {
        Behaviour issued = Behaviour.issued(Duration.ofSeconds(seconds));
        if (good) {
            passed(city(issued));
            passed(state(issued, issued));
        } else {
            assertCity(issued, Reason.ISSUER_ERROR);
            assertStep(0, issued, Reason.ISSUER_ERROR);
            assertStep(1, issued, Reason.ISSUER_ERROR);
        }
    }

    @Test
    void anAnswerThatIsOverIsAnError() {
        passed(city(Behaviour.expires(Duration.ofSeconds(1))));
        for (int seconds : new int[] {0, -1, -60}) {
            assertCity(Behaviour.expires(Duration.ofSeconds(seconds)), Reason.ISSUER_ERROR);
            assertStep(1, Behaviour.expires(Duration.ofSeconds(seconds)), Reason.ISSUER_ERROR);
        }
    }

    // --- what it says

    @Test
    void aMalformedRecordIsAnError() {
        assertCity(Behaviour.malformedRecord(), Reason.ISSUER_ERROR);
        assertStep(1, Behaviour.malformedRecord(), Reason.ISSUER_ERROR);
        assertCity(Behaviour.without("data"), Reason.ISSUER_ERROR);
        assertStep(0, Behaviour.without("bizExtData"), Reason.ISSUER_ERROR);
        assertStep(1, Behaviour.without("content"), Reason.ISSUER_ERROR);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"data\":null}",
                "{\"data\":{}}",
                "{\"data\":{\"healthyReport\":null}}",
                "{\"data\":{\"healthyReport\":{}}}",
                "{\"data\":{\"healthyReport\":[1]}}",
                "{\"data\":{\"healthyReport\":[{}]}}",
                "{\"data\":{\"healthyReport\":[]},\"data\":{\"healthyReport\":[]}}",
                "{\"data\":{\"healthyReport\":[]}} x",
                "{\"data\":{\"healthyReport\":[{\"date\":\"2026-02-30\"}]}}",
                "{\"data\":{\"healthyReport\":[],\"hsjc\":[]}}",
                "{\"data\":{\"healthyReport\":[{\"date\":\"2026-01-04\",\"x\":{\"y\":1,\"y\":2}}]}}",
                "not json",
            })
    void contentThatIsNotTheReportIsAnError(String content) {
        assertStep(1, Behaviour.claim("content", TextNode.valueOf(content)), Reason.ISSUER_ERROR);
    }

    @Test
    void contentThatIsNoTextIsAnErrorThoughItHoldsTheReport() {
        assertStep(1, Behaviour.claim("content", report()), Reason.ISSUER_ERROR);
        assertStep(1, Behaviour.claim("content", JsonNodeFactory.instance.nullNode()), Reason.ISSUER_ERROR);
    }

    @Test
    void anEmptyReportIsAnAnswer() {
        passed(state(
                Behaviour.honest(), Behaviour.claim("content", TextNode.valueOf("{\"data\":{\"healthyReport\":[]}}"))));
    }

    @Test
    void aMemberThatStandsTwiceIsAnError() {
        assertCity(Behaviour.duplicateMember(), Reason.ISSUER_ERROR);
        assertStep(0, Behaviour.duplicateMember(), Reason.ISSUER_ERROR);
        assertStep(1, Behaviour.duplicateMember(), Reason.ISSUER_ERROR);
    }

    /** It says 200 and that it is not a success. */
    @Test
    void anAnswerThatDeniesItselfIsAnError() {
        assertCity(Behaviour.claim("success", BooleanNode.FALSE), Reason.ISSUER_ERROR);
    }

    // --- the platform's own codes

    @ParameterizedTest
    @CsvSource({
        "40006, ISSUER_UNAVAILABLE",
        "40007, EXPIRED_CODE",
        "40008, MALFORMED_CODE",
        "40019, ISSUER_UNAVAILABLE",
        "40001, ISSUER_ERROR",
        "40018, ISSUER_ERROR",
        "99999, ISSUER_ERROR",
        "0, ISSUER_ERROR",
        "-1, ISSUER_ERROR",
    })
    void aPlatformsCodeHasItsReasonAndIsTheIssuersWord(int code, Reason reason) {
        assertCity(Behaviour.refuses(code), reason);
        assertStep(0, Behaviour.refuses(code), reason);
        assertThat(Codes.refused(city(Behaviour.refuses(code))).signedBy()).hasToString(Codes.HANGZHOU);
    }

    @Test
    void aPlatformThatAsksToBeAskedAgainIsAskedTwice() {
        VirtualPlatform platform = city.virtualPlatform();
        MintedCode code = platform.issue(green(), Behaviour.refusesOnce(40017));
        passed(ask(code, registry, PATIENT));
        assertThat(platform.requests(code.input())).isEqualTo(2);
    }

    @Test
    void aPlatformThatAlwaysAsksToBeAskedAgainIsAskedTwiceAndNotMore() {
        VirtualPlatform platform = city.virtualPlatform();
        MintedCode code = platform.issue(green(), Behaviour.refuses(40017));
        assertRefused(ask(code, registry, PATIENT), Reason.ISSUER_UNAVAILABLE);
        assertThat(platform.requests(code.input())).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {40006, 40007, 40019, 99999})
    void anyOtherCodeIsNotAskedAgain(int code) {
        VirtualPlatform platform = city.virtualPlatform();
        MintedCode minted = platform.issue(green(), Behaviour.refusesOnce(code));
        Codes.refused(ask(minted, registry, PATIENT));
        assertThat(platform.requests(minted.input())).isEqualTo(1);
    }

    // --- whom the registry does not let be asked

    @Test
    void aSuspendedIssuerIsNotAsked() {
        RegistrySnapshot suspended = registryOf(provinces)
                .suspended(Codes.HANGZHOU)
                .suspended(Codes.NATIONAL)
                .snapshot();
        assertNotAsked(suspended, Reason.ISSUER_SUSPENDED);
    }

    @Test
    void anUnknownIssuerIsNotAsked() {
        assertNotAsked(TestRegistry.of(Codes.YUEKANGMA).snapshot(), Reason.UNKNOWN_ISSUER);
    }

    @Test
    void anIssuerWithoutAPlatformIsNotAsked() {
        RegistrySnapshot without = TestRegistry.of(Codes.HANGZHOU, city.key())
                .issuer(Codes.NATIONAL, null, state.key())
                .snapshot();
        assertNotAsked(without, Reason.ISSUER_UNAVAILABLE);
    }

    @Test
    void aCodeThatIsNoneIsNotAskedAbout() {
        int before = city.virtualPlatform().requests();
        assertRefused(Codes.open(Codes.PAGE + "?qrCode=V0ding0"), Reason.MALFORMED_CODE);
        assertRefused(Codes.open("https://evil.example/?u=" + Codes.LINK), Reason.UNKNOWN_FORMAT);
        assertThat(city.virtualPlatform().requests()).isEqualTo(before);
    }

    private static void assertNotAsked(RegistrySnapshot known, Reason reason) {
        MintedCode one = city.virtualPlatform().issue(green());
        MintedCode two = state.virtualPlatform().issue(report());
        int before = city.virtualPlatform().requests() + state.virtualPlatform().requests();
        assertRefused(ask(one, known, PATIENT), reason);
        assertRefused(ask(two, known, PATIENT), reason);
        assertThat(city.virtualPlatform().requests() + state.virtualPlatform().requests())
                .isEqualTo(before);
    }
}
