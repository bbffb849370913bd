package dev.hutong.province;

import static dev.hutong.province.Codes.JKM;
import static dev.hutong.province.Codes.LINK;
import static dev.hutong.province.Codes.PAGE;
import static dev.hutong.province.Codes.V0DING;
import static dev.hutong.province.Codes.assertRefused;
import static dev.hutong.province.Codes.ctid;
import static dev.hutong.province.Codes.recognise;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.mapping.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which format claims what, and what nobody claims. */
class RecogniserTest {
    @ParameterizedTest
    @CsvSource({"YKM2:, yuekangma", "YKM2:x, yuekangma", "SKM:, suikangma", "jkm2020, national", "jkm2020é, national"})
    void aPrefixAloneClaims(String text, String format) {
        assertClaimed(ScannedCode.ofText(text), format);
    }

    @Test
    void aLinkIsClaimedByItsHostPathAndTheBeginningOfQrCode() {
        assertClaimed(ScannedCode.ofText(LINK), "hangzhou");
        assertClaimed(ScannedCode.ofText(LINK.replace("//h5.", "//healthcode.")), "hangzhou");
        assertClaimed(ScannedCode.ofText(PAGE + "?qrCode=V0ding"), "hangzhou");
        assertClaimed(ScannedCode.ofText(PAGE + "?cityCode=&qrCode=V0ding&jk="), "hangzhou");
    }

    @Test
    void aTextIsClaimedWhetherItComesAsTextOrAsBytes() {
        assertClaimed(ScannedCode.ofBytes(Codes.utf8(JKM)), "national");
        assertClaimed(ScannedCode.ofBytes(Codes.utf8(LINK)), "hangzhou");
        assertClaimed(ScannedCode.ofBytes(Codes.utf8("YKM2:")), "yuekangma");
    }

    @Test
    void bytesAreClaimedOnlyWhereTheyAreGivenAsBytes() {
        byte[] bytes = ctid(64);
        assertClaimed(ScannedCode.ofBytes(bytes), "national");
        assertUnknown(ScannedCode.ofText(new String(bytes, StandardCharsets.ISO_8859_1)));
        assertUnknown(ScannedCode.ofText("CTID" + "0".repeat(60)));
    }

    @Test
    void aPrefixOfBytesIsClaimedThoughTheCodeIsCutOffBehindIt() {
        assertClaimed(ScannedCode.ofBytes(ctid(4)), "national");
        assertUnknown(ScannedCode.ofBytes(ctid(3)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://h5.dingtalk.com/healthAct/index.html",
                "HTTPS://h5.dingtalk.com/healthAct/index.html",
                "https:/h5.dingtalk.com/healthAct/index.html",
                "https:\\\\h5.dingtalk.com\\healthAct\\index.html",
                "//h5.dingtalk.com/healthAct/index.html",
                "ftp://h5.dingtalk.com/healthAct/index.html",
                "https://h5.dingtalk.com:443/healthAct/index.html",
                "https://h5.dingtalk.com:/healthAct/index.html",
                "https://h5.dingtalk.com./healthAct/index.html",
                "https://user@h5.dingtalk.com/healthAct/index.html",
                "https://user:pass@h5.dingtalk.com/healthAct/index.html",
                "https://h5.dingtalk.com@example.com/healthAct/index.html",
                "https://h5.dingtalk.com%2f@example.com/healthAct/index.html",
                "https://h5.dingtalk.com.example.com/healthAct/index.html",
                "https://evilh5.dingtalk.com/healthAct/index.html",
                "https://h5-dingtalk.com/healthAct/index.html",
                "https://h5.dlngtalk.com/healthAct/index.html",
                "https://h5.dingta1k.com/healthAct/index.html",
                "https://h5.dіngtalk.com/healthAct/index.html",
                "https://ｈ５.dingtalk.com/healthAct/index.html",
                "https://h5。dingtalk。com/healthAct/index.html",
                "https://H5.dingtalk.com/healthAct/index.html",
                "https://xn--h5-dngtalk-com/healthAct/index.html",
                "https://127.0.0.1/healthAct/index.html",
                "https://[::1]/healthAct/index.html",
                "https://h5.dingtalk.com//healthAct/index.html",
                "https://h5.dingtalk.com/healthact/index.html",
                "https://h5.dingtalk.com/x/../healthAct/index.html",
                "https://h5.dingtalk.com/healthAct/./index.html",
                "https://h5.dingtalk.com/healthAct%2findex.html",
                "https://h5.dingtalk.com/healthAct/index.html/",
                "https://h5.dingtalk.com/healthAct/index.html;a",
                "https://h5.dingtalk.com/healthAct/index.html#/result",
                "https%3A%2F%2Fh5.dingtalk.com%2FhealthAct%2Findex.html",
            })
    void aLinkThatOnlyLooksLikeTheFormatsIsNotClaimed(String page) {
        assertUnknown(ScannedCode.ofText(page + "?qrCode=" + V0DING));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "qrcode=V0ding",
                "QRCODE=V0ding",
                "qr%43ode=V0ding",
                "qrCode=v0ding",
                "qrCode=%560ding",
                "qrCode=+V0ding",
                "qrCode= V0ding",
                "qrCode==V0ding",
                "qrCode=V2ding",
                "qrCode=V5320000",
                "qrCode=Ｖ０ding",
                "qrCode=&V0ding",
                "xqrCode=V0ding",
                "qrCode",
                "",
                ";qrCode=V0ding",
                "a=1;qrCode=V0ding",
                "a=1&amp;qrCode=V0ding",
                "#qrCode=V0ding",
                "a=1#&qrCode=V0ding",
                "qrCode=V2&qrCode=V0ding",
            })
    void aQueryWithoutTheParameterIsNotClaimed(String query) {
        assertUnknown(ScannedCode.ofText(PAGE + "?" + query + Codes.HEX_32));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "weixin://dl/business/?t=YKM2:",
                "alipays://platformapi/startapp?appId=20000067&url=https://h5.dingtalk.com/healthAct/index.html?qrCode=V0ding",
                "javascript:alert(1)//YKM2:",
                "intent://h5.dingtalk.com/healthAct/index.html?qrCode=V0ding#Intent;scheme=https;end",
                "data:text/html,YKM2:",
                "file:///etc/passwd",
                "BEGIN:VCARD",
                "WIFI:S:net;T:WPA;P:YKM2:;;",
                "https://www.gov.cn/",
                "粤康码",
            })
    void aTextOfAnotherSchemeIsNotClaimed(String text) {
        assertUnknown(ScannedCode.ofText(text));
        assertUnknown(ScannedCode.ofBytes(Codes.utf8(text)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ", "\t", "\n", "\r\n", "\0", "\"", "'", "<b>", "\u00a0", "\u3000", "\u200b", "\u200e", "\u202e",
                "\u2066", "\u2060", "\ufeff", "\u00ad",
            })
    void nothingMayStandBeforeAPrefix(String before) {
        for (String code : new String[] {"YKM2:a.b.c", "SKM:a.b.c", JKM, LINK}) {
            assertUnknown(ScannedCode.ofText(before + code));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ＹＫＭ２:",
                "YKM２:",
                "YKM2：",
                "YKM2\u200b:",
                "Y\u202eKM2:",
                "ykm2:",
                "Ykm2:",
                "YKM2",
                "YKM:",
                "YKM3:",
                "YKM2 :",
                "YKM2%3A",
                "УKM2:",
                "skm:",
                "SKM",
                "SKM：",
                "ＳＫＭ:",
                "ЅKM:",
                "JKM2020",
                "jkm2O20",
                "jkm２０２０",
                "jkm2021",
                "jkm\u200d2020",
                "ϳkm2020",
            })
    void aPrefixIsComparedByteByByte(String prefix) {
        assertUnknown(ScannedCode.ofText(prefix + Codes.HEX_32));
    }

    @Test
    void nothingAtAllIsClaimedByNobody() {
        assertUnknown(ScannedCode.ofText(""));
        assertUnknown(ScannedCode.ofBytes(new byte[0]));
        assertUnknown(ScannedCode.ofText("\n"));
        assertUnknown(ScannedCode.ofText("\r\n"));
    }

    @Test
    void noiseIsClaimedByNobody() {
        Random random = new Random(2020);
        for (int length : new int[] {1, 2, 3, 4, 63, 64, 1024, 7_089, 1 << 20}) {
            byte[] noise = new byte[length];
            random.nextBytes(noise);
            noise[0] |= (byte) 0x80;
            assertUnknown(ScannedCode.ofBytes(noise));
            assertUnknown(ScannedCode.ofText(new String(noise, StandardCharsets.UTF_8)));
        }
        assertUnknown(ScannedCode.ofText("0".repeat(1 << 20)));
        assertUnknown(ScannedCode.ofText("粤".repeat(1 << 18)));
    }

    private static void assertClaimed(ScannedCode scanned, String format) {
        assertThat(Codes.passed(recognise(scanned)).format().id().value()).isEqualTo(format);
    }

    private static void assertUnknown(ScannedCode scanned) {
        assertRefused(recognise(scanned), Reason.UNKNOWN_FORMAT);
    }
}
