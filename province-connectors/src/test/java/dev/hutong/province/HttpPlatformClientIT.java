package dev.hutong.province;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.province.RawPlatform.Then;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The wire itself: what is sent, and what counts as a whole answer. */
class HttpPlatformClientIT {
    private static final Duration PATIENT = Duration.ofSeconds(20);
    private static final Duration IMPATIENT = Duration.ofMillis(400);
    private static final Buffer JSON = Buffer.buffer("{\"qrCode\":\"码\"}");
    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final int MOST = PlatformClient.LONGEST_ANSWER;

    private static Vertx vertx;
    private static HttpPlatformClient client;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        client = new HttpPlatformClient(vertx);
    }

    @AfterAll
    static void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(20, SECONDS);
    }

    @Test
    void aRequestIsJsonByPost() throws Exception {
        try (RawPlatform platform = whole("application/jose", "x")) {
            post(platform, PATIENT);
            RawPlatform.Request request =
                    Objects.requireNonNull(platform.requests().poll(20, SECONDS));
            assertThat(request.head().getFirst()).isEqualTo("POST /parse-jkm HTTP/1.1");
            assertThat(request.head())
                    .contains("content-type: application/json", "accept: application/jose", "content-length: 16")
                    .noneMatch(line -> line.regionMatches(true, 0, "accept-encoding", 0, 15));
            assertThat(request.body().getBytes(StandardCharsets.ISO_8859_1)).isEqualTo(JSON.getBytes());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "application/jose, application/jose",
        "Application/JOSE; charset=utf-8, application/jose",
        "application/jose;, application/jose",
        "text/html, text/html",
        "'', ''",
        "';', ''",
    })
    void theMediaTypeIsInLowerCaseWithoutParameters(String header, String mediaType) throws Exception {
        try (RawPlatform platform = whole(header, "x")) {
            assertThat(answered(post(platform, PATIENT)).mediaType()).isEqualTo(mediaType);
        }
    }

    @Test
    void anAnswerWithoutAMediaTypeHasAnEmptyOne() throws Exception {
        try (RawPlatform platform = raw(OK + "content-length: 1\r\n\r\nx", Then.STAY)) {
            assertThat(answered(post(platform, PATIENT)).mediaType()).isEmpty();
        }
    }

    @Test
    void anAnswerMayBeAsLongAsItMayBe() throws Exception {
        try (RawPlatform platform = whole("application/jose", "x".repeat(MOST))) {
            assertThat(answered(post(platform, PATIENT)).body().length()).isEqualTo(MOST);
        }
        try (RawPlatform platform = raw(OK + "\r\n" + "x".repeat(MOST), Then.CLOSE)) {
            assertThat(answered(post(platform, PATIENT)).body().length()).isEqualTo(MOST);
        }
    }

    @Test
    void oneByteMoreIsNoAnswerHoweverItComes() throws Exception {
        String tooMuch = "x".repeat(MOST + 1);
        try (RawPlatform platform = whole("application/jose", tooMuch)) {
            assertMissing(post(platform, PATIENT));
        }
        try (RawPlatform platform = raw(OK + "\r\n" + tooMuch, Then.CLOSE)) {
            assertMissing(post(platform, PATIENT));
        }
        String chunked = OK + "transfer-encoding: chunked\r\n\r\n" + Integer.toHexString(MOST + 1) + "\r\n" + tooMuch;
        try (RawPlatform platform = raw(chunked, Then.STAY)) {
            assertMissing(post(platform, PATIENT));
        }
        try (RawPlatform platform = raw("HTTP/1.1 404 No\r\n\r\n" + tooMuch, Then.CLOSE)) {
            assertMissing(post(platform, PATIENT));
        }
    }

    @Test
    void whatIsCompressedIsTakenAsItStands() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(new byte[1 << 20]);
        }
        String head = OK + "content-encoding: gzip\r\ncontent-length: " + bytes.size() + "\r\n\r\n";
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        answer.writeBytes(bytes.toByteArray());
        try (RawPlatform platform = new RawPlatform(answer.toByteArray(), Then.STAY)) {
            assertThat(answered(post(platform, PATIENT)).body().getBytes()).isEqualTo(bytes.toByteArray());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1",
                "HTTP/1.1 200 OK\r\ncontent-le",
                "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf",
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhalf",
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n",
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nZZ\r\nhalf\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\ncontent-length: 1, 2\r\n\r\nxx",
                "HTTP/1.1 100 Continue\r\n\r\n",
                "HTTP/9.9 200 OK\r\n\r\n",
                "SSH-2.0-OpenSSH_9.9\r\n",
                "<html></html>\r\n\r\n",
                "\0\0\0\0\0\0\0\0\r\n\r\n",
            })
    void halfAnAnswerOrNoneAtAllIsMissing(String bytes) throws Exception {
        try (RawPlatform platform = raw(bytes, Then.CLOSE)) {
            assertMissing(post(platform, PATIENT));
        }
    }

    @Test
    void headersWithoutAnEndAreNoAnswer() throws Exception {
        try (RawPlatform platform = raw(OK + "x: " + "y".repeat(100_000), Then.STAY)) {
            assertMissing(post(platform, PATIENT));
        }
        try (RawPlatform platform = raw(OK + "x: y\r\n".repeat(100_000), Then.STAY)) {
            assertMissing(post(platform, PATIENT));
        }
    }

    @Test
    void silenceIsGivenUpAndItsConnectionIsClosed() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI url = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/x");
            Future<PlatformReply> reply = client.post(url, JSON, IMPATIENT);
            try (var socket = silent.accept()) {
                socket.setSoTimeout(20_000);
                assertThat(socket.getInputStream().readAllBytes()).isNotEmpty();
            }
            assertMissing(reply.toCompletionStage().toCompletableFuture().get(20, SECONDS));
        }
    }

    @Test
    void nobodyListeningIsMissing() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        assertMissing(post(URI.create("http://127.0.0.1:" + port + "/x"), PATIENT));
        assertMissing(post(URI.create("http://no-such-host.invalid/x"), PATIENT));
        assertMissing(post(URI.create("https://127.0.0.1:" + port + "/x"), PATIENT));
    }

    @Test
    void aPlatformThatSpeaksNoTlsIsMissingOverHttps() throws Exception {
        try (RawPlatform platform = whole("application/jose", "x")) {
            URI tls = URI.create(platform.uri().toString().replace("http:", "https:"));
            assertMissing(post(tls, IMPATIENT));
        }
    }

    /** More requests at once than there are connections, none of them answered: the next honest platform must not pay for it. */
    @Test
    void requestsThatWereGivenUpHoldNoConnection() throws Exception {
        try (RawPlatform silent = raw("", Then.STAY)) {
            for (int round = 0; round < 2; round++) {
                List<Future<PlatformReply>> replies = new ArrayList<>();
                for (int i = 0; i < 150; i++) {
                    replies.add(client.post(silent.uri(), JSON, IMPATIENT));
                }
                for (Future<PlatformReply> reply : replies) {
                    assertMissing(
                            reply.toCompletionStage().toCompletableFuture().get(20, SECONDS));
                }
            }
            assertThat(silent.requests()).hasSizeGreaterThan(100);
            try (RawPlatform honest = whole("application/jose", "x")) {
                answered(post(honest, PATIENT));
            }
        }
    }

    @Test
    void aConnectionThatThePlatformHasClosedIsNotUsedAgain() throws Exception {
        String answer = OK + "connection: close\r\ncontent-length: 1\r\n\r\nx";
        try (RawPlatform platform = raw(answer, Then.CLOSE)) {
            for (int i = 0; i < 20; i++) {
                answered(post(platform, PATIENT));
            }
        }
    }

    private static RawPlatform raw(String answer, Then then) throws IOException {
        return new RawPlatform(answer.getBytes(StandardCharsets.ISO_8859_1), then);
    }

    private static RawPlatform whole(String contentType, String body) throws IOException {
        return raw(
                OK + "content-type: " + contentType + "\r\ncontent-length: " + body.length() + "\r\n\r\n" + body,
                Then.STAY);
    }

    private static PlatformReply post(RawPlatform platform, Duration within) throws Exception {
        return post(platform.uri(), within);
    }

    private static PlatformReply post(URI url, Duration within) throws Exception {
        return client.post(url, JSON, within)
                .toCompletionStage()
                .toCompletableFuture()
                .get(60, SECONDS);
    }

    private static PlatformReply.Answered answered(PlatformReply reply) {
        assertThat(reply).isInstanceOf(PlatformReply.Answered.class);
        return (PlatformReply.Answered) reply;
    }

    private static void assertMissing(PlatformReply reply) {
        assertThat(reply).isInstanceOf(PlatformReply.Missing.class);
    }
}
