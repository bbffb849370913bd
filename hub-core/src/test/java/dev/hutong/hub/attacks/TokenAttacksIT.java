package dev.hutong.hub.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.conformance.jose.Algorithm;
import dev.hutong.conformance.jose.SigningKey;
import dev.hutong.conformance.province.ScannedCode;
import dev.hutong.hub.Codes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
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

/** Attacks by what a token says (RFC 8725 and its successor draft). */
class TokenAttacksIT extends TokenAttacks {
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
}
