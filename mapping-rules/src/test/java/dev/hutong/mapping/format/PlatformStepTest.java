package dev.hutong.mapping.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hutong.mapping.Reason;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlatformStepTest {
    private static final FormatDocument.Token ANSWER = new FormatDocument.Token(
            "ex-answer+jwt",
            Map.of(
                    "iss", required(ClaimKind.TEXT),
                    "iat", required(ClaimKind.SECONDS),
                    "exp", required(ClaimKind.SECONDS),
                    "requestId", required(ClaimKind.TEXT),
                    "inputHash", required(ClaimKind.TEXT),
                    "code",
                            new FormatDocument.Claim(
                                    ClaimKind.INTEGER, true, false, null, null, null, null, null, null),
                    "ticket",
                            new FormatDocument.Claim(ClaimKind.TEXT, true, false, null, null, null, null, null, null)),
            null,
            null);

    @Test
    void aStepIsTakenOverAsItIsWritten() {
        PlatformStep step = PlatformStep.of(
                "here",
                step(
                        new FormatDocument.Codes("code", 200, List.of(40017L), Map.of(40007L, Reason.EXPIRED_CODE)),
                        List.of("ticket"),
                        "ticket"));
        assertThat(step.path()).isEqualTo("/ask");
        assertThat(step.request()).containsExactly(Map.entry("code", "{input}"));
        assertThat(step.requestForBytes()).isEmpty();
        assertThat(step.answer().typ()).isEqualTo("ex-answer+jwt");
        assertThat(step.jsonText()).isEmpty();
        assertThat(step.codes())
                .isEqualTo(new PlatformStep.Codes("code", 200, Set.of(40017L), Map.of(40007L, Reason.EXPIRED_CODE)));
        assertThat(step.requires()).containsExactly("ticket");
        assertThat(step.next()).isEqualTo("ticket");
    }

    @Test
    void aStepWithoutCodesRefusesNothing() {
        PlatformStep.Codes codes =
                PlatformStep.of("here", step(null, List.of(), null)).codes();
        assertThat(codes.claim()).isEmpty();
        assertThat(codes.askAgain()).isEmpty();
        assertThat(codes.refused()).isEmpty();
    }

    @Test
    void codesNeedNotNameWhatToAskAgain() {
        FormatDocument.Codes codes = new FormatDocument.Codes("code", 200, null, Map.of());
        assertThat(PlatformStep.of("here", step(codes, List.of(), null)).codes().askAgain())
                .isEmpty();
    }

    @Test
    void aStepNamesOnlyClaimsOfItsAnswer() {
        assertRefused(step(new FormatDocument.Codes("cod", 200, null, Map.of()), List.of(), null), "cod");
        assertRefused(step(null, List.of("tickets"), null), "tickets");
        assertRefused(step(null, List.of(), "tikcet"), "tikcet");
    }

    @Test
    void aPlatformsCodeIsAWholeNumber() {
        FormatDocument.Step step = step(new FormatDocument.Codes("ticket", 200, null, Map.of()), List.of(), null);
        assertThatExceptionOfType(InvalidPackageException.class)
                .isThrownBy(() -> PlatformStep.of("open.platform[0]", step))
                .withMessage("open.platform[0].codes: «ticket» must be a claim of type integer");
    }

    @Test
    void anAnswerIsTiedToItsRequest() {
        FormatDocument.Token loose = new FormatDocument.Token(
                "ex-answer+jwt",
                Map.of(
                        "iss", required(ClaimKind.TEXT),
                        "iat", required(ClaimKind.SECONDS),
                        "exp", required(ClaimKind.SECONDS),
                        "requestId", required(ClaimKind.TEXT)),
                null,
                null);
        FormatDocument.Step step =
                new FormatDocument.Step("/ask", Map.of("code", "{input}"), null, loose, null, null, List.of(), null);
        assertThatExceptionOfType(InvalidPackageException.class)
                .isThrownBy(() -> PlatformStep.of("open.platform[0]", step))
                .withMessageStartingWith("open.platform[0].answer.claims: «inputHash» of type text");
    }

    private static FormatDocument.Claim required(ClaimKind kind) {
        return new FormatDocument.Claim(kind, false, false, null, null, null, null, null, null);
    }

    private static void assertRefused(FormatDocument.Step step, String named) {
        assertThatExceptionOfType(InvalidPackageException.class)
                .isThrownBy(() -> PlatformStep.of("open.platform[0]", step))
                .withMessage("open.platform[0]: «" + named + "» is not a claim of its answer");
    }

    private static FormatDocument.Step step(
            FormatDocument.@Nullable Codes codes, List<String> requires, @Nullable String next) {
        return new FormatDocument.Step("/ask", Map.of("code", "{input}"), null, ANSWER, null, codes, requires, next);
    }
}
