package dev.hutong.province;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.format.PackedLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * Whatever a scanner reads, recognising and opening it yields a code or one of two reasons, and never an exception.
 *
 * <p>As a unit test this replays the corpus beside it, in {@code src/test/resources/…/RecogniseAndOpenFuzzTestInputs}. To fuzz for real,
 * for two minutes, one target at a time:
 *
 * <pre>
 * JAZZER_FUZZ=1 mvn -pl province-connectors -am test -Dtest=RecogniseAndOpenFuzzTest -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 *
 * <p>What it finds lies beside the corpus and is replayed from then on; what it has learnt lies in {@code .cifuzz-corpus/}, which git
 * ignores.
 */
class RecogniseAndOpenFuzzTest {
    private static final Set<Reason> REASONS = EnumSet.of(Reason.UNKNOWN_FORMAT, Reason.MALFORMED_CODE);

    @FuzzTest(maxDuration = "2m")
    void everythingThatIsScannedIsACodeOrHasAReason(byte[] scanned) {
        String asBytes = way(ScannedCode.ofBytes(scanned));
        assertThat(way(ScannedCode.ofBytes(scanned))).isEqualTo(asBytes);

        String text = new String(scanned, StandardCharsets.UTF_8);
        String asText = way(ScannedCode.ofText(text));
        assertThat(way(ScannedCode.ofText(text))).isEqualTo(asText);

        boolean isText = Arrays.equals(text.getBytes(StandardCharsets.UTF_8), scanned);
        if (isText && !asBytes.startsWith("national") && !asBytes.contains("bytes where")) {
            assertThat(asText)
                    .as("a text is the same code however it is handed over")
                    .isEqualTo(asBytes);
        }
        way(ScannedCode.ofText(new String(scanned, StandardCharsets.UTF_16BE)));
    }

    /** How far it got, in words that are equal where the outcomes are. */
    private static String way(ScannedCode scanned) {
        return switch (Codes.open(scanned)) {
            case Outcome.Refused<OpenedCode>(Reason reason, String why, var signedBy) -> {
                assertThat(reason).isIn(REASONS);
                assertThat(signedBy).isNull();
                yield reason + ": " + why;
            }
            case Outcome.Passed<OpenedCode>(
                    OpenedCode.Packed(var format, var platform, PackedLayout.Contents packed)) -> {
                assertThat(packed.signature()).hasSize(64);
                yield format.id() + " signed a reference " + packed.input();
            }
            case Outcome.Passed<OpenedCode>(
                    OpenedCode.Enquiry(var format, var platform, CodeContent input, var codeEnds)) -> {
                assertThat(codeEnds).isNull();
                assertThat(input.onTheWire()).isNotEmpty().isASCII();
                assertThat(input.hash()).hasSize(43);
                yield format.id() + " asks about " + input.onTheWire();
            }
            case Outcome.Passed<OpenedCode>(OpenedCode.SignedText(var format, Token token)) -> {
                assertThat(token.signed().signature()).hasSize(64);
                yield format.id() + " signed " + new String(token.signed().signingInput(), StandardCharsets.US_ASCII);
            }
        };
    }
}
