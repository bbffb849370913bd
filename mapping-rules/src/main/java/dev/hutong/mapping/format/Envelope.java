package dev.hutong.mapping.format;

import java.util.List;

/** How a recognised code is opened. */
public sealed interface Envelope {

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
