package dev.hutong.province;

import dev.hutong.mapping.format.Envelope;
import dev.hutong.mapping.format.FormatPackage;

/** A code that is whole: a token to be verified, or an enquiry to be made. */
public sealed interface OpenedCode {
    FormatPackage format();

    /** A signed text. */
    record SignedText(FormatPackage format, Token token) implements OpenedCode {}

    /** A reference that the issuer's platform resolves. */
    record Enquiry(FormatPackage format, Envelope.Platform platform, CodeContent input) implements OpenedCode {}
}
