package dev.hutong.mapping.format;

import java.util.List;
import java.util.Map;

/** How a recognised code is opened. */
public sealed interface Envelope {
    /** What says who issued a token, and when it lives. All three are required of every payload. */
    Map<String, ClaimKind> EVERY_TOKEN =
            Map.of("iss", ClaimKind.TEXT, "iat", ClaimKind.SECONDS, "exp", ClaimKind.SECONDS);

    /** And what ties a platform's answer to the request. */
    Map<String, ClaimKind> EVERY_ANSWER = Map.of(
            "iss",
            ClaimKind.TEXT,
            "iat",
            ClaimKind.SECONDS,
            "exp",
            ClaimKind.SECONDS,
            "requestId",
            ClaimKind.TEXT,
            "inputHash",
            ClaimKind.TEXT);

    /** The code is a compact JWS behind its prefix, and verifies offline. */
    record SignedText(TokenSchema token) implements Envelope {}

    /** The code is a reference; the issuer's platform is asked, in one step or more, and signs each answer. */
    record Platform(List<PlatformStep> steps) implements Envelope {
        public Platform {
            steps = List.copyOf(steps);
        }
    }

    /** What the last token holds, which is what the rules see. */
    default TokenSchema statementToken() {
        return switch (this) {
            case SignedText signedText -> signedText.token;
            case Platform platform -> platform.steps.getLast().answer();
        };
    }
}
