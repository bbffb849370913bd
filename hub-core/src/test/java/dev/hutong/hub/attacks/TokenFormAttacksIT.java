package dev.hutong.hub.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.conformance.province.ScannedCode;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Attacks by how a token is written: what is large, deep, or read in several ways. */
class TokenFormAttacksIT extends TokenAttacks {
    @TestFactory
    Stream<DynamicTest> sizesAndDepths() {
        Forge forge = guangdong();
        String claims = green().toString();
        return refused(Stream.of(
                new Attack(
                        "oversize tokens",
                        "20 KB of claims",
                        forge.honest(green().put("x", "x".repeat(20_000))),
                        MALFORMED),
                new Attack("oversize headers", "8 KB of typ", forge.with("typ", "t".repeat(8_000), green()), MALFORMED),
                new Attack(
                        "nesting",
                        "33 arrays",
                        forge.payloadText(claims.replace("}", ",\"x\":" + "[".repeat(33) + "]".repeat(33) + "}")),
                        MALFORMED),
                new Attack(
                        "nesting",
                        "2,000 objects",
                        forge.payloadText(
                                claims.replace("}", ",\"x\":" + "{\"a\":".repeat(800) + "1" + "}".repeat(800) + "}")),
                        MALFORMED),
                new Attack(
                        "numbers (`1e999`)",
                        "in a claim",
                        forge.payloadText(withRaw(claims, "iat", "1e999")),
                        MALFORMED),
                new Attack(
                        "numbers (`1e999`)",
                        "in a member nobody reads",
                        forge.payloadText(claims.replace("}", ",\"x\":1e999}")),
                        MALFORMED),
                new Attack(
                        "numbers (`1e999`)",
                        "of 65 digits",
                        forge.payloadText(claims.replace("}", ",\"x\":" + "1".repeat(65) + "}")),
                        MALFORMED)));
    }

    @TestFactory
    Stream<DynamicTest> jsonThatReadersDisagreeAbout() {
        Forge forge = guangdong();
        String header = forge.headerText();
        String claims = green().toString();
        return refused(Stream.of(
                new Attack(
                        "duplicate JSON members",
                        "alg",
                        forge.headerText(header.replace("{", "{\"alg\":\"none\","), green()),
                        MALFORMED),
                new Attack(
                        "duplicate JSON members",
                        "a claim",
                        forge.payloadText(claims.replace("}", ",\"mz\":\"R\"}")),
                        MALFORMED),
                new Attack(
                        "duplicate JSON members, escaped (`\\u0061lg`)",
                        "before alg",
                        forge.headerText(header.replace("{", "{\"\\u0061lg\":\"none\","), green()),
                        MALFORMED),
                new Attack(
                        "duplicate JSON members, nested",
                        "in a member nobody reads",
                        forge.payloadText(claims.replace("}", ",\"x\":{\"a\":1,\"a\":2}}")),
                        MALFORMED),
                new Attack("NaN", "a claim", forge.payloadText(withRaw(claims, "iat", "NaN")), MALFORMED),
                new Attack("comments", "in the payload", forge.payloadText(claims.replace("}", "/**/}")), MALFORMED),
                new Attack("BOM", "before the header", forge.headerText("\ufeff" + header, green()), MALFORMED),
                new Attack("BOM", "before the payload", forge.payloadText("\ufeff" + claims), MALFORMED),
                new Attack(
                        "lone surrogates",
                        "escaped",
                        forge.payloadText(claims.replace("}", ",\"x\":\"\\ud800\"}")),
                        MALFORMED),
                new Attack(
                        "lone surrogates",
                        "as octets",
                        forge.octets(Forge.utf8(header), latin1(claims.replace("}", ",\"x\":\"\u00ed\u00a0\u0080\"}"))),
                        MALFORMED),
                new Attack(
                        "overlong UTF-8",
                        "a slash in two octets",
                        forge.octets(Forge.utf8(header), latin1(claims.replace("}", ",\"x\":\"\u00c0\u00af\"}"))),
                        MALFORMED)));
    }

    @TestFactory
    Stream<DynamicTest> base64urlThatSeveralTextsShare() {
        String honest = guangdong().honest(green());
        int last = honest.length() - 1;
        // 64 octets leave four bits over in the last character, which is one of A, Q, g, w.
        char loose = (char) (honest.charAt(last) + 1);
        return refused(Stream.of(
                new Attack("base64url with whitespace", "a space within", honest.replaceFirst("\\.", ". "), MALFORMED),
                new Attack(
                        "base64url with whitespace", "a line end within", honest.replaceFirst("\\.", ".\n"), MALFORMED),
                new Attack("base64url with padding", "the right one", honest + "==", MALFORMED),
                new Attack(
                        "base64url with `+` `/`",
                        "plus",
                        honest.substring(0, last - 9) + "+" + honest.substring(last - 8),
                        MALFORMED),
                new Attack(
                        "base64url with `+` `/`",
                        "slash",
                        honest.substring(0, last - 9) + "/" + honest.substring(last - 8),
                        MALFORMED),
                new Attack(
                        "base64url with non-zero trailing bits", "one", honest.substring(0, last) + loose, MALFORMED),
                new Attack("base64url with length ≡ 1 mod 4", "three characters more", honest + "AAA", MALFORMED),
                new Attack("JSON serialization", "flattened", "YKM2:" + json(honest), MALFORMED)));
    }

    /** Several texts of one code decode to one token in lenient readers; here there is one text, and its decision is no other text's. */
    @Test
    void severalTextsDecodeToOneToken() {
        String honest = guangdong().honest(green());
        assertThat(hub.verifier().resolve(ScannedCode.ofText(honest)).decided()).isEqualTo("LOW");
        for (String other :
                new String[] {honest + "=", honest + "==", honest + " ", honest.replaceFirst("\\.", ".\r\n")}) {
            assertThat(hub.verifier().resolve(ScannedCode.ofText(other)).decided())
                    .isEqualTo(MALFORMED);
        }
        assertThat(hub.verifier().resolve(ScannedCode.ofText(honest)).decided()).isEqualTo("LOW");
    }

    private static byte[] latin1(String octets) {
        return octets.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String json(String honest) {
        String[] parts = honest.substring(honest.indexOf(':') + 1).split("\\.", -1);
        return "{\"protected\":\"" + parts[0] + "\",\"payload\":\"" + parts[1] + "\",\"signature\":\"" + parts[2]
                + "\"}";
    }
}
