package dev.hutong.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hutong.conformance.province.ScannedCode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What strangers send: a code that is none is a decision, a request that is none is a problem, and nothing is the hub's fault. */
class BadInputIT extends RunningHubBase {
    private static final String URL_START = "https://h5.dingtalk.com/healthAct/index.html?qrCode=V0ding";

    private String green() {
        return provinces
                .province(Codes.GUANGDONG)
                .sign(Codes.green(clock.instant()))
                .text();
    }

    private String decided(String code) {
        return hub.verifier().resolve(ScannedCode.ofText(code)).decided();
    }

    // Codes that are none: decisions.

    @TestFactory
    Stream<DynamicTest> whatNoFormatClaimsIsAnUnknownFormat() {
        return Stream.of(
                        "",
                        " ",
                        "\r\n",
                        "hello",
                        "ykm2:" + green().substring(5),
                        " " + green(),
                        "\ufeff" + green(),
                        "javascript:alert(1)",
                        "weixin://x",
                        "http" + URL_START.substring(5) + "0".repeat(32),
                        URL_START.replace("h5.", "h5.dingtalk.com.evil.") + "0".repeat(32),
                        "\u0000\u0001\u0002",
                        "粤康码")
                .map(code -> DynamicTest.dynamicTest(
                        JsonNodeFactory.instance
                                .textNode(code.substring(0, Math.min(40, code.length())))
                                .toString(),
                        () -> assertThat(decided(code)).isEqualTo("UNKNOWN_FORMAT")));
    }

    @TestFactory
    Stream<DynamicTest> whatAFormatClaimsButIsNoneOfItsIsMalformed() {
        String green = green();
        return Stream.of(
                        Map.entry("nothing behind the prefix", "YKM2:"),
                        Map.entry("half a code", green.substring(0, green.length() / 2)),
                        Map.entry("a code without its last character", green.substring(0, green.length() - 1)),
                        Map.entry("two codes pasted together", green + green),
                        Map.entry("two line ends behind a code", green + "\n\n"),
                        Map.entry("a space behind a code", green + " "),
                        Map.entry(
                                "a line end within a code",
                                new StringBuilder(green).insert(40, '\n').toString()),
                        Map.entry("padding behind a code", green + "="),
                        Map.entry("another province's prefix", "SKM:" + green.substring(5)),
                        Map.entry("a short URL", URL_START + "0"),
                        Map.entry("a national code of 31 digits", "jkm2020" + "0".repeat(31)),
                        Map.entry("7,090 bytes", "YKM2:" + "a".repeat(7_085)),
                        Map.entry("60 KiB", "YKM2:" + "a".repeat(60 * 1024)))
                .map(code -> DynamicTest.dynamicTest(
                        code.getKey(),
                        () -> assertThat(decided(code.getValue())).isEqualTo("MALFORMED_CODE")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\r", "\n", "\r\n"})
    void oneLineEndBehindACodeIsNothing(String lineEnd) {
        assertThat(decided(green() + lineEnd)).isEqualTo("LOW");
    }

    @Test
    void binaryNoiseIsADecision() {
        Random random = new Random(20260105);
        for (int length : new int[] {0, 1, 63, 64, 1_024, 1_025, 7_089, 40_000}) {
            byte[] noise = new byte[length];
            random.nextBytes(noise);
            assertThat(hub.verifier().resolve(ScannedCode.ofBytes(noise)).decided())
                    .isEqualTo("UNKNOWN_FORMAT");
            for (int i = 0; i < Math.min(4, length); i++) {
                noise[i] = "CTID".getBytes(StandardCharsets.US_ASCII)[i];
            }
            String expected = length < 4
                    ? "UNKNOWN_FORMAT"
                    : length < 64 || length > 1_024 ? "MALFORMED_CODE" : "EXPIRED_CODE|MALFORMED_CODE|ISSUER_ERROR";
            assertThat(hub.verifier().resolve(ScannedCode.ofBytes(noise)).decided())
                    .as("%d bytes", length)
                    .matches(expected);
        }
    }

    @Test
    void noiseBehindAPrefixIsMalformed() {
        Random random = new Random(20260106);
        for (int i = 0; i < 50; i++) {
            byte[] noise = new byte[random.nextInt(1, 400)];
            random.nextBytes(noise);
            System.arraycopy("SKM:".getBytes(StandardCharsets.US_ASCII), 0, noise, 0, Math.min(4, noise.length));
            assertThat(hub.verifier().resolve(ScannedCode.ofBytes(noise)).decided())
                    .isEqualTo(noise.length < 4 ? "UNKNOWN_FORMAT" : "MALFORMED_CODE");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "44", "4401000", "999999", "４４０１００", "abc", "440100 "})
    void aDestinationThatIsNoRegionHasNoPolicy(String destination) {
        Exchange exchange = hub.verifier()
                .resolve(HubClient.request(ScannedCode.ofText(green()))
                        .put("destination", destination)
                        .toString());

        assertThat(exchange.decided()).isEqualTo("NO_POLICY");
        assertThat(exchange.json().get("policy").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "warm", "36,5", "1e999", "-0"})
    void aReadingThatCannotBeReadClearsNothingAndHurtsNothing(String temperature) {
        var request = HubClient.request(ScannedCode.ofText(green()));
        request.putObject("observed").put("temperature", temperature);

        assertThat(hub.verifier().resolve(request.toString()).decided()).isEqualTo("LOW");
    }

    // Requests that are none: problems.

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {                                             | broken-json
            {"code":"a"                                   | broken-json
            {"code":"a"}x                                 | broken-json
            {"code":"a"}{"code":"a"}                      | broken-json
            {'code':'a'}                                  | broken-json
            {"code":"a",}                                 | broken-json
            {"code":"a"/**/}                              | broken-json
            {"code":NaN}                                  | broken-json
            {"code":1e999}                                | broken-json
            {"code":"a","code":"a"}                       | broken-json
            {"code":"a","\\u0063ode":"a"}                 | broken-json
            {"code":"a","observed":{"x":1,"x":1}}         | broken-json
            {"code":"\\ud800"}                            | broken-json
            {"code":"\\udc00\\ud800"}                     | broken-json
            {"\\ud800":"a"}                               | broken-json
            code=a                                        | broken-json
            null                                          | invalid-request
            []                                            | invalid-request
            "a"                                           | invalid-request
            1                                             | invalid-request
            {}                                            | invalid-request
            {"destination":"440100"}                      | invalid-request
            {"code":"a","codeBytes":"YQ"}                 | invalid-request
            {"code":null}                                 | invalid-request
            {"code":1}                                    | invalid-request
            {"code":["a"]}                                | invalid-request
            {"Code":"a"}                                  | invalid-request
            {"code":"a","to":"440100"}                    | invalid-request
            {"code":"a","destination":440100}             | invalid-request
            {"code":"a","destination":null}               | invalid-request
            {"code":"a","nonce":1}                        | invalid-request
            {"code":"a","purpose":{}}                     | invalid-request
            {"code":"a","observed":"36.5"}                | invalid-request
            {"code":"a","observed":null}                  | invalid-request
            {"code":"a","observed":{"temperature":36.5}}  | invalid-request
            {"code":"a","observed":{"temp":"36.5"}}       | invalid-request
            {"codeBytes":"YQ=="}                          | invalid-request
            {"codeBytes":"YR"}                            | invalid-request
            {"codeBytes":"Y"}                             | invalid-request
            {"codeBytes":"+/+/"}                          | invalid-request
            {"codeBytes":"YQ\\n"}                         | invalid-request
            """)
    void aBodyThatIsNoRequestIsAProblem(String body, String problem) {
        Exchange exchange = hub.verifier().resolve(body);

        assertThat(exchange.status()).isEqualTo(400);
        assertThat(exchange.problem()).isEqualTo(problem);
        assertTellsNothingOfTheInside(exchange);
    }

    @TestFactory
    Stream<DynamicTest> aBodyThatIsNoStrictUtf8IsBrokenJson() {
        byte[] bom = "\ufeff{\"code\":\"\"}".getBytes(StandardCharsets.UTF_8);
        byte[] latin1 = "{\"code\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1);
        byte[] utf16 = "{\"code\":\"\"}".getBytes(StandardCharsets.UTF_16BE);
        byte[] overlong = {'{', '"', 'c', 'o', 'd', 'e', '"', ':', '"', (byte) 0xc0, (byte) 0xaf, '"', '}'};
        byte[] surrogate = {'{', '"', 'c', 'o', 'd', 'e', '"', ':', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', '}'
        };
        byte[] deep = ("{\"code\":" + "[".repeat(30_000) + "]".repeat(30_000) + "}").getBytes(StandardCharsets.UTF_8);
        byte[] noise = new byte[1_000];
        new Random(1).nextBytes(noise);
        return Stream.of(
                        Map.entry("a byte order mark", bom),
                        Map.entry("ISO 8859-1", latin1),
                        Map.entry("UTF-16", utf16),
                        Map.entry("an overlong slash", overlong),
                        Map.entry("a surrogate as UTF-8", surrogate),
                        Map.entry("30,000 arrays in each other", deep),
                        Map.entry("binary noise", noise))
                .map(body -> DynamicTest.dynamicTest(body.getKey(), () -> {
                    Exchange exchange = hub.verifier().resolve(body.getValue(), Map.of());
                    assertThat(exchange.status()).isEqualTo(400);
                    assertThat(exchange.problem()).isEqualTo("broken-json");
                    assertTellsNothingOfTheInside(exchange);
                }));
    }

    @Test
    void anEmptyBodyIsAProblem() {
        Exchange exchange = hub.verifier().resolve("");

        assertThat(exchange.status()).isEqualTo(400);
        assertThat(exchange.problem()).isEqualTo("empty-body");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data",
                "multipart/form-data; boundary=x",
                "application/jsonl",
                "application/problem+json",
                "json",
                "*/*",
                ";"
            })
    void anotherContentTypeIsAProblem(String contentType) {
        Exchange exchange = hub.verifier()
                .resolve("{\"code\":\"\"}".getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", contentType));

        assertThat(exchange.status()).isEqualTo(415);
        assertThat(exchange.problem()).isEqualTo("not-json");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            application/x-www-form-urlencoded       | a=%zz
            application/x-www-form-urlencoded       | code=YKM2:a.b.c&code=%
            multipart/form-data; boundary=x         | --x junk that is no part
            multipart/form-data                     | no boundary
            """)
    void aBodyOfAnotherKindIsNotEvenRead(String contentType, String body) {
        Exchange exchange = hub.verifier()
                .send(
                        "POST",
                        "/v1/resolve",
                        body.repeat(500).getBytes(StandardCharsets.UTF_8),
                        Map.of("Content-Type", contentType));

        assertThat(exchange.status()).isEqualTo(415);
        assertThat(exchange.problem()).isEqualTo("not-json");
    }

    @Test
    void noContentTypeIsAProblem() {
        Exchange exchange = hub.verifier().send("POST", "/v1/resolve", "{}".getBytes(StandardCharsets.UTF_8), Map.of());

        assertThat(exchange.status()).isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json; charset=utf-8",
                "Application/JSON",
                "application/json;charset=UTF-8;x=y",
                "application/json;a=\"",
                "application/json;"
            })
    void jsonWithParametersIsJson(String contentType) {
        assertThat(hub.verifier()
                        .resolve(
                                "{\"code\":\"\"}".getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", contentType))
                        .decided())
                .isEqualTo("UNKNOWN_FORMAT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "FOO"})
    void anotherMethodThanPostOnResolveIsAProblemThatNamesPost(String method) {
        Exchange exchange = hub.verifier().send(method, "/v1/resolve", new byte[0], Map.of());

        assertThat(exchange.status()).isEqualTo(405);
        assertThat(exchange.header("Allow")).isEqualTo("POST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/v1/formats", "/v1/issuers", "/v1/issuers/440000.yuekangma/jwks.json", "/.well-known/jwks.json"
            })
    void anotherMethodThanGetOnADocumentIsAProblemThatNamesGet(String path) {
        for (String method : new String[] {"POST", "PUT", "DELETE", "OPTIONS"}) {
            Exchange exchange = hub.verifier().send(method, path, new byte[0], Map.of());

            assertThat(exchange.status()).isEqualTo(405);
            assertThat(exchange.header("Allow")).isEqualTo("GET, HEAD");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/v1",
                "/v1/resolve/x",
                "/v2/resolve",
                "/V1/resolve",
                "/v1/issuers/x/jwks.json",
                "/v1/issuers/999999.nowhere/jwks.json",
                "/v1/issuers/..%2f..%2fetc/jwks.json",
                "/v1/issuers/440000.yuekangma/x",
                "/health/live",
                "/health/ready",
                "/openapi.yaml"
            })
    void anUnknownPathIsAProblem(String path) {
        for (String method : new String[] {"GET", "POST", "HEAD"}) {
            Exchange exchange = hub.verifier().send(method, path, new byte[0], Map.of());

            assertThat(exchange.status()).isIn(404, 405);
            assertTellsNothingOfTheInside(exchange);
        }
        assertThat(hub.verifier().get(path).problem()).isEqualTo("not-found");
    }

    private static void assertTellsNothingOfTheInside(Exchange exchange) {
        assertThat(exchange.text()).doesNotContain("Exception", "dev.hutong", "io.vertx", "\tat ", "jackson");
    }

    @Test
    void aProblemNamesTheMembersThatThereAreAndNoneThatSomebodySent() {
        JsonNode problem =
                hub.verifier().resolve("{\"code\":\"\",\"to\":\"x\"}").json();

        assertThat(problem.get("detail").textValue())
                .contains("destination", "codeBytes")
                .doesNotContain("«to»");
    }
}
