package dev.hutong.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hutong.conformance.province.ScannedCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many codes in one request: one line for each, in their order, whatever is in the others. */
class BatchIT extends RunningHubBase {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> NDJSON = Map.of("Content-Type", "application/x-ndjson");
    private static final String NOTHING = "{\"code\":\"\"}";

    @Test
    void eachLineHasTheDecisionThatItWouldHaveAlone() {
        List<String> lines =
                List.of(line(guangdong()), line(guangzhou(3)), NOTHING, line(hangzhou("red")), line(guangzhou(1)));

        Exchange exchange = batch(String.join("\n", lines) + "\n");

        assertThat(exchange.status()).isEqualTo(200);
        assertThat(exchange.mediaType()).isEqualTo("application/x-ndjson");
        assertThat(decided(exchange))
                .isEqualTo(lines.stream()
                        .map(line -> hub.verifier().resolve(line).decided())
                        .toList());
    }

    @Test
    void aThousandMixedLinesAreAnsweredInTheirOrder() {
        List<String> lines = IntStream.range(0, 1_000)
                .mapToObj(i -> "{\"code\":\"\",\"destination\":\"" + i + "\"}")
                .toList();

        List<JsonNode> answers = answers(batch(String.join("\n", lines)));

        assertThat(answers).hasSize(1_000);
        assertThat(answers)
                .extracting(answer -> answer.get("destination").textValue())
                .isEqualTo(IntStream.range(0, 1_000).mapToObj(Integer::toString).toList());
        assertThat(answers).extracting(answer -> answer.get("id").textValue()).doesNotHaveDuplicates();
    }

    @Test
    void aBadLineIsAProblemWithItsNumberAndSpoilsNoOther() {
        String green = line(guangdong());
        String body = String.join(
                "\n", green, "hello", "", "[]", "{\"code\":1}", green, " ", "{\"code\":\"\",\"code\":\"\"}", green);

        List<JsonNode> answers = answers(batch(body));

        assertThat(answers.stream().map(BatchIT::word))
                .containsExactly(
                        "LOW",
                        "broken-json 2",
                        "invalid-request 4",
                        "invalid-request 5",
                        "LOW",
                        "broken-json 7",
                        "broken-json 8",
                        "LOW");
    }

    @Test
    void aLineOfMoreThanSixtyFourKibibytesIsTooLarge() {
        String largest = "{\"code\":\"" + "x".repeat(65_536 - 11) + "\"}";
        String body = String.join("\n", NOTHING, largest, largest + " ", NOTHING);

        assertThat(answers(batch(body)).stream().map(BatchIT::word))
                .containsExactly("UNKNOWN_FORMAT", "UNKNOWN_FORMAT", "body-too-large 3", "UNKNOWN_FORMAT");
    }

    @Test
    void whatIsEmptyIsNoBatch() {
        for (String body : List.of("", "\n", "\r\n\n\n")) {
            Exchange exchange = batch(body);
            assertThat(exchange.status()).isEqualTo(400);
            assertThat(exchange.problem()).isEqualTo("empty-body");
        }
    }

    @Test
    void aBatchOfTooManyLinesIsAnsweredAsFarAsItMayGo() {
        List<JsonNode> answers = answers(batch(String.join("\n", Collections.nCopies(1_005, NOTHING))));

        assertThat(answers).hasSize(1_001);
        assertThat(word(answers.get(999))).isEqualTo("UNKNOWN_FORMAT");
        assertThat(word(answers.get(1_000))).isEqualTo("batch-too-large 1001");
    }

    @Test
    void aBatchOfMoreThanAMebibyteIsRefusedAsAWholeWhereItSaysSo() {
        String line = "{\"code\":\"" + "x".repeat(60_000) + "\"}\n";

        Exchange told = batch(line.repeat(20));
        assertThat(told.status()).isEqualTo(413);
        assertThat(told.problem()).isEqualTo("batch-too-large");

        List<JsonNode> answers = answers(hub.verifier()
                .sendChunked("/v1/resolve-batch", line.repeat(20).getBytes(StandardCharsets.UTF_8), NDJSON));
        assertThat(answers).hasSizeBetween(2, 18);
        assertThat(word(answers.getFirst())).isEqualTo("UNKNOWN_FORMAT");
        assertThat(word(answers.getLast())).startsWith("batch-too-large");
    }

    @Test
    void anotherMediaTypeIsNoBatch() {
        Exchange exchange = hub.verifier()
                .send("POST", "/v1/resolve-batch", bytes(NOTHING), Map.of("Content-Type", "application/json"));

        assertThat(exchange.status()).isEqualTo(415);
        assertThat(exchange.problem()).isEqualTo("not-ndjson");
        assertThat(hub.verifier().get("/v1/resolve-batch").status()).isEqualTo(405);
    }

    /** The answers of the first lines come before the last line is sent. */
    @Test
    void answersAreWrittenAsTheyAreReady() throws IOException {
        try (Socket socket =
                new Socket(hub.hub().url().getHost(), hub.hub().url().getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(bytes(head() + chunk(NOTHING + "\n")));
            assertThat(readUntil(socket, "UNKNOWN_FORMAT")).startsWith("HTTP/1.1 200");
            socket.getOutputStream().write(bytes(chunk("{}\n") + "0\r\n\r\n"));
            assertThat(readUntil(socket, "0\r\n\r\n")).contains("invalid-request", "\"line\":2");
        }
    }

    @Test
    void aConnectionThatEndsInTheMiddleHarmsNobody() throws IOException {
        for (int i = 0; i < 50; i++) {
            try (Socket socket =
                    new Socket(hub.hub().url().getHost(), hub.hub().url().getPort())) {
                socket.getOutputStream().write(bytes(head() + chunk((NOTHING + "\n").repeat(300))));
            }
        }
        assertThat(answers(batch(NOTHING))).hasSize(1);
    }

    private Exchange batch(String body) {
        return hub.verifier().send("POST", "/v1/resolve-batch", bytes(body), NDJSON);
    }

    private static String head() {
        return String.join(
                "\r\n",
                "POST /v1/resolve-batch HTTP/1.1",
                "Host: hub",
                "Content-Type: application/x-ndjson",
                "Transfer-Encoding: chunked",
                "",
                "");
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    private static String readUntil(Socket socket, String end) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(end) < 0) {
            int octet = socket.getInputStream().read();
            assertThat(octet).as(read.toString()).isNotNegative();
            read.append((char) octet);
        }
        return read.toString();
    }

    private static List<String> decided(Exchange exchange) {
        return answers(exchange).stream().map(BatchIT::word).toList();
    }

    /** One word for what a line came to. */
    private static String word(JsonNode answer) {
        if (answer.has("type")) {
            return answer.get("type").textValue().replace("urn:hutong:problem:", "") + " " + answer.get("line");
        }
        return answer.get("reason").isTextual()
                ? answer.get("reason").textValue()
                : answer.get("risk").textValue();
    }

    private static List<JsonNode> answers(Exchange exchange) {
        assertThat(exchange.status()).as(exchange.text()).isEqualTo(200);
        List<JsonNode> answers = new ArrayList<>();
        exchange.text().lines().forEach(line -> {
            try {
                answers.add(JSON.readTree(line));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return answers;
    }

    private static String line(ScannedCode code) {
        return HubClient.request(code).toString();
    }

    private ScannedCode guangdong() {
        return provinces.province(Codes.GUANGDONG).sign(Codes.green(clock.instant()));
    }

    private ScannedCode guangzhou(int level) {
        return provinces.province(Codes.GUANGZHOU).sign(Codes.atLevel(level, clock.instant()));
    }

    private ScannedCode hangzhou(String level) {
        return provinces
                .province(Codes.HANGZHOU)
                .virtualPlatform()
                .issue(Codes.record(level, clock.instant().minusSeconds(60)))
                .scanned();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
