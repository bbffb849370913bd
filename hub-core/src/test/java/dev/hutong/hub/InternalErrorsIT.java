package dev.hutong.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.hub.config.HubConfig.Endpoint;
import dev.hutong.hub.http.Callers;
import dev.hutong.hub.http.FailingOperations;
import dev.hutong.hub.http.HttpApi;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever fails within the hub, and however: the answer tells nothing of the inside. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InternalErrorsIT {
    private static final String SECRET = "jdbc:postgresql://10.0.0.7/hutong?password=hunter2";

    private final Vertx vertx = Vertx.vertx();
    private URI url = URI.create("");

    @BeforeAll
    void start() {
        HttpApi failing = new HttpApi(List.of(Callers.OPEN), List.of(new FailingOperations(SECRET)));
        url = HttpServers.listen(
                vertx, new Door("http", new Endpoint("127.0.0.1", 0), Optional.empty()), 1, failing::router);
    }

    @AfterAll
    void stop() {
        vertx.close().await();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/throws", "/error", "/overflow", "/fails", "/fails-with-status", "/later", "/worker"})
    void a5xxTellsNothingOfTheInside(String path) throws IOException {
        assertTellsNothing("GET " + path + " HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n");
    }

    @Test
    void norOfWhatWasSent() throws IOException {
        String answered = assertTellsNothing("POST /posted HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\n"
                + "Connection: close\r\nContent-Length: 12\r\n\r\n{\"code\":\"7\"}");

        assertThat(answered).doesNotContain("{\"code\"");
    }

    private String assertTellsNothing(String request) throws IOException {
        try (RawClient client = RawClient.connect(url)) {
            client.send(request);
            String answered = client.rest();

            assertThat(RawClient.status(answered)).isEqualTo(500);
            assertThat(answered)
                    .contains("urn:hutong:problem:internal", "X-Content-Type-Options: nosniff")
                    .doesNotContain(
                            SECRET, "10.0.0.7", "hunter2", "Exception", "Error:", "dev.hutong", "io.vertx", "\tat ");
            return answered;
        }
    }
}
