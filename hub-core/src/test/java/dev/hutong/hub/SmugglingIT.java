package dev.hutong.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Requests that a proxy before the hub may take for others than the hub does (RFC 9112 §11.2): refused once, and the connection is ended. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SmugglingIT {
    private static final String SMUGGLED = "GET /v1/formats HTTP/1.1\r\nHost: hub\r\n\r\n";
    private static final String POST = "POST /v1/resolve HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\n";
    private static final String GET = "GET /v1/formats HTTP/1.1\r\nHost: hub\r\n";

    private TestHub hub;

    @BeforeAll
    void start(@TempDir Path data) {
        hub = TestHub.start(TestHub.config(data), InstantSource.system());
    }

    @AfterAll
    void stop() {
        hub.close();
    }

    private record Attack(String name, String octets) {}

    @TestFactory
    Stream<DynamicTest> whatTwoReadersTakeForDifferentRequestsIsRefusedAndEndsTheConnection() {
        return Stream.of(
                        new Attack(
                                "a length and chunks (CL.TE)",
                                POST + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                        new Attack(
                                "chunks and a length (TE.CL)",
                                POST + "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n0\r\n\r\n"),
                        new Attack("two lengths", POST + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}"),
                        new Attack("two lengths in one header", POST + "Content-Length: 2, 3\r\n\r\n{}"),
                        new Attack("a length with a plus sign", POST + "Content-Length: +2\r\n\r\n{}"),
                        new Attack("a negative length", POST + "Content-Length: -2\r\n\r\n{}"),
                        new Attack("a hexadecimal length", POST + "Content-Length: 0x2\r\n\r\n{}"),
                        new Attack("a length beyond 64 bits", POST + "Content-Length: 99999999999999999999\r\n\r\n{}"),
                        new Attack("an unknown transfer coding", POST + "Transfer-Encoding: gzip\r\n\r\n0\r\n\r\n"),
                        new Attack(
                                "chunks that are not the last coding",
                                POST + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"),
                        new Attack(
                                "chunks twice",
                                POST + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                        new Attack(
                                "a coding behind a control character",
                                POST + "Transfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n"),
                        new Attack(
                                "chunks in HTTP/1.0",
                                POST.replace("1.1", "1.0") + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                        new Attack("white space before a colon", POST + "Content-Length : 2\r\n\r\n{}"),
                        new Attack("a folded length", POST + "Content-Length:\r\n 2\r\n\r\n{}"),
                        new Attack("lines that end with LF alone", GET.replace("\r\n", "\n") + "\n"),
                        new Attack("one line that ends with LF alone", GET + "X: a\nY: b\r\n\r\n"),
                        new Attack("a CR alone within a header", GET + "X: a\rY: b\r\n\r\n"),
                        new Attack("a NUL within a header", GET + "X: a\u0000b\r\n\r\n"),
                        new Attack("a header without a colon", GET + "nothing\r\n\r\n"),
                        new Attack("a header without a name", GET + ": x\r\n\r\n"),
                        new Attack("white space before the first header", GET.replace("Host", " Host") + "\r\n"),
                        new Attack(
                                "a chunk whose length is none",
                                POST + "Transfer-Encoding: chunked\r\n\r\nx\r\n{}\r\n0\r\n\r\n"),
                        new Attack(
                                "a chunk whose length is negative",
                                POST + "Transfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n"),
                        new Attack(
                                "a chunk longer than it says",
                                POST + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}{}\r\n0\r\n\r\n"),
                        new Attack(
                                "chunk lines that end with LF alone",
                                POST + "Transfer-Encoding: chunked\r\n\r\n2\n{}\n0\n\n"),
                        new Attack(
                                "a chunk extension with a LF",
                                POST + "Transfer-Encoding: chunked\r\n\r\n2;\nxx\r\n{}\r\n0\r\n\r\n"),
                        new Attack("no Host", "GET /v1/formats HTTP/1.1\r\n\r\n"),
                        new Attack("two Hosts", GET + "Host: other\r\n\r\n"),
                        new Attack("a Host that is none", "GET /v1/formats HTTP/1.1\r\nHost: a b\r\n\r\n"),
                        new Attack("a Host with a path", "GET /v1/formats HTTP/1.1\r\nHost: hub/x\r\n\r\n"),
                        new Attack("a Host with a user", "GET /v1/formats HTTP/1.1\r\nHost: u@hub\r\n\r\n"),
                        new Attack(
                                "the absolute form, as to a proxy",
                                "GET http://other/v1/formats HTTP/1.1\r\nHost: hub\r\n\r\n"),
                        new Attack("the authority form", "CONNECT hub:443 HTTP/1.1\r\nHost: hub:443\r\n\r\n"),
                        new Attack("a space in the address", "GET /v1/formats x HTTP/1.1\r\nHost: hub\r\n\r\n"),
                        new Attack("no version", "GET /v1/formats\r\nHost: hub\r\n\r\n"),
                        new Attack("a folded coding", POST + "Transfer-Encoding:\r\n gzip\r\n\r\n0\r\n\r\n"),
                        new Attack("a folded Host", "GET /v1/formats HTTP/1.1\r\nHost: hub\r\n other\r\n\r\n"))
                .map(attack -> DynamicTest.dynamicTest(attack.name(), () -> assertRefused(attack.octets())));
    }

    /** Refused, and nothing of what follows on the connection is ever answered. */
    private void assertRefused(String octets) throws IOException {
        try (RawClient client = RawClient.connect(hub.hub().url())) {
            client.send(octets + SMUGGLED);
            String answered = client.rest();

            assertThat(RawClient.status(answered)).as(answered).isIn(400, 501, 505);
            assertThat(RawClient.answers(answered)).as(answered).isEqualTo(1);
            assertThat(answered).contains("urn:hutong:problem:malformed-http", "X-Content-Type-Options: nosniff");
        }
    }

    /** The parser's own answer: a request of another version has no problem document. */
    @Test
    void anotherVersionOfHttpIsNotSpoken() throws IOException {
        for (String start :
                new String[] {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "GET /v1/formats HTTP/3.7\r\nHost: hub\r\n\r\n"}) {
            try (RawClient client = RawClient.connect(hub.hub().url())) {
                client.send(start + SMUGGLED);
                String answered = client.rest();

                assertThat(RawClient.status(answered)).as(answered).isEqualTo(501);
                assertThat(RawClient.answers(answered)).as(answered).isEqualTo(1);
            }
        }
    }

    /** RFC 9112 §5.2 leaves two ways: to refuse it, or to take it for a space; the parser takes it for a space. */
    @Test
    void aFoldedHeaderIsOneHeader() throws IOException {
        try (RawClient client = RawClient.connect(hub.hub().url())) {
            client.send(GET + "X: a\r\n b\r\n\r\n" + SMUGGLED);

            assertThat(client.answer()).isEqualTo(200);
            assertThat(client.answer()).isEqualTo(200);
        }
    }

    @Test
    void aChunkedBodyWithTrailersIsReadAsEverybodyReadsIt() throws IOException {
        try (RawClient client = RawClient.connect(hub.hub().url())) {
            client.send(POST + "Transfer-Encoding: chunked\r\n\r\nb;x=y\r\n{\"code\":\"\"}\r\n0\r\nX: y\r\n\r\n"
                    + SMUGGLED);

            assertThat(client.answer()).isEqualTo(200);
            assertThat(client.answer()).isEqualTo(200);
        }
    }

    @Test
    void anEqualLengthTwiceIsNoReasonToGuess() throws IOException {
        assertRefused(POST + "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}");
    }

    @Test
    void noUpgradeIsTaken() throws IOException {
        for (String protocol : new String[] {"h2c", "websocket", "TLS/1.2", "connect-ip"}) {
            try (RawClient client = RawClient.connect(hub.hub().url())) {
                client.send(GET + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: " + protocol
                        + "\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");

                assertThat(client.answer()).as(protocol).isIn(200, 400);
            }
        }
    }

    @Test
    void oddMethodsAreRefused() throws IOException {
        for (String method : new String[] {"TRACE", "TRACK", "PROPFIND", "DEBUG", "get", "G\u00c8T", "X".repeat(100)}) {
            try (RawClient client = RawClient.connect(hub.hub().url())) {
                client.send(method + " /v1/formats HTTP/1.1\r\nHost: hub\r\nX-Secret: s\r\n\r\n");

                assertThat(client.answer()).as(method).isIn(400, 405);
            }
        }
        try (RawClient client = RawClient.connect(hub.hub().url())) {
            client.send("OPTIONS * HTTP/1.1\r\nHost: hub\r\n\r\n");
            assertThat(client.answer()).isEqualTo(404);
        }
    }

    @Test
    void sixtyFiveHeadersAreTooMany() throws IOException {
        for (int more : new int[] {63, 64}) {
            try (RawClient client = RawClient.connect(hub.hub().url())) {
                client.send(GET + "X: y\r\n".repeat(more) + "\r\n");

                assertThat(client.answer()).isEqualTo(more == 63 ? 200 : 431);
            }
        }
    }
}
