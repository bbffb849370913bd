package dev.hutong.hub.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.conformance.province.ScannedCode;
import dev.hutong.hub.Codes;
import dev.hutong.hub.Exchange;
import dev.hutong.hub.HubClient;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Attacks on scanned text. */
class ScannedTextAttacksIT extends RunningHub {
    private static final String PAGE = "https://h5.dingtalk.com/healthAct/index.html";
    private static final String REFERENCE = "0123456789abcdef".repeat(2);
    private static final String UNKNOWN_FORMAT = "UNKNOWN_FORMAT";
    private static final String MALFORMED = "MALFORMED_CODE";

    private static Stream<Attack> each(String name, String reason, String... codes) {
        return Arrays.stream(codes).map(code -> new Attack(name, shown(code), code, reason));
    }

    private static String shown(String code) {
        StringBuilder shown = new StringBuilder();
        code.chars()
                .limit(60)
                .forEach(unit -> shown.append(
                        unit < 0x20 || unit > 0x7e ? "\\u%04x".formatted(unit) : String.valueOf((char) unit)));
        return shown.toString();
    }

    private static String[] at(String... pages) {
        return Arrays.stream(pages)
                .map(page -> page + "?qrCode=V0ding" + REFERENCE)
                .toArray(String[]::new);
    }

    private String green() {
        return provinces.province(Codes.GUANGDONG).sign(Codes.green(now)).text();
    }

    @TestFactory
    Stream<DynamicTest> longerThanAnySymbolHolds() {
        return refused(Stream.of(
                        each("longer than any symbol holds (7,089 digits)", UNKNOWN_FORMAT, "1".repeat(7_090)),
                        each("longer than any symbol holds (7,089 digits)", MALFORMED, "jkm2020" + "1".repeat(7_083)),
                        each("longer than any symbol holds (4,296 alphanumerics)", UNKNOWN_FORMAT, "A1".repeat(4_000)),
                        each("longer than any symbol holds (2,953 bytes)", MALFORMED, "YKM2:" + "é".repeat(4_000)),
                        each("longer than any symbol holds (2,953 bytes)", MALFORMED, green() + "A".repeat(7_000)))
                .flatMap(attacks -> attacks));
    }

    @TestFactory
    Stream<DynamicTest> hostsThatOnlyLookLikeTheFormats() {
        return refused(Stream.of(
                        each(
                                "look-alike hosts",
                                UNKNOWN_FORMAT,
                                at(
                                        "https://h5.dlngtalk.com/healthAct/index.html",
                                        "https://h5.dingta1k.com/healthAct/index.html",
                                        "https://h5.dіngtalk.com/healthAct/index.html",
                                        "https://h5.dingtalk.com.example.com/healthAct/index.html",
                                        "https://evilh5.dingtalk.com/healthAct/index.html",
                                        "https://h5.dingtalk.com./healthAct/index.html",
                                        "https://H5.DINGTALK.COM/healthAct/index.html")),
                        each(
                                "full-width digits and dots",
                                UNKNOWN_FORMAT,
                                at(
                                        "https://ｈ５.dingtalk.com/healthAct/index.html",
                                        "https://h5。dingtalk。com/healthAct/index.html",
                                        "https://h5．dingtalk．com/healthAct/index.html")),
                        each("full-width digits and dots", UNKNOWN_FORMAT, PAGE + "?qrCode=Ｖ０ding" + REFERENCE),
                        each(
                                "bidi and zero-width characters",
                                UNKNOWN_FORMAT,
                                at(
                                        "https://h5.ding\u200btalk.com/healthAct/index.html",
                                        "https://h5.\u202edingtalk.com/healthAct/index.html",
                                        "\u200ehttps://h5.dingtalk.com/healthAct/index.html",
                                        "https://h5.dingtalk.com\u2066/healthAct/index.html")),
                        each("bidi and zero-width characters", UNKNOWN_FORMAT, "\u200b" + green(), "\u202e" + green()),
                        each("bidi and zero-width characters", MALFORMED, green() + "\u200b"))
                .flatMap(attacks -> attacks));
    }

    @TestFactory
    Stream<DynamicTest> addressesThatLeadElsewhere() {
        String port = trap.url().substring(trap.url().lastIndexOf(':'));
        return refused(Stream.of(
                        each(
                                "userinfo",
                                UNKNOWN_FORMAT,
                                at(
                                        "https://user@h5.dingtalk.com/healthAct/index.html",
                                        "https://h5.dingtalk.com@127.0.0.1" + port + "/healthAct/index.html",
                                        "https://h5.dingtalk.com%2f@127.0.0.1" + port + "/healthAct/index.html")),
                        each(
                                "ports",
                                UNKNOWN_FORMAT,
                                at(
                                        "https://h5.dingtalk.com:443/healthAct/index.html",
                                        "https://h5.dingtalk.com:/healthAct/index.html",
                                        "https://h5.dingtalk.com" + port + "/healthAct/index.html")),
                        each(
                                "IP literals",
                                UNKNOWN_FORMAT,
                                at(
                                        trap.url() + "/healthAct/index.html",
                                        "https://127.0.0.1" + port + "/healthAct/index.html",
                                        "https://[::1]" + port + "/healthAct/index.html",
                                        "https://2130706433" + port + "/healthAct/index.html",
                                        "https://0x7f000001/healthAct/index.html")))
                .flatMap(attacks -> attacks));
    }

    @TestFactory
    Stream<DynamicTest> schemesThatDoSomething() {
        return refused(Stream.of(
                        each("`javascript:`", UNKNOWN_FORMAT, "javascript:alert(1)//" + PAGE, "JaVaScRiPt:alert(1)"),
                        each(
                                "`intent:`",
                                UNKNOWN_FORMAT,
                                "intent://h5.dingtalk.com/healthAct/index.html?qrCode=V0ding" + REFERENCE
                                        + "#Intent;scheme=https;end"),
                        each("`weixin:`", UNKNOWN_FORMAT, "weixin://dl/business/?t=" + green()),
                        each(
                                "`alipays:`",
                                UNKNOWN_FORMAT,
                                "alipays://platformapi/startapp?appId=20000067&url=" + PAGE + "?qrCode=V0ding"
                                        + REFERENCE),
                        each("`javascript:`", UNKNOWN_FORMAT, "data:text/html," + green(), "file:///etc/passwd"))
                .flatMap(attacks -> attacks));
    }

    @TestFactory
    Stream<DynamicTest> encodingsWithinEncodings() {
        return refused(Stream.of(
                        each("double percent-encoding", UNKNOWN_FORMAT, PAGE + "?qrCode=%2556%2530ding" + REFERENCE),
                        each("double percent-encoding", UNKNOWN_FORMAT, PAGE + "?qr%2543ode=V0ding" + REFERENCE),
                        each(
                                "double percent-encoding",
                                MALFORMED,
                                PAGE + "?qrCode=V0ding%2530" + REFERENCE.substring(1)),
                        each("double percent-encoding", UNKNOWN_FORMAT, "https%253A%252F%252Fh5.dingtalk.com"))
                .flatMap(attacks -> attacks));
    }

    @Test
    void gbkBesideUtf8() {
        byte[] gbk = ("YKM2:张三." + green().substring(5)).getBytes(Charset.forName("GBK"));
        byte[] mixed = ("粤康码" + green()).getBytes(StandardCharsets.UTF_8);

        assertThat(hub.verifier().resolve(ScannedCode.ofBytes(gbk)).decided()).isEqualTo(MALFORMED);
        assertThat(hub.verifier().resolve(ScannedCode.ofBytes(mixed)).decided()).isEqualTo(UNKNOWN_FORMAT);
        assertThat(hub.verifier()
                        .resolve(ScannedCode.ofBytes("粤康码".getBytes(Charset.forName("GBK"))))
                        .decided())
                .isEqualTo(UNKNOWN_FORMAT);
    }

    /** What an issuer wrote is shown as data or not at all: it never leaves its JSON text, and no browser takes the answer for a page. */
    @Test
    void htmlAndLineBreaksInNames() {
        String hostile = "<script>alert(1)</script>\r\nSet-Cookie: a=b\u2028";
        Exchange exchange = hub.verifier()
                .resolve(provinces
                        .province(Codes.GUANGDONG)
                        .sign(Codes.green(now).put("name", hostile).put("mz", hostile)));

        assertThat(exchange.status()).isEqualTo(200);
        assertThat(exchange.json().get("risk").asText()).isEqualTo("UNKNOWN");
        assertThat(exchange.mediaType()).isEqualTo("application/json");
        assertThat(exchange.header("Set-Cookie")).isNull();
        assertThat(exchange.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(exchange.text()).doesNotContain("\r", "\n");
    }

    /** A code in the address would stand in every proxy's log; there is no such operation. */
    @Test
    void personalDataInAQueryString() {
        String path = "/v1/resolve?code=" + green();

        assertThat(hub.verifier().get(path).status()).isEqualTo(405);
        Exchange exchange = hub.verifier()
                .send("POST", path, "{}".getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", "application/json"));
        assertThat(exchange.problem()).isEqualTo("invalid-request");
        assertThat(exchange.text()).doesNotContain(green().substring(10, 40));
    }

    @Test
    void nothingIsEverFetchedFromWhatWasScanned() {
        for (String code : at(trap.url() + "/healthAct/index.html")) {
            assertThat(hub.verifier()
                            .resolve(HubClient.request(ScannedCode.ofText(code))
                                    .put("purpose", trap.url())
                                    .toString())
                            .decided())
                    .isEqualTo(UNKNOWN_FORMAT);
        }
        assertThat(trap.visits()).isZero();
    }
}
