package dev.hutong.province;

import static dev.hutong.province.Codes.HEX_32;
import static dev.hutong.province.Codes.JKM;
import static dev.hutong.province.Codes.LINK;
import static dev.hutong.province.Codes.PAGE;
import static dev.hutong.province.Codes.V0DING;
import static dev.hutong.province.Codes.assertRefused;
import static dev.hutong.province.Codes.ctid;
import static dev.hutong.province.Codes.enquiry;
import static dev.hutong.province.Codes.open;
import static dev.hutong.province.Codes.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.conformance.jose.Algorithm;
import dev.hutong.conformance.jose.SigningKey;
import dev.hutong.mapping.Outcome;
import dev.hutong.mapping.Reason;
import java.nio.charset.Charset;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a claimed code holds, and what of it is MALFORMED_CODE. */
class EnvelopeReaderTest {
    private static final String MARKED = PAGE + "?qrCode=V0ding";
    private static final SigningKey KEY = SigningKey.generate(Algorithm.ES256);
    private static final String YKM = Codes.yuekangma(KEY, Codes.yuekangma());
    private static final String SKM = Codes.suikangma(KEY, Codes.suikangma());

    static Stream<String> texts() {
        return Stream.of(YKM, SKM, JKM, LINK, PAGE + "?qrCode=" + V0DING);
    }

    @Test
    void thePublishedLinkHas282Characters() {
        assertThat(LINK).hasSize(282);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void oneLineEndOfAScannerIsTakenAway(String text) {
        for (String lineEnd : List.of("", "\r", "\n", "\r\n")) {
            Codes.passed(open(text + lineEnd));
            Codes.passed(open(ScannedCode.ofBytes(utf8(text + lineEnd))));
        }
    }

    @ParameterizedTest
    @MethodSource("texts")
    void nothingElseIsTrimmed(String text) {
        for (String tail : List.of(
                "\n\n",
                "\r\r",
                "\n\r",
                "\r\n\r\n",
                "\r\r\n",
                " \n",
                " ",
                "\t",
                "\0",
                "\u0085",
                "\u2028",
                "\u3000",
                "\u00a0",
                "\u000b",
                "\f",
                "\u200b",
                "\u202e",
                "\ufeff",
                "０",
                "é")) {
            assertRefused(open(text + tail), Reason.MALFORMED_CODE);
        }
    }

    @Test
    void whatIsAskedAboutIsTheReferenceAlone() {
        for (String lineEnd : List.of("", "\r", "\n", "\r\n")) {
            assertThat(enquiry(ScannedCode.ofText(LINK + lineEnd)).input().onTheWire())
                    .isEqualTo(V0DING);
            assertThat(enquiry(ScannedCode.ofText(JKM + lineEnd)).input().onTheWire())
                    .isEqualTo(JKM);
        }
    }

    @Test
    void bytesAreAskedAboutAsTheyAreWhateverTheyEndWith() throws Exception {
        byte[] bytes = ctid(64);
        bytes[62] = '\r';
        bytes[63] = '\n';
        CodeContent input = enquiry(ScannedCode.ofBytes(bytes)).input();
        assertThat(input.isText()).isFalse();
        assertThat(input.onTheWire())
                .isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        assertThat(input.hash()).isEqualTo(sha256(bytes));
    }

    @Test
    void theHashOfATextIsThatOfItsBytes() throws Exception {
        assertThat(enquiry(ScannedCode.ofText(LINK)).input().hash()).isEqualTo(sha256(utf8(V0DING)));
        assertThat(enquiry(ScannedCode.ofText(JKM)).input().hash()).isEqualTo(sha256(utf8(JKM)));
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 65, 1023, 1024})
    void bytesOfTheseLengthsAreACode(int length) {
        assertThat(enquiry(ScannedCode.ofBytes(ctid(length))).input().bytes()).hasSize(length);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 63, 1025, 7_089, 1 << 20})
    void bytesOfOtherLengthsAreNone(int length) {
        assertRefused(open(ScannedCode.ofBytes(ctid(length))), Reason.MALFORMED_CODE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0123456789abcdef0123456789abcde", "0123456789abcdef0123456789abcdef0", "", "0"})
    void anotherNumberOfDigitsIsMalformed(String digits) {
        assertRefused(open("jkm2020" + digits), Reason.MALFORMED_CODE);
        assertRefused(open(PAGE + "?qrCode=V0ding" + digits), Reason.MALFORMED_CODE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"g", "G", "０", "٣", "Ａ", " ", "%", "+", "-", "\0", "\n", "\u200b", "é", "😀"})
    void whatIsNoHexadecimalDigitIsMalformed(String digit) {
        String digits = "0".repeat(16) + digit + "0".repeat(15);
        assertRefused(open("jkm2020" + digits), Reason.MALFORMED_CODE);
        assertRefused(open(PAGE + "?qrCode=V0ding" + digits), Reason.MALFORMED_CODE);
    }

    @Test
    void aDigitThatIsPercentEncodedIsNoDigit() {
        assertRefused(open(PAGE + "?qrCode=V0ding" + HEX_32.replace("0", "%30")), Reason.MALFORMED_CODE);
        assertRefused(open(PAGE + "?qrCode=V0ding" + HEX_32.substring(3) + "%30"), Reason.MALFORMED_CODE);
        assertRefused(open("jkm2020" + HEX_32.substring(3) + "%30"), Reason.MALFORMED_CODE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#",
                "#/result",
                "&a",
                "&",
                "&&=",
                "&cityCode=330100&jk=%E6%9D%AD",
                "&stateCouncilBarCode=#",
                "&name=杭州",
                "&xqrCode=1"
            })
    void theOtherParametersAndTheFragmentMayBeMissingOrOthers(String tail) {
        assertThat(enquiry(ScannedCode.ofText(PAGE + "?qrCode=" + V0DING + tail))
                        .input()
                        .onTheWire())
                .isEqualTo(V0DING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#/",
                "#/Result",
                "#/result/",
                "#/result?x",
                "#/result#",
                "##/result",
                "#%2Fresult",
                "#result",
                "#/result#/result",
                "#javascript:alert(1)",
                "&qrCode=V0ding",
                "&qrCode=",
                "#qrCode=",
                "#/result\u200b",
                "#/result\u202e",
                "#/result ",
                "#/result\t",
                "#/result\0",
            })
    void anythingElseBehindTheReferenceIsMalformed(String tail) {
        assertRefused(open(PAGE + "?qrCode=" + V0DING + tail), Reason.MALFORMED_CODE);
    }

    @Test
    void twoCodesPastedTogetherAreMalformed() {
        texts().forEach(first -> texts().forEach(second -> {
            for (String between : List.of("", "\n", "\r\n", " ", ",")) {
                assertRefused(open(first + between + second), Reason.MALFORMED_CODE);
            }
        }));
    }

    @Test
    void twoBinaryCodesPastedTogetherAreStillNoCodeWhereTheyAreTooLong() {
        byte[] twice = new byte[1200];
        System.arraycopy(ctid(600), 0, twice, 0, 600);
        System.arraycopy(ctid(600), 0, twice, 600, 600);
        assertRefused(open(ScannedCode.ofBytes(twice)), Reason.MALFORMED_CODE);
    }

    @Test
    void halfAReferenceIsUnknownUpToItsBeginningAndMalformedBehindIt() {
        assertHalves(JKM, "jkm2020".length(), JKM.length());
        String link = PAGE + "?qrCode=" + V0DING;
        assertHalves(link, link.length() - HEX_32.length(), link.length());
    }

    @Test
    void halfATokenIsUnknownUpToItsPrefixAndMalformedUpToItsLastCharacter() {
        assertHalves(YKM, "YKM2:".length(), YKM.length());
        assertHalves(SKM, "SKM:".length(), SKM.length());
    }

    /** The rest of the link says nothing, and may be cut off anywhere but in its fragment. */
    @Test
    void halfALinkIsWholeWhereTheReferenceIs() {
        int whole = LINK.indexOf(V0DING) + V0DING.length();
        for (int length = whole; length < LINK.length(); length++) {
            Outcome<OpenedCode> opened = open(LINK.substring(0, length));
            if (length > LINK.indexOf('#') + 1) {
                assertRefused(opened, Reason.MALFORMED_CODE);
            } else {
                Codes.passed(opened);
            }
        }
    }

    @Test
    void aTextOf7089BytesMayBeACodeAndOneByteMoreIsNone() {
        String start = PAGE + "?qrCode=" + V0DING + "&cityCode=";
        String longest = start + "0".repeat(7_089 - start.length());
        for (String lineEnd : List.of("", "\n", "\r\n")) {
            Codes.passed(open(longest + lineEnd));
            assertTooLong(longest + "0" + lineEnd);
        }
        assertTooLong(longest + "\n\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"YKM2:", "SKM:", "jkm2020", MARKED})
    void aClaimedTextThatIsTooLongIsMalformedWhateverIsInIt(String beginning) {
        assertTooLong(beginning + "0".repeat(7_090 - beginning.length()));
        assertTooLong(beginning + ".".repeat(1 << 20));
        assertTooLong(beginning + "&".repeat(1 << 20));
        assertTooLong(beginning + "码".repeat(2_400));
        assertRefused(open(beginning + "0".repeat(7_089 - beginning.length())), Reason.MALFORMED_CODE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"YKM2:", "SKM:", "jkm2020", MARKED})
    void whatIsNoUtf8BehindAPrefixIsMalformed(String beginning) {
        for (byte[] tail : new byte[][] {
            {(byte) 0xff}, {(byte) 0xc0, (byte) 0xaf}, {(byte) 0xed, (byte) 0xa0, (byte) 0x80}, {(byte) 0xc3}, {0}
        }) {
            assertRefused(open(ScannedCode.ofBytes(join(utf8(beginning), tail))), Reason.MALFORMED_CODE);
            assertRefused(open(ScannedCode.ofBytes(join(utf8(beginning + HEX_32), tail))), Reason.MALFORMED_CODE);
        }
    }

    @Test
    void gbkBesideUtf8IsMalformed() {
        byte[] gbk = "&name=杭州".getBytes(Charset.forName("GBK"));
        assertRefused(open(ScannedCode.ofBytes(join(utf8(PAGE + "?qrCode=" + V0DING), gbk))), Reason.MALFORMED_CODE);
    }

    @Test
    void whatWasScannedCannotBeChangedAfterwards() {
        byte[] bytes = utf8(JKM);
        ScannedCode scanned = ScannedCode.ofBytes(bytes);
        bytes[0] = 'x';
        assertThat(enquiry(scanned).input().onTheWire()).isEqualTo(JKM);
    }

    private static void assertHalves(String code, int claimedFrom, int wholeFrom) {
        for (int length = 0; length < wholeFrom; length++) {
            Reason reason = length < claimedFrom ? Reason.UNKNOWN_FORMAT : Reason.MALFORMED_CODE;
            assertRefused(open(code.substring(0, length)), reason);
        }
    }

    private static void assertTooLong(String text) {
        Outcome.Refused<OpenedCode> refused = Codes.refused(open(text));
        assertThat(refused.reason()).isEqualTo(Reason.MALFORMED_CODE);
        assertThat(refused.why()).contains("7089");
    }

    private static byte[] join(byte[] head, byte[] tail) {
        byte[] joined = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, joined, head.length, tail.length);
        return joined;
    }

    private static String sha256(byte[] bytes) throws Exception {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
