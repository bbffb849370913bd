package dev.hutong.province;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hutong.conformance.jose.Base64Url;
import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.format.Envelope;
import dev.hutong.mapping.format.PlatformStep;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Whatever stands in a token, reading it yields a token or MALFORMED_CODE, and what is read is what any other reader reads.
 *
 * <p>The input is tried as the whole text, as the header, as the payload, and as JSON text within the payload. Replays its corpus as a
 * unit test; {@link RecogniseAndOpenFuzzTest} says how to fuzz for real, with {@code -Dtest=TokenReaderFuzzTest}.
 */
class TokenReaderFuzzTest extends TokenReaderTestBase {
    private static final ObjectMapper ANOTHER_READER = new ObjectMapper();
    private static final PlatformStep REPORT = lastStep("national");

    @FuzzTest(maxDuration = "2m")
    void everyTokenIsReadOrMalformed(byte[] input) throws IOException {
        byte[] signature = new byte[64];
        check(input, TokenReader.read(input, YKM));
        byte[] asHeader = Codes.utf8(compact(input, Codes.utf8(PAYLOAD), signature));
        check(asHeader, TokenReader.read(asHeader, YKM));
        byte[] asPayload = Codes.utf8(compact(Codes.utf8(HEADER), input, signature));
        check(asPayload, TokenReader.read(asPayload, YKM));
        byte[] asContent = Codes.utf8(compact(
                Codes.utf8(HEADER.replace("ykm+jwt", REPORT.answer().typ()).replace("ES256", "SM2")),
                Codes.utf8(answerWith(new String(input, StandardCharsets.UTF_8))),
                signature));
        check(asContent, TokenReader.read(asContent, REPORT.answer(), List.of("content")));
    }

    private static void check(byte[] compact, Outcome<Token> outcome) throws IOException {
        switch (outcome) {
            case Outcome.Refused<Token> refused -> assertThat(refused.reason()).isEqualTo(Reason.MALFORMED_CODE);
            case Outcome.Passed<Token>(Token token) -> {
                String[] parts = new String(compact, StandardCharsets.US_ASCII).split("\\.", -1);
                for (String part : parts) {
                    assertThat(Base64Url.encode(Base64Url.decode(part)))
                            .as("one text for one token")
                            .isEqualTo(part);
                }
                JsonNode header = ANOTHER_READER.readTree(Base64Url.decode(parts[0]));
                assertThat(header.path("kid").textValue())
                        .isEqualTo(token.signed().kid());
                assertThat(header.path("alg").textValue())
                        .isEqualTo(token.signed().alg());
                JsonNode payload = ANOTHER_READER.readTree(Base64Url.decode(parts[1]));
                assertThat(payload.path("iss").textValue())
                        .isEqualTo(token.claims().text("iss"));
                assertThat(payload.path("iat").longValue())
                        .isEqualTo(token.signed().signedAt().getEpochSecond());
            }
        }
    }

    private static String answerWith(String content) {
        long now = Codes.NOW.getEpochSecond();
        return JsonNodeFactory.instance
                .objectNode()
                .put("iss", Codes.NATIONAL)
                .put("iat", now)
                .put("exp", now + 60)
                .put("requestId", "1")
                .put("inputHash", "2")
                .put("content", content)
                .toString();
    }

    private static PlatformStep lastStep(String format) {
        return switch (Codes.format(format).envelope()) {
            case Envelope.Platform platform -> platform.steps().getLast();
            case Envelope.Packed packed -> packed.platform().steps().getLast();
            case Envelope.SignedText signedText -> throw new IllegalArgumentException(format);
        };
    }
}
