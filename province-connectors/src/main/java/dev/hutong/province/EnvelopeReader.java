package dev.hutong.province;

import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.format.Envelope;
import dev.hutong.mapping.format.FormatPackage;
import dev.hutong.mapping.format.Recognition;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Opens a recognised code: checks that it is a whole one, and takes out the token or the reference that it holds. */
public final class EnvelopeReader {
    /** No symbol holds more: 7,089 is the capacity of the largest QR code, in digits (ISO/IEC 18004). */
    static final int LONGEST_TEXT = 7_089;

    /** Refused as MALFORMED_CODE, whatever is wrong behind what the format claimed it by. */
    public Outcome<OpenedCode> open(RecognisedCode code) {
        return content(code).then(content -> switch (code.format().envelope()) {
            case Envelope.SignedText signedText -> signedText(code.format(), signedText, content);
            case Envelope.Platform platform -> enquiry(code.format(), platform, content);
            case Envelope.Packed packed ->
                content.isText()
                        ? enquiry(code.format(), packed.platform(), content)
                        : packed(code.format(), packed, content.bytes());
        });
    }

    private static Outcome<OpenedCode> enquiry(FormatPackage format, Envelope.Platform platform, CodeContent content) {
        return Outcome.passed(new OpenedCode.Enquiry(format, platform, content, null));
    }

    private static Outcome<OpenedCode> packed(FormatPackage format, Envelope.Packed envelope, byte[] text) {
        return PackedReader.read(text, envelope.layout())
                .then(contents -> Outcome.passed(new OpenedCode.Packed(format, envelope.platform(), contents)));
    }

    private static Outcome<OpenedCode> signedText(
            FormatPackage format, Envelope.SignedText signedText, CodeContent content) {
        return TokenReader.read(content.bytes(), signedText.token())
                .then(token -> Outcome.passed(new OpenedCode.SignedText(format, token)));
    }

    private static Outcome<CodeContent> content(RecognisedCode code) {
        return switch (code.recognition()) {
            case Recognition.Bytes bytes -> bytesCode(bytes, code.scanned().bytes());
            case Recognition.Text text -> textCode(text, code.scanned().withoutLineEnd());
            case Recognition.Url url -> urlCode(url, code.scanned());
        };
    }

    private static Outcome<CodeContent> bytesCode(Recognition.Bytes recognition, byte[] bytes) {
        return bytes.length >= recognition.shortest() && bytes.length <= recognition.longest()
                ? Outcome.passed(CodeContent.ofBytes(bytes))
                : malformed(bytes.length + " bytes where " + recognition.shortest() + " to " + recognition.longest()
                        + " are a code");
    }

    private static Outcome<CodeContent> textCode(Recognition.Text recognition, byte[] text) {
        if (text.length > LONGEST_TEXT) {
            return tooLong();
        }
        int prefix = recognition.prefix().getBytes(StandardCharsets.UTF_8).length;
        Recognition.Digits digits = recognition.digits();
        if (digits == null) {
            int end = text.length - recognition.ending().length();
            return end >= prefix
                    ? Outcome.passed(CodeContent.ofBytes(Arrays.copyOfRange(text, prefix, end)))
                    : malformed("nothing between the prefix and the ending");
        }
        return digits.are(text, prefix)
                ? Outcome.passed(CodeContent.ofText(new String(text, StandardCharsets.UTF_8)))
                : malformed("what follows the prefix is not " + digits);
    }

    private static Outcome<CodeContent> urlCode(Recognition.Url recognition, ScannedCode scanned) {
        if (scanned.withoutLineEnd().length > LONGEST_TEXT) {
            return tooLong();
        }
        UrlCode url = UrlCode.parse(scanned);
        String value = url.parameter(recognition.parameter());
        byte[] octets = value.getBytes(StandardCharsets.ISO_8859_1);
        if (!recognition.digits().are(octets, recognition.prefix().length())) {
            return malformed(
                    recognition.parameter() + " is not " + recognition.prefix() + " and " + recognition.digits());
        }
        if (url.occurrencesOf(recognition.parameter()) > 1) {
            return malformed("more than one " + recognition.parameter());
        }
        if (!url.fragment().isEmpty() && !url.fragment().equals(recognition.fragment())) {
            return malformed("another fragment than the format's");
        }
        return isText(scanned.withoutLineEnd())
                ? Outcome.passed(CodeContent.ofText(value))
                : malformed("not UTF-8, or control characters in it");
    }

    private static boolean isText(byte[] octets) {
        try {
            CharBuffer text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)); // reports what it cannot read
            return text.chars().noneMatch(Character::isISOControl);
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static <T> Outcome<T> tooLong() {
        return malformed("longer than " + LONGEST_TEXT + " bytes, which no symbol holds");
    }

    private static <T> Outcome<T> malformed(String why) {
        return Outcome.refused(Reason.MALFORMED_CODE, why);
    }
}
