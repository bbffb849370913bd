package dev.hutong.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hutong.hub.config.HubConfig.Endpoint;
import dev.hutong.hub.http.FailingOperations;
import dev.hutong.hub.http.HttpApi;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A server that somebody forgot to give a gate: it lets nobody in, rather than everybody. */
class NoGateIT {
    @Test
    void nobodyMayDoAnything() throws IOException {
        Vertx vertx = Vertx.vertx();
        try {
            HttpApi api = new HttpApi(List.of(), List.of(new FailingOperations("never told")));
            URI url = HttpServers.listen(
                    vertx, new Door("http", new Endpoint("127.0.0.1", 0), Optional.empty()), 1, api::router);
            try (RawClient client = RawClient.connect(url)) {
                client.send("GET /throws HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n");

                assertThat(RawClient.status(client.rest())).isEqualTo(401);
            }
        } finally {
            vertx.close().await();
        }
    }
}
