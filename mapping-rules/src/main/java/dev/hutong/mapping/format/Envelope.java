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

    /** Claims of that token whose text is JSON itself. */
    default List<String> statementJsonText() {
        return switch (this) {
            case SignedText signedText -> List.of();
            case Platform platform -> platform.steps.getLast().jsonText();
            case Packed packed -> packed.platform.steps.getLast().jsonText();
        };
    }

    /**
     * The code is packed bytes that verify offline, and hold no status: once they are authentic, the platform is asked about what they
     * refer to. A code whose recognition says all of its digits is a bare reference, and is asked about as it stands.
     */
    record Packed(PackedLayout layout, Platform platform) implements Envelope {}

    /** Whether a platform has to be asked before anything is known of the holder. */
    default boolean isOnline() {
        return !(this instanceof SignedText);
    }

    /** What the last token holds, which is what the rules see. */
    default TokenSchema statementToken() {
        return switch (this) {
            case SignedText signedText -> signedText.token;
            case Platform platform -> platform.steps.getLast().answer();
            case Packed packed -> packed.platform.statementToken();
        };
    }
}
