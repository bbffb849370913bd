package dev.hutong.province;

import dev.hutong.mapping.format.Envelope;
import dev.hutong.mapping.format.FormatPackage;
import dev.hutong.mapping.format.PackedLayout;
import java.security.MessageDigest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A code that is whole: a token to be verified, or an enquiry to be made. */
public sealed interface OpenedCode {
    FormatPackage format();

    /** Feeds a digest what is to be proven: what was signed and its signature behind it, or what the platform is asked about. */
    void update(MessageDigest digest);

    /** A signed text. */
    record SignedText(FormatPackage format, Token token) implements OpenedCode {
        @Override
        public void update(MessageDigest digest) {
            digest.update(token.signed().signingInput());
            digest.update(token.signed().signature());
        }
    }

    /** Signed bytes that hold no status: once they are authentic, they are an enquiry. */
    record Packed(FormatPackage format, Envelope.Platform platform, PackedLayout.Contents contents)
            implements OpenedCode {
        @Override
        public void update(MessageDigest digest) {
            digest.update(contents.signingInput());
            digest.update(contents.signature());
        }
    }

    /**
     * A reference that the issuer's platform resolves.
     *
     * @param codeEnds when the code is over that refers to it; null where nobody has signed an end
     */
    record Enquiry(
            FormatPackage format,
            Envelope.Platform platform,
            CodeContent input,
            @Nullable Instant codeEnds) implements OpenedCode {
        @Override
        public void update(MessageDigest digest) {
            digest.update(input.bytes());
        }
    }
}
