package dev.hutong.hub.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.conformance.province.ScannedCode;
import dev.hutong.hub.Codes;
import dev.hutong.registry.jose.KeyAdmission;
import dev.hutong.registry.jose.PrivateJwk;
import dev.hutong.registry.jose.PublicJwk;
import dev.hutong.registry.jose.SignatureProviders;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Attacks by what a token is signed with. */
class TokenSignatureAttacksIT extends TokenAttacks {
    /** The order of P-256 (FIPS 186-5). */
    private static final BigInteger P256_ORDER =
            new BigInteger("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", 16);

    /** The order of SM2's curve (GB/T 32918.5). */
    private static final BigInteger SM2_ORDER =
            new BigInteger("FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123", 16);

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
        attacks.add(new Attack(
                "SM2 with a wrong signer ID",
                "the key is registered with the usual one",
                sm2.signedBy(signedUnder("440100-2026", sm2, level), level),
                FORGED));
        attacks.add(new Attack("an SM2 key offered as P-256", "alg ES256", sm2.with("alg", "ES256", level), MALFORMED));
        return refused(attacks.stream());
    }

    /** What the attack with a signer ID changes is that ID and nothing else. */
    @Test
    void theSameSignatureUnderTheRegisteredSignerIdIsGood() {
        Forge sm2 = guangzhou();
        ObjectNode level = Codes.atLevel(0, now);
        String code = sm2.signedBy(signedUnder(PublicJwk.DEFAULT_SM2_ID, sm2, level), level);

        assertThat(hub.verifier().resolve(ScannedCode.ofText(code)).decided())
                .isEqualTo(hub.verifier()
                        .resolve(ScannedCode.ofText(sm2.honest(level)))
                        .decided())
                .isNotEqualTo(FORGED);
    }

    private static byte[] signedUnder(String signerId, Forge forge, ObjectNode claims) {
        String jwk = forge.key().privateJwk().replace("}", ",\"sm2_id\":\"" + signerId + "\"}");
        return switch (PrivateJwk.parse(Forge.utf8(jwk))) {
            case KeyAdmission.Admitted<PrivateJwk>(PrivateJwk key) ->
                SignatureProviders.choose().signer(key).sign(forge.signingInput(claims));
            case KeyAdmission.Refused<PrivateJwk> refused -> throw new IllegalStateException(refused.explanation());
        };
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
}
