package dev.hutong.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are too large and requests that are no HTTP: whoever sends them reliably reads why they were refused. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RawHttpIT {
    private static final int LARGEST = 64 * 1024;
    private static final byte[] MEGABYTE = new byte[1_000_000];
    private static final String POST = "POST /v1/resolve HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\n";

    private final Contract contract = Contract.load().forVerifiers();
    private TestHub hub;

    @BeforeAll
    void start(@TempDir Path data) {
        hub = TestHub.start(TestHub.config(data), InstantSource.system());
    }

    @AfterAll
    void stop() {
        hub.close();
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void aMegabyteIsTooLargeWhateverTheClientSpeaks(HttpClient.Version version) {
        try (HubClient client = HubClient.ofVerifier(hub.hub().url(), version)) {
            for (int i = 0; i < 5; i++) {
                assertThat(client.resolve(MEGABYTE, Map.of()).problem()).isEqualTo("body-too-large");
                assertThat(client.sendChunked("/v1/resolve", MEGABYTE, Map.of("Content-Type", "application/json"))
                                .problem())
                        .isEqualTo("body-too-large");
            }
        }
    }

    @Test
    void theLargestBodyIsReadAndOneByteMoreIsNot() {
        String frame = "{\"code\":\"\",\"purpose\":\"\"}";
        String largest = frame.replace("purpose\":\"", "purpose\":\"" + "x".repeat(LARGEST - frame.length()));

        assertThat(hub.verifier().resolve(largest).decided()).isEqualTo("UNKNOWN_FORMAT");
        assertThat(hub.verifier().resolve(largest + " ").status()).isEqualTo(413);
    }

    @RepeatedTest(10)
    void whoSendsAMegabyteWithItsLengthReadsWhyItIsRefused() throws IOException {
        assertThat(exchange(bytes(POST + "Content-Length: " + MEGABYTE.length + "\r\n\r\n"), MEGABYTE)
                        .status())
                .isEqualTo(413);
    }

    @RepeatedTest(10)
    void whoSendsAMegabyteInChunksReadsWhyItIsRefused() throws IOException {
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        for (int i = 0; i < 100; i++) {
            chunks.writeBytes(bytes("2710\r\n"));
            chunks.write(MEGABYTE, 0, 10_000);
            chunks.writeBytes(bytes("\r\n"));
        }
        chunks.writeBytes(bytes("0\r\n\r\n"));

        assertThat(exchange(bytes(POST + "Transfer-Encoding: chunked\r\n\r\n"), chunks.toByteArray())
                        .status())
                .isEqualTo(413);
    }

    @Test
    void aConnectionServesOnAfterABodyThatWasTooLarge() throws IOException {
        try (Socket socket = connect()) {
            send(socket, bytes(POST + "Content-Length: " + MEGABYTE.length + "\r\n\r\n"), MEGABYTE);
            assertThat(read(socket, "POST", "/v1/resolve").status()).isEqualTo(413);
            send(socket, bytes("GET /v1/formats HTTP/1.1\r\nHost: hub\r\n\r\n"));
            assertThat(read(socket, "GET", "/v1/formats").status()).isEqualTo(200);
        }
    }

    @Test
    void whoAsksFirstWhetherABodyMayBeSentIsToldThatItMay() throws IOException {
        try (Socket socket = connect()) {
            send(socket, bytes(POST + "Expect: 100-continue\r\nContent-Length: 11\r\n\r\n"));
            assertThat(line(socket.getInputStream())).isEqualTo("HTTP/1.1 100 Continue");
            line(socket.getInputStream());
            send(socket, bytes("{\"code\":\"\"}"));
            assertThat(read(socket, "POST", "/v1/resolve").decided()).isEqualTo("UNKNOWN_FORMAT");
        }
    }

    @Test
    void anotherExpectationCannotBeMet() throws IOException {
        assertThat(exchange(bytes(POST + "Expect: tea\r\nContent-Length: 2\r\n\r\n{}"))
                        .problem())
                .isEqualTo("expectation-failed");
    }

    @Test
    void headersOfMoreThanEightKibibytesAreTooLarge() throws IOException {
        Exchange exchange =
                exchange(bytes("GET /v1/formats HTTP/1.1\r\nHost: hub\r\nX: " + "x".repeat(9_000) + "\r\n\r\n"));

        assertThat(exchange.status()).isEqualTo(431);
        assertThat(exchange.problem()).isEqualTo("headers-too-large");
    }

    @Test
    void anAddressOfMoreThanFourKibibytesIsTooLong() throws IOException {
        Exchange exchange = exchange(bytes("GET /v1/formats?" + "x".repeat(5_000) + " HTTP/1.1\r\nHost: hub\r\n\r\n"));

        assertThat(exchange.status()).isEqualTo(414);
        assertThat(exchange.problem()).isEqualTo("uri-too-long");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello\r\n\r\n",
                "GET /v1/formats HTTP/1.1\r\nHost: hub\r\nContent-Length: x\r\n\r\n",
                "GET /v1/formats HTTP/1.1\r\nHost: hub\r\nBad header\u0000: x\r\n\r\n",
                "GET /v1/issuers/%zz/jwks.json HTTP/1.1\r\nHost: hub\r\n\r\n",
                "GET /v1/issuers/%ff/jwks.json HTTP/1.1\r\nHost: hub\r\nContent-Length: -1\r\n\r\n"
            })
    void whatIsNoHttpIsAProblemToo(String request) throws IOException {
        Exchange exchange = exchange(bytes(request));

        assertThat(exchange.status()).isEqualTo(400);
        assertThat(exchange.problem()).isEqualTo("malformed-http");
    }

    /** One exchange on a connection of its own; the whole request is sent before anything of the answer is read. */
    private Exchange exchange(byte[]... request) throws IOException {
        try (Socket socket = connect()) {
            send(socket, request);
            String[] first = new String(request[0], StandardCharsets.ISO_8859_1).split("[ ?]", 3);
            return first.length < 3 ? read(socket, "GET", "/none") : read(socket, first[0], first[1]);
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(hub.hub().url().getHost(), hub.hub().url().getPort());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static void send(Socket socket, byte[]... parts) throws IOException {
        OutputStream out = socket.getOutputStream();
        for (byte[] part : parts) {
            out.write(part);
        }
        out.flush();
    }

    private Exchange read(Socket socket, String method, String path) throws IOException {
        InputStream in = socket.getInputStream();
        int status = Integer.parseInt(line(in).split(" ")[1]);
        Map<String, String> headers = new HashMap<>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        Exchange exchange =
                new Exchange(method, path, Buffer.buffer("{\"code\":\"\"}"), status, headers, Buffer.buffer(body));
        assertThat(contract.breachesIn(exchange)).as(exchange.text()).isEmpty();
        return exchange;
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet != '\n' && octet >= 0; octet = in.read()) {
            line.write(octet);
        }
        return line.toString(StandardCharsets.ISO_8859_1).replace("\r", "");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static {
        Arrays.fill(MEGABYTE, (byte) 'a');
    }
}
