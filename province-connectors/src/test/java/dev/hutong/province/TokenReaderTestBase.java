package dev.hutong.province;

import static dev.hutong.province.Codes.assertRefused;

import dev.hutong.conformance.jose.Base64Url;
import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.format.Envelope;
import dev.hutong.mapping.format.TokenSchema;

/** Reads tokens that nobody has signed: all of this is found without a key. */
abstract class TokenReaderTestBase {
    static final TokenSchema YKM = schema("yuekangma");
    static final TokenSchema SKM = schema("suikangma");
    static final String HEADER = "{\"alg\":\"ES256\",\"kid\":\"a\",\"typ\":\"ykm+jwt\"}";
    static final String PAYLOAD = Codes.yuekangma().toString();

    static Outcome<Token> read(String compact) {
        return TokenReader.read(Codes.utf8(compact), YKM);
    }

    static Outcome<Token> read(String header, String payload) {
        return read(Codes.unsigned(header, payload));
    }

    /** A payload of {@code suikangma}. */
    static Outcome<Token> readOther(String payload) {
        String header = HEADER.replace("ykm", "skm");
        return TokenReader.read(Codes.utf8(Codes.unsigned(header, payload)), SKM);
    }

    static void assertMalformed(Outcome<Token> outcome) {
        assertRefused(outcome, Reason.MALFORMED_CODE);
    }

    static String compact(byte[] header, byte[] payload, byte[] signature) {
        return Base64Url.encode(header) + "." + Base64Url.encode(payload) + "." + Base64Url.encode(signature);
    }

    private static TokenSchema schema(String format) {
        return switch (Codes.format(format).envelope()) {
            case Envelope.SignedText signedText -> signedText.token();
            case Envelope.Platform platform -> throw new IllegalArgumentException(format);
            case Envelope.Packed packed -> throw new IllegalArgumentException(format);
        };
    }
}
