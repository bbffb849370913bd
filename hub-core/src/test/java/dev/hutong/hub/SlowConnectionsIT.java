package dev.hutong.hub;

import static dev.hutong.hub.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.hub.config.HubConfig;
import dev.hutong.hub.config.LimitsConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Connections that drip, rest or are too many, at a hub whose limits are short. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlowConnectionsIT {
    private static final String POST = "POST /v1/resolve HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\n";
    private static final String GET = "GET /v1/formats HTTP/1.1\r\nHost: hub\r\n\r\n";
    private static final int MOST = 5;

    private TestHub hub;

    @BeforeAll
    void start(@TempDir Path data) {
        HubConfig config = TestHub.config(data);
        LimitsConfig limits =
                new LimitsConfig(Duration.ofMillis(800), Duration.ofMillis(800), Duration.ofMillis(1_500), MOST);
        hub = TestHub.start(config.withHttp(config.http().withLimits(limits)), InstantSource.system());
    }

    @AfterAll
    void stop() {
        hub.close();
    }

    @Test
    void whoSaysNothingLosesTheConnection() throws IOException {
        try (RawClient client = connect()) {
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void whoDripsHeadersLosesTheConnection() throws Exception {
        try (RawClient client = connect()) {
            client.send("GET /v1/formats HTTP/1.1\r\nHost: hub\r\nX: ");

            assertThat(client.drips("x", 1_000)).isTrue();
            assertThat(RawClient.answers(client.rest())).isZero();
        }
    }

    @Test
    void whoDripsTheHeadersOfASecondRequestLosesTheConnection() throws Exception {
        try (RawClient client = connect()) {
            client.send(GET);
            assertThat(client.answer()).isEqualTo(200);
            client.send("GET /v1/formats HTTP/1.1\r\nHost: hub\r\nX: ");

            assertThat(client.drips("x", 1_000)).isTrue();
            assertThat(RawClient.answers(client.rest())).isZero();
        }
    }

    @Test
    void whoDripsABodyIsToldAndLosesTheConnection() throws Exception {
        for (String framing : new String[] {"Content-Length: 60000", "Transfer-Encoding: chunked"}) {
            try (RawClient client = connect()) {
                client.send(POST + framing + "\r\n\r\n");

                assertThat(client.drips(framing.startsWith("C") ? "{" : "1\r\n{\r\n", 1_000))
                        .isTrue();
                assertThat(client.rest())
                        .startsWith("HTTP/1.1 408 ")
                        .contains("urn:hutong:problem:request-timeout", "X-Content-Type-Options: nosniff");
            }
        }
    }

    @Test
    void whoDripsABodyThatIsNotReadLosesTheConnection() throws Exception {
        try (RawClient client = connect()) {
            client.send(POST.replace("application/json", "text/plain") + "Content-Length: 60000\r\n\r\n");
            assertThat(client.answer()).isEqualTo(415);

            client.drips("{", 1_000);
            assertThat(RawClient.answers(client.rest())).isZero();
        }
    }

    @Test
    void whoRestsBetweenRequestsLosesTheConnectionAndWhoDoesNotKeepsIt() throws Exception {
        try (RawClient client = connect()) {
            for (int i = 0; i < 40; i++) {
                client.send(GET);
                assertThat(client.answer()).isEqualTo(200);
                Thread.sleep(50);
            }
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void aConnectionTooManyIsEndedAndOneLessIsServed() throws Exception {
        List<RawClient> held = new ArrayList<>();
        try {
            eventually(() -> {
                held.clear();
                for (int i = 0; i < MOST; i++) {
                    held.add(connect());
                    held.getLast().send(GET);
                    assertThat(held.getLast().answer()).isEqualTo(200);
                }
            });
            try (RawClient more = connect()) {
                more.send(GET);
                assertThat(RawClient.answers(more.rest())).isZero();
            }
        } finally {
            for (RawClient client : held) {
                client.close();
            }
        }
        eventually(() -> {
            try (RawClient client = connect()) {
                client.send(GET);
                assertThat(client.answer()).isEqualTo(200);
            }
        });
    }

    @Test
    void anHonestClientIsServedBesideThem() throws Exception {
        try (RawClient slow = connect()) {
            slow.send("GET /v1/formats HTTP/1.1\r\nX: ");
            assertThat(hub.verifier().resolve("{\"code\":\"\"}").decided()).isEqualTo("UNKNOWN_FORMAT");
        }
    }

    private RawClient connect() throws IOException {
        return RawClient.connect(hub.hub().url());
    }
}
