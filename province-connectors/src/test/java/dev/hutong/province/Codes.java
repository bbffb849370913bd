package dev.hutong.province;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hutong.conformance.jose.Base64Url;
import dev.hutong.conformance.jose.SigningKey;
import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Reason;
import dev.hutong.mapping.Regions;
import dev.hutong.mapping.format.FormatPackage;
import dev.hutong.mapping.format.FormatPackages;
import dev.hutong.mapping.format.FormatVersions;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/** Codes of the formats that travel with the hub, and how far they get. All are synthetic. */
final class Codes {
    static final Instant NOW = Instant.parse("2026-01-05T08:00:00Z");

    static final String YUEKANGMA = "440000.yuekangma";
    static final String SUIKANGMA = "440100.suikangma";
    static final String HANGZHOU = "330100.hangzhou";
    static final String NATIONAL = "000000.national";

    static final String HEX_32 = "0123456789abcdef0123456789ABCDEF";
    /** What Hangzhou's platform is asked about. */
    static final String V0DING = "V0ding" + HEX_32;
    /** Up to the query. */
    static final String PAGE = "https://h5.dingtalk.com/healthAct/index.html";
    /** The published text, 282 characters. */
    static final String LINK =
            PAGE + "?qrCode=" + V0DING + "&stateCouncilBarCode=c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3&cityCode=" + "&jk="
                    + "A1".repeat(32) + ":0:" + "B2".repeat(16) + ":20260105160000123#/result";
    /** The national code's text. */
    static final String JKM = "jkm2020" + HEX_32;

    static final FormatVersions VERSIONS = FormatVersions.bundled(Regions.load());
    static final FormatPackages FORMATS = VERSIONS.inForce(Instant.EPOCH);
    private static final Recogniser RECOGNISER = new Recogniser(FORMATS);
    private static final EnvelopeReader READER = new EnvelopeReader();

    private Codes() {}

    static FormatPackage format(String id) {
        return FORMATS.packages().stream()
                .filter(format -> format.id().value().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** Claims of an honest green code, issued now. */
    static ObjectNode yuekangma() {
        long now = NOW.getEpochSecond();
        return JsonNodeFactory.instance
                .objectNode()
                .put("iss", YUEKANGMA)
                .put("jti", "ykm-1")
                .put("sub", "p-1")
                .put("iat", now)
                .put("exp", now + 600)
                .put("asof", now - 3600)
                .put("ver", 2)
                .put("mz", "G");
    }

    /** Claims of an honest green code, issued now, declared two days ago. */
    static ObjectNode suikangma() {
        long now = NOW.getEpochSecond();
        return JsonNodeFactory.instance
                .objectNode()
                .put("iss", SUIKANGMA)
                .put("jti", "skm-1")
                .put("sub", "p-2")
                .put("iat", now)
                .put("exp", now + 300)
                .put("pv", 2)
                .put("lv", 1)
                .put("sbsj", NOW.toEpochMilli() - 172_800_000);
    }

    static String yuekangma(SigningKey key, ObjectNode claims) {
        return "YKM2:" + key.jws("ykm+jwt", utf8(claims.toString()));
    }

    static String suikangma(SigningKey key, ObjectNode claims) {
        return "SKM:" + key.jws("skm+jwt", utf8(claims.toString()));
    }

    /** A token of these two JSON texts, with 64 bytes for a signature that nobody made. */
    static String unsigned(String header, String payload) {
        return Base64Url.encode(header) + "." + Base64Url.encode(payload) + "." + Base64Url.encode(new byte[64]);
    }

    /** The bytes of a national code that is no text. */
    static byte[] ctid(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 0xC3);
        System.arraycopy(new byte[] {0x43, 0x54, 0x49, 0x44}, 0, bytes, 0, Math.min(4, length));
        return bytes;
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Outcome<RecognisedCode> recognise(ScannedCode scanned) {
        return RECOGNISER.recognise(scanned);
    }

    static Outcome<OpenedCode> open(ScannedCode scanned) {
        return recognise(scanned).then(READER::open);
    }

    static Outcome<OpenedCode> open(String text) {
        return open(ScannedCode.ofText(text));
    }

    static OpenedCode.Enquiry enquiry(ScannedCode scanned) {
        return (OpenedCode.Enquiry) passed(open(scanned));
    }

    static OpenedCode.SignedText signedText(String text) {
        return (OpenedCode.SignedText) passed(open(text));
    }

    static <T> T passed(Outcome<T> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Passed.class);
        return ((Outcome.Passed<T>) outcome).value();
    }

    static <T> Outcome.Refused<T> refused(Outcome<T> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return (Outcome.Refused<T>) outcome;
    }

    static void assertRefused(Outcome<?> outcome, Reason reason) {
        assertThat(refused(outcome).reason()).as(refused(outcome).why()).isEqualTo(reason);
    }
}
