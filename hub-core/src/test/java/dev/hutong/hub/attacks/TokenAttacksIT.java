package dev.hutong.hub.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.conformance.jose.Algorithm;
import dev.hutong.conformance.jose.SigningKey;
import dev.hutong.conformance.province.ScannedCode;
import dev.hutong.hub.Codes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Attacks on tokens (RFC 8725 and its successor draft). */
class TokenAttacksIT extends RunningHub {
    /** The order of P-256 (FIPS 186-5). */
    private static final BigInteger P256_ORDER =
            new BigInteger("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", 16);

    /** The order of SM2's curve (GB/T 32918.5). */
    private static final BigInteger SM2_ORDER =
            new BigInteger("FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123", 16);

    private static final String MALFORMED = "MALFORMED_CODE";
    private static final String FORGED = "BAD_SIGNATURE";

    private Forge guangdong() {
        return new Forge("YKM2:", "ykm+jwt", provinces.province(Codes.GUANGDONG).key());
    }

    private Forge guangzhou() {
        return new Forge("SKM:", "skm+jwt", provinces.province(Codes.GUANGZHOU).key());
    }

    private ObjectNode green() {
        return Codes.green(now);
    }

    @Test
    void theHonestTokensThatAreAttackedAreGood() {
        assertThat(hub.verifier()
                        .resolve(ScannedCode.ofText(guangdong().honest(green())))
                        .decided())
                .isEqualTo("LOW");
        assertThat(hub.verifier()
                        .resolve(ScannedCode.ofText(guangzhou().honest(Codes.atLevel(0, now))))
                        .status())
                .isEqualTo(200);
    }

    @TestFactory
    Stream<DynamicTest> algorithms() {
        Forge forge = guangdong();
        List<Attack> attacks = new ArrayList<>();
        for (String none : new String[] {"none", "None", "nOnE", ""}) {
            attacks.add(
                    new Attack("`alg` none", "«" + none + "», signed", forge.with("alg", none, green()), MALFORMED));
            String unsigned = forge.with("alg", none, green());
            attacks.add(new Attack(
                    "`alg` none",
                    "«" + none + "», unsigned",
                    unsigned.substring(0, unsigned.lastIndexOf('.') + 1),
                    MALFORMED));
        }
        attacks.add(new Attack("`alg` missing", "no member", forge.without("alg", green()), MALFORMED));
        attacks.add(new Attack("`alg` array", "[\"ES256\"]", forge.with("alg", List.of("ES256"), green()), MALFORMED));
        attacks.add(new Attack(
                "HS256 with the public key as secret", "the JWK's text", hmac(forge, publicJwk(forge)), MALFORMED));
        for (String other : new String[] {"SM2", "EdDSA", "ES384", "RS256", "PS256", "es256", "ES256K"}) {
            attacks.add(new Attack(
                    "an algorithm other than the key's", other, forge.with("alg", other, green()), MALFORMED));
        }
        return refused(attacks.stream());
    }

    @TestFactory
    Stream<DynamicTest> keysThatATokenBringsItself() {
        Forge forge = guangdong();
        SigningKey own = SigningKey.generate(Algorithm.ES256);
        Forge stranger = new Forge(forge.prefix(), forge.typ(), own);
        Map<String, Object> jwk = Map.of("kty", "EC", "crv", "P-256", "x", "AA", "y", "AA");
        return refused(Stream.of(
                new Attack("embedded `jwk`", "of the attacker", stranger.with("jwk", jwk, green()), MALFORMED),
                new Attack(
                        "embedded `jku`",
                        "to the attacker's server",
                        stranger.with("jku", trap.url() + "/jwks", green()),
                        MALFORMED),
                new Attack(
                        "embedded `x5u`",
                        "to the attacker's server",
                        stranger.with("x5u", trap.url() + "/x5u", green()),
                        MALFORMED),
                new Attack(
                        "embedded `x5c`", "a certificate", stranger.with("x5c", List.of("MIIB"), green()), MALFORMED),
                new Attack(
                        "embedded `jku`",
                        "signed by the issuer itself",
                        forge.with("jku", trap.url() + "/jwks", green()),
                        MALFORMED),
                new Attack(
                        "`iss` as an address",
                        "the attacker's server",
                        forge.honest(green().put("iss", trap.url())),
                        "UNKNOWN_ISSUER")));
    }

    @TestFactory
    Stream<DynamicTest> keyIdentifiers() {
        Forge forge = guangdong();
        Map<String, String> kids = Map.of(
                "paths", "../../../../etc/passwd",
                "SQL", "x' OR '1'='1",
                "NUL", "a\u0000b",
                "CRLF", "a\r\nSet-Cookie: x",
                "an address", trap.url() + "/key",
                "of another issuer", guangzhou().key().kid(),
                "JNDI", "${jndi:ldap://127.0.0.1/a}");
        return refused(Stream.concat(
                kids.entrySet().stream()
                        .map(kid -> new Attack(
                                "`kid` with " + kid.getKey(),
                                "signed by the issuer",
                                forge.with("kid", kid.getValue(), green()),
                                "UNKNOWN_KEY")),
                Stream.of(
                        new Attack(
                                "`kid` 10 KB",
                                "longer than a symbol",
                                forge.with("kid", "k".repeat(10_240), green()),
                                MALFORMED),
                        new Attack("`kid` absent", "no member", forge.without("kid", green()), MALFORMED),
                        new Attack(
                                "`kid` of another issuer",
                                "and signed by its key",
                                new Forge("YKM2:", "ykm+jwt", guangzhou().key()).honest(green()),
                                "UNKNOWN_KEY"))));
    }

    @TestFactory
    Stream<DynamicTest> extensions() {
        Forge forge = guangdong();
        byte[] bomb = deflated(new byte[8_000_000]);
        String zipped = forge.headerText().replace("}", ",\"zip\":\"DEF\"}");
        return refused(Stream.of(
                new Attack("`crit`", "an unknown one", forge.with("crit", List.of("x"), green()), MALFORMED),
                new Attack("`crit`", "empty", forge.with("crit", List.of(), green()), MALFORMED),
                new Attack(
                        "`b64:false`",
                        "with crit",
                        forge.headerText(
                                forge.headerText().replace("}", ",\"b64\":false,\"crit\":[\"b64\"]}"), green()),
                        MALFORMED),
                new Attack(
                        "`zip` bombs",
                        "an honest payload, deflated",
                        forge.octets(Forge.utf8(zipped), deflated(Forge.utf8(green().toString()))),
                        MALFORMED),
                new Attack(
                        "`zip` bombs",
                        "8 MB in 8 KB",
                        forge.octets(Forge.utf8(zipped), Arrays.copyOf(bomb, 4_000)),
                        MALFORMED)));
    }

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

    @TestFactory
    Stream<DynamicTest> signatures() {
        Forge forge = guangdong();
        List<Attack> attacks = new ArrayList<>();
        attacks.addAll(edges("P-256", forge, green(), P256_ORDER));
        Forge sm2 = guangzhou();
        ObjectNode level = Codes.atLevel(0, now);
        attacks.addAll(edges("SM2", sm2, level, SM2_ORDER));
        BigInteger r = new BigInteger(1, sm2.signature(level), 0, 32);
        attacks.add(new Attack(
                "SM2 with r + s = n",
                "of an honest r",
                sm2.signedBy(Forge.pair(r, SM2_ORDER.subtract(r)), level),
                FORGED));
        byte[] honest = forge.signature(green());
        attacks.add(new Attack("63/65 bytes", "63", forge.signedBy(Arrays.copyOf(honest, 63), green()), MALFORMED));
        attacks.add(new Attack("63/65 bytes", "65", forge.signedBy(Arrays.copyOf(honest, 65), green()), MALFORMED));
        attacks.add(new Attack("DER", "70 bytes", forge.signedBy(der(honest), green()), MALFORMED));
        attacks.add(new Attack("an SM2 key offered as P-256", "alg ES256", sm2.with("alg", "ES256", level), MALFORMED));
        return refused(attacks.stream());
    }

    private static List<Attack> edges(String curve, Forge forge, ObjectNode claims, BigInteger order) {
        Map<String, BigInteger> edges = Map.of(
                "0",
                BigInteger.ZERO,
                "1",
                BigInteger.ONE,
                "n−1",
                order.subtract(BigInteger.ONE),
                "n",
                order,
                "> n",
                order.add(BigInteger.ONE),
                "2^256−1",
                BigInteger.TWO.pow(256).subtract(BigInteger.ONE));
        List<Attack> attacks = new ArrayList<>();
        edges.forEach((r, rValue) -> edges.forEach((s, sValue) -> attacks.add(new Attack(
                "r or s = 0, 1, n−1, n, > n",
                curve + ", r = " + r + ", s = " + s,
                forge.signedBy(Forge.pair(rValue, sValue), claims),
                FORGED))));
        return attacks;
    }

    @TestFactory
    Stream<DynamicTest> kindsAndParties() {
        Forge forge = guangdong();
        List<Attack> attacks = new ArrayList<>();
        for (String typ : new String[] {
            "JWT", "YKM+JWT", "application/ykm+jwt", "skm+jwt", "at+jwt", "hutong-decision+jwt", "ykm+jwt ", ""
        }) {
            attacks.add(new Attack(
                    "one JWT type used as another (`typ` exact)", typ, forge.with("typ", typ, green()), MALFORMED));
        }
        for (String iss : new String[] {
            Codes.GUANGDONG.toUpperCase(Locale.ROOT),
            Codes.GUANGDONG + "/",
            Codes.GUANGDONG + ".",
            "xn--" + Codes.GUANGDONG,
            Codes.GUANGDONG.replace('a', 'а'),
            Codes.GUANGDONG + "\u0000",
            Codes.GUANGZHOU,
            "４４００００.yuekangma"
        }) {
            attacks.add(new Attack(
                    "`iss` by case, slash, IDN", iss, forge.honest(green().put("iss", iss)), "UNKNOWN_ISSUER"));
        }
        return refused(attacks.stream());
    }

    @TestFactory
    Stream<DynamicTest> times() {
        Forge forge = guangdong();
        String claims = green().toString();
        long seconds = now.getEpochSecond();
        List<Attack> attacks = new ArrayList<>();
        for (String time : new String[] {"exp", "iat"}) {
            Map<String, String> values = Map.of(
                    "as string", "\"" + seconds + "\"",
                    "float", seconds + ".5",
                    "a float that is whole", seconds + ".0",
                    "2^63", "9223372036854775808",
                    "-2^63-1", "-9223372036854775809",
                    "an array", "[" + seconds + "]");
            values.forEach((name, value) -> attacks.add(new Attack(
                    "`exp`/`nbf`/`iat` as string, float, milliseconds, negative, 2^63",
                    time + " " + name,
                    forge.payloadText(withRaw(claims, time, value)),
                    MALFORMED)));
        }
        attacks.add(new Attack(
                "`exp`/`nbf`/`iat` as string, float, milliseconds, negative, 2^63",
                "exp in milliseconds",
                forge.honest(green().put("exp", (seconds + 300) * 1_000)),
                MALFORMED));
        attacks.add(new Attack(
                "`exp`/`nbf`/`iat` as string, float, milliseconds, negative, 2^63",
                "exp negative",
                forge.honest(green().put("exp", -1).put("iat", -300).put("asof", -300)),
                "EXPIRED_CODE"));
        attacks.add(new Attack(
                "lifetime above the format's maximum",
                "a year",
                forge.honest(green().put("exp", seconds + 31_536_000)),
                MALFORMED));
        return refused(attacks.stream());
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

    private static String withRaw(String claims, String member, String value) {
        return claims.replaceAll("\"" + member + "\":[0-9]+", "\"" + member + "\":" + value);
    }

    private static byte[] latin1(String octets) {
        return octets.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String publicJwk(Forge forge) {
        return forge.key().publicJwk();
    }

    private String hmac(Forge forge, String secret) {
        String header = forge.headerText().replace("ES256", "HS256");
        String input = Forge.encode(Forge.utf8(header)) + "." + Forge.encode(Forge.utf8(green().toString()));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Forge.utf8(secret), "HmacSHA256"));
            byte[] tag = mac.doFinal(input.getBytes(StandardCharsets.US_ASCII));
            // As long as a signature, so that nothing but the algorithm is wrong.
            return forge.prefix() + input + "." + Forge.encode(Arrays.copyOf(tag, 64));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] deflated(byte[] octets) {
        ByteArrayOutputStream small = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(small)) {
            deflater.write(octets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return small.toByteArray();
    }

    private static byte[] der(byte[] raw) {
        byte[] r = new BigInteger(1, raw, 0, 32).toByteArray();
        byte[] s = new BigInteger(1, raw, 32, 32).toByteArray();
        ByteArrayOutputStream der = new ByteArrayOutputStream();
        der.writeBytes(new byte[] {0x30, (byte) (4 + r.length + s.length), 0x02, (byte) r.length});
        der.writeBytes(r);
        der.writeBytes(new byte[] {0x02, (byte) s.length});
        der.writeBytes(s);
        return der.toByteArray();
    }

    private static String json(String honest) {
        String[] parts = honest.substring(honest.indexOf(':') + 1).split("\\.", -1);
        return "{\"protected\":\"" + parts[0] + "\",\"payload\":\"" + parts[1] + "\",\"signature\":\"" + parts[2]
                + "\"}";
    }
}
